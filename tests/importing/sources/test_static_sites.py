"""Files of Jekyll and Hugo: their names, addresses, redirects, links to each other and types."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localtime
from wagtail.contrib.redirects.models import Redirect

from tests.importing.conftest import Result
from tests.importing.posts import write_post
from wagtail_careers.importing.sources import static_sites
from wagtail_careers.importing.sources.wordpress_markdown import read_post
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]
HTML = "<p>Intro</p><h2>What will I be doing?</h2><p>You move beds.</p>"


def write(path: Path, title: str, content: str = HTML, front: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title}\n{front}\n---\n{content}", encoding="utf-8")
    return path


def redirects() -> dict[str, str]:
    return {each.old_path: each.redirect_page.title for each in Redirect.objects.all()}


def codes(result: Result) -> list[str]:
    return [flag["code"] for post in result.report["posts"] for flag in post["flags"]]


@pytest.mark.parametrize(
    ("path", "date", "slug"),
    [
        ("_posts/2024-05-01-head-porter.md", "2024-05-01", "head-porter"),
        ("2024-05-01-head-porter/index.md", "2024-05-01", "head-porter"),
        ("2024-05-01_porter.en.md", "2024-05-01", "porter"),
        ("2024-05-01-grade-1.5.markdown", "2024-05-01", "grade-1.5"),
        ("2024-13-45-porter.md", "", ""),
        ("2024-05-01.md", "", ""),
        ("porter.md", "", ""),
    ],
)
def test_names_of_files(path: str, date: str, slug: str) -> None:
    name = static_sites.file_name(path)
    assert (name.date, name.slug) == (date, slug)


def test_the_date_in_the_name_of_a_file_is_that_of_the_page(
    import_roles: Import, tmp_path: Path
) -> None:
    import_roles(
        write(tmp_path / "2024-05-01-porter.md", "Porter"), publish=True, category="careers"
    )
    page = RolePage.objects.get()
    assert (page.slug, page.live) == ("porter", True)
    assert localtime(page.first_published_at).date() == date(2024, 5, 1)


@pytest.mark.parametrize("front", ["", "date:", "date: 2020-01-01"])
def test_a_date_to_come_in_the_name_of_a_file_keeps_a_draft(front: str) -> None:
    text = f"---\ntitle: Porter\n{front}\n---\nIntro"
    assert read_post(text, "2999-05-01-porter.md").status == "future"
    assert read_post(text, "2019-05-01-porter.md").status == "publish"


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        ("layout: default", "post"),
        ("layout: single", "post"),
        ("layout: Post", "post"),
        ("layout: page", "page"),
        ("layout: page\ntype: posts", "page"),
        ("layout: default\npost_type: job", "job"),
        ("layout: post\ntype: job", "job"),
        ("layout: job\ntype: remote", "job"),
        ("", "post"),
    ],
)
def test_layouts_are_not_types(front: str, kind: str) -> None:
    assert read_post(f"---\ntitle: Porter\n{front}\n---\nIntro", "porter.md").kind == kind


def test_a_type_beside_another_one_is_not_lost() -> None:
    post = read_post("---\nlayout: job\ntype: remote\n---\nIntro", "porter.md")
    assert [(field.name, field.texts) for field in post.fields] == [("type", ("remote",))]


@pytest.mark.parametrize(
    ("permalink", "address", "slug"),
    [
        ("/jobs/:year/:title/", "/jobs/2024/porter/", "porter"),
        ("pretty", "/health%20care/nights/2024/05/01/porter/", "porter"),
        ("date", "/health%20care/nights/2024/05/01/porter.html", "porter"),
        ("/:categories/:i_day/:slug", "/health%20care/nights/1/porter", "porter"),
        ("/jobs/porter/index.html", "/jobs/porter/index.html", "porter"),
        ("/:collection/:title/", "", "porter"),
        ("/{{ page.fileSlug }}/", "", "porter"),
        ("jobs/porter", "/jobs/porter", "porter"),
        ("http://old.example/?p=2", "http://old.example/?p=2", "porter"),
        ("ordinal", "", "porter"),
        ("javascript:alert(1)", "", "porter"),
        ("//old.example/porter/", "https://old.example/porter/", "porter"),
    ],
)
def test_permalinks(permalink: str, address: str, slug: str) -> None:
    text = f"---\npermalink: '{permalink}'\ncategories: [Health care, nights]\n---\nIntro"
    post = read_post(text, "2024-05-01-porter.md")
    assert (post.permalink, post.slug) == (address, slug)
    unread = [remark.parameters for remark in post.remarks if remark.code == "address_unread"]
    assert unread == ([] if address else [{"address": permalink}])


def test_one_category_in_an_address_has_a_key_of_its_own() -> None:
    text = "---\npermalink: /:categories/:title/\ncategory: Health care\n---\nIntro"
    assert read_post(text, "porter.md").permalink == "/health%20care/porter/"


def test_categories_in_an_address_can_have_spaces_between_them() -> None:
    text = "---\npermalink: /:categories/:title/\ncategories: care nights\n---\nIntro"
    assert read_post(text, "porter.md").permalink == "/care/nights/porter/"


def test_aliases_are_redirected_to_the_page(import_roles: Import, tmp_path: Path) -> None:
    front = "url: /jobs/porter/\naliases: [/old/porter/, porters]\nredirect_from: /even-older/"
    result = import_roles(write(tmp_path / "porter.md", "Porter", front=front))
    paths = ["/even-older", "/jobs/porter", "/jobs/porters", "/old/porter"]
    assert redirects() == dict.fromkeys(paths, "Porter")
    assert "field" not in codes(result)
    assert import_roles(tmp_path / "porter.md").summary["unchanged"] == 1


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("/", ""),
        ("/roles/", "redirect_in_the_way"),
        ("https://elsewhere.example/porter/", "address_unread"),
        ("javascript:alert(1)", "address_unread"),
        ("/:title/", "address_unread"),
        ("Moving patients", "field"),
        ("/2018/08/06/chef/", "redirect_taken"),
    ],
)
def test_aliases_take_over_nothing(
    import_roles: Import, tmp_path: Path, alias: str, code: str
) -> None:
    write_post(tmp_path / "posts", 1, "Porter", aliases=[alias])
    write_post(tmp_path / "posts", 2, "Chef")
    result = import_roles(tmp_path / "posts")
    assert redirects() == {
        "/2018/08/06/porter": "Porter",
        "/2018/08/06/chef": "Chef",
        "/?p=1": "Porter",
        "/?p=2": "Chef",
    }
    flags = {"address_unread", "field", "redirect_in_the_way", "redirect_taken"}
    assert flags & {*codes(result)} == ({code} - {""})


REFERENCES = [
    '[Chef]({{< relref "chef.md" >}})',
    '[Chef]({{% ref path="/jobs/Chef.md" %}})',
    "[Chef]({{< ref chef >}})",
    "[Chef]({% post_url 2020-01-01-chef %})",
    "[Chef]({{ site.baseurl }}{% link _posts/2020-01-01-chef.md %})",
    "[Chef][c]\n\n[c]: {% post_url 2020-01-01-chef %}",
    '<a href="{% post_url 2020-01-01-chef %}">Chef</a>',
    "[Chef](../jobs/chef.md)",
    "[Chef](/kitchen/chef/)",
    "[Chef]({{ site.baseurl }}/kitchen/chef/)",
    "[Chef]({{ '/kitchen/chef/' | relative_url }})",
]


@pytest.mark.parametrize("reference", REFERENCES)
def test_links_to_other_files_are_links_to_their_pages(
    import_roles: Import, tmp_path: Path, reference: str
) -> None:
    name = "2020-01-01-chef.md" if "2020" in reference else "chef.md"
    front = "permalink: /kitchen/chef/"
    write(tmp_path / "posts" / name, "Chef", front=front)
    text = f"Intro\n\n## What will I be doing?\n\nAsk the {reference}\n"
    write(tmp_path / "posts" / "porter.md", "Porter", text)
    result = import_roles(tmp_path / "posts")
    links = [link for post in result.report["posts"] for link in post.get("links", ())]
    assert [(link["text"], link["becomes"]) for link in links] == [("Chef", "page link")]
    assert "template" not in codes(result)
    chef = RolePage.objects.get(title="Chef")
    porter = RolePage.objects.get(title="Porter").get_latest_revision_as_object()
    assert f'id="{chef.pk}"' in str(porter.body.raw_data)


def test_links_to_files_of_an_earlier_import_are_found(
    import_roles: Import, tmp_path: Path
) -> None:
    import_roles(write(tmp_path / "chef.md", "Chef"))
    text = 'Intro\n\n[Chef]({{< ref "chef" >}})\n'
    result = import_roles(write(tmp_path / "porter.md", "Porter", text))
    (post,) = result.report["posts"]
    assert [link["becomes"] for link in post["links"]] == ["page link"]


def test_a_link_to_a_file_that_is_imported_later_is_made_then(
    import_roles: Import, tmp_path: Path
) -> None:
    text = 'Intro\n\n[Chef]({{< ref "chef" >}})\n'
    porter = write(tmp_path / "porter.md", "Porter", text)
    (post,) = import_roles(porter).report["posts"]
    (flag,) = [flag for flag in post["flags"] if flag["code"] == "link"]
    assert flag["message"] == (
        "The link “Chef” to post-file:chef was removed: no post was imported from this file."
    )
    import_roles(write(tmp_path / "chef.md", "Chef"))
    assert import_roles(porter).summary["updated"] == 1


def test_a_name_that_several_files_have_is_no_link(import_roles: Import, tmp_path: Path) -> None:
    write(tmp_path / "posts" / "a" / "chef.md", "Chef")
    write(tmp_path / "posts" / "b" / "chef.md", "Head chef")
    write(tmp_path / "posts" / "porter.md", "Porter", "Intro\n\n[Chef](chef.md)\n")
    result = import_roles(tmp_path / "posts")
    links = [link for post in result.report["posts"] for link in post.get("links", ())]
    assert [link["becomes"] for link in links] == ["text"]


def test_a_post_with_an_instruction_that_readers_would_see_stays_a_draft(
    import_roles: Import, tmp_path: Path
) -> None:
    post = write(tmp_path / "porter.md", "Porter", f"{HTML}<p>{{% include pay.html %}}</p>")
    result = import_roles(post, publish=True, category="careers")
    assert "template" in codes(result)
    assert not RolePage.objects.get().live


def test_a_mark_without_a_footnote_is_flagged() -> None:
    remarks = read_post("---\ntitle: x\n---\n**a**[^1] b[^2]\n\n[^1]: c", "x.md").remarks
    assert [remark.parameters for remark in remarks] == [{"text": "[^2]"}]


def test_instructions_that_are_not_addresses_are_flagged(tmp_path: Path) -> None:
    text = 'Intro\n\n{{< figure\n  src="x.jpg" >}}\n\n{% include pay.html %} {{ site.title }}'
    remarks = read_post(f"---\ntitle: Porter\n---\n{text}", "porter.md").remarks
    told = [remark.parameters["text"] for remark in remarks if remark.code == "template"]
    assert told == [
        '{{< figure\n  src="x.jpg" >}}',
        "{% include pay.html %}",
        "{{ site.title }}",
    ]


@pytest.mark.parametrize(
    "comment", ["{% comment %}Salary{% endcomment %}", "{{< comment >}}Salary{{< /comment >}}"]
)
def test_a_post_with_a_comment_of_its_authors_stays_a_draft(
    import_roles: Import, tmp_path: Path, comment: str
) -> None:
    post = write(tmp_path / "porter.md", "Porter", f"{HTML}<p>{comment}</p>")
    result = import_roles(post, publish=True, category="careers")
    assert "restricted" in codes(result)
    assert not RolePage.objects.get().live


@pytest.mark.parametrize("text", ["](", "](   ", "href=", "{{", "](x", "[^", "{%", "{{<ref "])
def test_instructions_are_looked_for_in_linear_time(text: str) -> None:
    content: Any = text * (1_000_000 // len(text))
    assert static_sites.with_addresses(content) == content
    assert read_post(f"---\ntitle: x\n---\n{content}", "x.md").content == content.strip()
