"""Old addresses: each leads to the page of its post, in every spelling that WordPress answered."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.factories import RoleCategoryFactory
from tests.importing.conftest import Result
from tests.importing.posts import content, export, item, write_post
from wagtail_careers.importing.writing import redirects
from wagtail_careers.models import ImportRecord
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

CASES = Path(__file__).with_name("cases")


@pytest.fixture(autouse=True)
def careers(db: None) -> None:
    RoleCategoryFactory(name="Careers", slug="careers")


def write(path: Path, items: Iterable[str], home: str) -> Path:
    path.write_text(export(items, home=home), encoding="utf-8")
    return path


def told(text: str) -> str:
    """The content of a post that tells it apart from all others."""
    return content() + f"<h2>Uniform</h2>{text}."


def spellings(address: str) -> Iterator[str]:
    """The ways to write an address that lead to the same post on WordPress."""
    parts = urlsplit(address)
    for path in {parts.path.rstrip("/") or "/", f"{parts.path.rstrip('/')}/"}:
        encoded = quote(path)
        for spelled in {encoded, encoded.replace("%D", "%d").lower()}:
            for query in ("utm_source=news", ""):
                yield f"{spelled}?{'&'.join(filter(None, (parts.query, query)))}".rstrip("?")


def assert_leads_to(client: Any, address: str, title: str, **extra: Any) -> None:
    for each in spellings(address):
        response = client.get(each, follow=True, **extra)
        assert response.status_code == 200, each
        assert response.context["page"].title == title, each


def test_a_network_of_two_blogs(import_roles: Import, tmp_path: Path, client: Any) -> None:
    """The blogs are imported one after the other, and link to each other."""
    for name, year in (("north", 2018), ("south", 2019)):
        other = "south" if name == "north" else "north"
        home = f"http://old.example/{name}"
        link = f"<a href='http://old.example/{other}/hello-world/'>the other blog</a>"
        hello = item(
            1,
            "Hello world!",
            told(f"{name} {link}"),
            link=f"{home}/hello-world/",
            **{"wp:post_date_gmt": f"{year}-01-01 08:00:00", "wp:post_name": "hello-world"},
        )
        nurse = item(
            2,
            f"Медсестра {name}",
            told(name),
            link=f"{home}/2018/08/%d0%bc%d0%b5%d0%b4%d1%81%d0%b5%d1%81%d1%82%d1%80%d0%b0/",
            **{"wp:post_name": "%d0%bc%d0%b5%d0%b4%d1%81%d0%b5%d1%81%d1%82%d1%80%d0%b0"},
        )
        export_of = write(tmp_path / f"{name}.xml", [hello, nurse], home)
        assert import_roles(export_of, publish=True).summary["created"] == 2
    north, south = RolePage.objects.filter(title="Hello world!").order_by("pk")
    assert "north" in str(north.body.render_as_block())
    assert "south" in str(south.body.render_as_block())
    for name, page in (("north", north), ("south", south)):
        for address in (f"/{name}/hello-world/", f"/{name}/?p=1"):
            response = client.get(address, follow=True)
            assert response.context["page"].pk == page.pk
        for address in (f"/{name}/2018/08/медсестра/", f"/{name}/?p=2"):
            assert_leads_to(client, address, f"Медсестра {name}")
    # South could link to north at once; north links to south when it is imported again.
    assert f'<a linktype="page" id="{north.pk}">' in str(south.body.raw_data)
    assert import_roles(tmp_path / "north.xml", publish=True).summary["updated"] == 1
    north.refresh_from_db()
    assert f'<a linktype="page" id="{south.pk}">' in str(north.body.raw_data)
    assert import_roles(tmp_path / "south.xml", publish=True).summary["unchanged"] == 2


def test_a_network_of_two_hosts_with_the_same_paths(
    import_roles: Import, tmp_path: Path, client: Any
) -> None:
    root = Page.objects.get(depth=2)
    for name in ("north", "south"):
        Site.objects.create(hostname=f"{name}.example", root_page=root)
    Site.clear_site_root_paths_cache()
    for name, title in (("north", "Porter"), ("south", "Nurse")):
        home = f"http://{name}.example"
        post = item(1, title, told(name), link=f"{home}/hello/")
        import_roles(write(tmp_path / f"{name}.xml", [post], home), publish=True)
    for name, title in (("north", "Porter"), ("south", "Nurse")):
        for address in ("/hello/", "/?p=1"):
            assert_leads_to(client, address, title, HTTP_HOST=f"{name}.example")


def test_a_blog_in_a_folder(import_roles: Import, tmp_path: Path, client: Any) -> None:
    home = "http://old.example/blog"
    posts = [
        item(1, "Porter", told("a"), link=f"{home}/2018/08/06/porter/"),
        item(2, "Nurse", told("b"), link=f"{home}/index.php/nurse/"),
        item(3, "About us", told("c"), link=f"{home}/about/", **{"wp:post_type": "page"}),
        item(4, "Start", told("d"), link=f"{home}/", **{"wp:post_type": "page"}),
    ]
    import_roles(write(tmp_path / "blog.xml", posts, home), publish=True)
    assert_leads_to(client, "/blog/2018/08/06/porter/", "Porter")
    assert_leads_to(client, "/blog/?p=1", "Porter")
    assert_leads_to(client, "/blog/index.php/nurse/", "Nurse")
    assert_leads_to(client, "/blog/about/", "About us")
    assert_leads_to(client, "/blog/?page_id=3", "About us")
    assert client.get("/blog/", follow=True).status_code == 404
    assert client.get("/?p=1", follow=True).context["page"].depth == 2


def test_plain_permalinks(import_roles: Import, tmp_path: Path, client: Any) -> None:
    home = "http://old.example"
    posts = [
        item(1, "Porter", told("a"), link=f"{home}/?p=1"),
        item(2, "Nurse", told("<a href='/?p=1'>a</a> <a href='/?p=9'>b</a>"), link=f"{home}/?p=2"),
        item(3, "About us", told("c"), link=f"{home}/?page_id=3", **{"wp:post_type": "page"}),
        item(4, "Draft", told("d"), link=f"{home}/?p=4", **{"wp:status": "draft"}),
        item(5, "Cook", told("e"), link=f"{home}/?job=%D0%BF%D0%BE%D0%B2%D0%B0%D1%80"),
    ]
    import_roles(write(tmp_path / "plain.xml", posts, home), publish=True)
    start = client.get("/").content
    for address, title in (
        ("/?p=1", "Porter"),
        ("/?p=2", "Nurse"),
        ("/?page_id=2", "Nurse"),
        ("/?page_id=3", "About us"),
        ("/?p=3", "About us"),
        ("/?job=%D0%BF%D0%BE%D0%B2%D0%B0%D1%80", "Cook"),
        ("/?job=%d0%bf%d0%be%d0%b2%d0%b0%d1%80", "Cook"),
        ("/?p=5", "Cook"),
    ):
        assert_leads_to(client, address, title)
    # Nothing takes the place of the start page: not a draft, and not what is no post.
    for address in ("/", "/?p=4", "/?p=9", "/?p=x", "/?utm_source=news", "/?p=1x", "/?job=x"):
        response = client.get(address, follow=True)
        assert (response.status_code, response.redirect_chain) == (200, []), address
    assert client.get("/").content == start
    assert client.post("/?p=1").status_code == 200
    porter, nurse = RolePage.objects.get(title="Porter"), RolePage.objects.get(title="Nurse")
    prose = str(nurse.body.raw_data)
    assert f'<a linktype="page" id="{porter.pk}">a</a>' in prose
    assert 'id="None"' not in prose
    draft = RolePage.objects.get(title="Draft")
    draft.save_revision().publish()
    assert_leads_to(client, "/?p=4", "Draft")


def test_north_and_south(import_roles: Import, client: Any) -> None:
    """Both exports give the same address for the blog, and have the same ID and title."""
    north, south = CASES / "north.xml", CASES / "south.xml"
    assert import_roles(north, publish=True).summary["created"] == 1
    first = RolePage.objects.get()
    before = first.latest_revision_id
    assert import_roles(south, publish=True).summary["created"] == 1
    second = RolePage.objects.exclude(pk=first.pk).get()
    assert "North says hello." in first.introduction
    assert "South says hello." in second.introduction
    for page, name in ((first, "north"), (second, "south")):
        assert client.get(f"/{name}/hello-world", follow=True).context["page"].pk == page.pk
    for order in ([south, north], [north], [south], [north, south]):
        result = import_roles(*order, publish=True)
        assert result.summary == {"unchanged": len(order), **review(result)}
    first.refresh_from_db()
    assert first.latest_revision_id == before


def review(result: Result) -> dict[str, int]:
    return {name: number for name, number in result.summary.items() if name == "needs_review"}


@pytest.mark.parametrize("names", [("north", "south"), ("south", "north")])
def test_north_and_south_in_one_command(import_roles: Import, names: tuple[str, ...]) -> None:
    files = [CASES / f"{name}.xml" for name in names]
    assert import_roles(*files).summary["created"] == 2
    keys = set(ImportRecord.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert import_roles(*reversed(files)).summary["unchanged"] == 2
    assert set(ImportRecord.objects.values_list("key", flat=True)) == keys
    assert import_roles(*files, *files).summary["error"] == 2


def test_subfolder_and_drafts(import_roles: Import, client: Any) -> None:
    result = import_roles(CASES / "subfolder-and-drafts.xml", publish=True)
    assert result.summary["created"] == 3
    paths = set(Redirect.objects.values_list("old_path", flat=True))
    expected = {"/blog/home-page", "/blog?p=2", "/blog?p=3", "/?p=1", "/?p=2", "/?p=3"}
    assert paths == expected
    page = RolePage.objects.get(title="Home page")
    assert 'linktype="page"' not in str(page.body.raw_data)
    assert client.get("/blog/", follow=True).status_code == 404
    assert client.get("/blog/home-page/", follow=True).context["page"].pk == page.pk


def test_what_an_earlier_release_imported_is_not_imported_twice(
    import_roles: Import, tmp_path: Path
) -> None:
    home = "http://old.example/blog"
    post = item(1, "Porter", told("a"), link=f"{home}/porter/")
    path = write(tmp_path / "blog.xml", [post], home)
    import_roles(path, publish=True)
    page = RolePage.objects.get()
    ImportRecord.objects.update(key="old.example#1", addresses=[], source_hash="of that release")
    assert import_roles(path, publish=True).summary["unchanged"] == 1
    assert import_roles(path, publish=True).summary["unchanged"] == 1
    assert RolePage.objects.get() == page
    assert ImportRecord.objects.get().key == "old.example#1"


def test_the_address_of_another_page_is_not_redirected(
    import_roles: Import, tmp_path: Path
) -> None:
    first = write_post(tmp_path, 1, "Porter", permalink="http://old.example/roles/nurse-2/")
    second = write_post(tmp_path, 2, "Nurse", permalink="http://old.example/roles/")
    for dry_run in (True, False):
        result = import_roles(second, dry_run=dry_run)
        (flag,) = [each for each in result.post(2)["flags"] if "redirect" in each["code"]]
        assert (flag["code"], flag["parameters"]) == ("redirect_in_the_way", {"path": "/roles"})
    assert not Redirect.objects.filter(old_path="/roles").exists()
    import_roles(first)
    assert Redirect.objects.filter(old_path="/roles/nurse-2").exists()


def test_no_page_gets_the_address_that_another_post_had(
    import_roles: Import, tmp_path: Path, client: Any
) -> None:
    """The roles stay at their addresses, but one has a title that does not suit its slug."""
    folder = tmp_path / "posts"
    write_post(folder, 1, "Nurse", permalink="http://old.example/2018/x/", slug="nurse")
    write_post(folder, 2, "Medical secretary", permalink="http://old.example/roles/nurse/")
    import_roles(folder, publish=True)
    assert_leads_to(client, "/roles/nurse/", "Medical secretary")
    assert_leads_to(client, "/2018/x/", "Nurse")


def test_an_earlier_slug_leads_to_the_page(
    import_roles: Import, tmp_path: Path, client: Any
) -> None:
    meta = "<wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>{}</wp:meta_value>"
    link = "http://old.example/jobs/porter/"
    post = item(1, link=link, **{"wp:postmeta": meta.format("%d0%b2%d0%be%d0%b4")})
    plain = item(2, "Nurse", link="http://old.example/?p=2", **{"wp:postmeta": meta.format("x")})
    import_roles(write(tmp_path / "a.xml", [post, plain], "http://old.example"), publish=True)
    assert_leads_to(client, "/jobs/вод/", "Porter")
    assert client.get("/x/").status_code == 404


def test_a_plain_address_that_is_taken_needs_no_review(
    import_roles: Import, tmp_path: Path
) -> None:
    """The page keeps its better address."""
    Redirect.objects.create(old_path="/?p=1", redirect_link="https://x.example/")
    post = item(1, link="http://old.example/roles/porter/")
    result = import_roles(write(tmp_path / "a.xml", [post], "http://old.example"))
    taken = [flag for flag in result.post(1)["flags"] if flag["code"] == "redirect_taken"]
    assert [flag["review"] for flag in taken] == [False]


def test_an_earlier_slug_that_another_post_has_is_the_address_of_that_post(
    import_roles: Import, tmp_path: Path, client: Any
) -> None:
    meta = "<wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>nurse</wp:meta_value>"
    porter = item(1, link="http://old.example/porter/", **{"wp:postmeta": meta})
    nurse = item(2, "Nurse", link="http://old.example/nurse/")
    path = write(tmp_path / "a.xml", [porter, nurse], "http://old.example")
    assert "redirect_taken" not in str(import_roles(path, publish=True).report)
    assert_leads_to(client, "/nurse/", "Nurse")


def test_an_address_that_is_too_long_is_named(import_roles: Import, tmp_path: Path) -> None:
    permalink = f"http://old.example/{'x' * 300}/"
    result = import_roles(write_post(tmp_path, permalink=permalink, slug="porter"))
    assert "redirect_long" in [flag["code"] for flag in result.post(1)["flags"]]


def test_so_many_old_addresses_of_one_post_are_redirected(
    import_roles: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redirects, "MAX_PATHS", 3)
    aliases = [f"/old-{number}/" for number in range(5)]
    result = import_roles(write_post(tmp_path, aliases=aliases))
    assert Redirect.objects.count() == 3
    (flag,) = [each for each in result.post(1)["flags"] if each["code"] == "redirects_many"]
    assert flag["parameters"]["limit"] == "3"


def test_a_link_to_a_part_of_a_post_is_flagged(import_roles: Import, tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    href = "http://old.example/2018/08/06/nurse/#pay"
    write_post(folder, 1, html=told(f"<a href='{href}'>Pay</a>"))
    write_post(folder, 2, "Nurse")
    result = import_roles(folder, publish=True)
    (flag,) = [each for each in result.post(1)["flags"] if each["code"] == "link"]
    assert flag["parameters"] == {"problem": "part", "text": "Pay", "address": href}
    assert flag["review"]
    nurse = RolePage.objects.get(title="Nurse")
    assert f'id="{nurse.pk}"' in str(RolePage.objects.get(title="Porter").body.raw_data)


def test_an_address_that_may_be_that_of_several_posts_is_left_alone(
    import_roles: Import, tmp_path: Path
) -> None:
    link = "<a href='http://old.example/?p=1'>the first post</a>"
    post = item(2, "Porter", told(link), link="http://old.example/south/porter/")
    more = write(tmp_path / "more.xml", [post], "http://old.example")
    import_roles(CASES / "north.xml", CASES / "south.xml", more)
    assert 'linktype="page"' not in str(RolePage.objects.get(title="Porter").body.raw_data)


def test_the_address_that_a_post_had_first_is_one_of_its_addresses(
    import_roles: Import, tmp_path: Path
) -> None:
    guid = "http://old.example/jobs/?post_type=job&amp;#038;p=5"
    others = {"guid": guid, "wp:post_type": "job"}
    post = item(5, "Cook", told("a"), link="http://old.example/jobs/cook/", **others)
    import_roles(write(tmp_path / "jobs.xml", [post], ""))
    paths = set(Redirect.objects.values_list("old_path", flat=True))
    assert paths == {"/jobs/cook", "/jobs?p=5&post_type=job"}


def test_blogs_of_a_network_may_have_the_same_slugs(import_roles: Import, tmp_path: Path) -> None:
    def result(*homes: str) -> Result:
        files = [
            write(
                tmp_path / f"{number}.xml",
                [item(number, link=f"{home}/{number}/porter/")],
                home,
            )
            for number, home in enumerate(homes)
        ]
        return import_roles(*files, dry_run=True)

    north, south = "http://old.example/north", "http://old.example/south"
    assert "same_slug" not in str(result(north, south).report)
    assert "same_slug" in str(result(north, north).report)


def test_the_map_names_posts_by_old_and_new_keys(import_roles: Import, tmp_path: Path) -> None:
    home = "http://old.example/blog"
    path = write(tmp_path / "b.xml", [item(7, link=f"{home}/porter/")], home)
    choices = tmp_path / "map.toml"
    for name in ("old.example/blog#7", "old.example#7", "/blog/porter/", "7", "porter"):
        choices.write_text(f'[posts."{name}"]\nskip = true', encoding="utf-8")
        assert import_roles(path, map=choices).summary == {"skipped": 1}


def test_an_address_without_a_host_leads_to_its_page(
    import_roles: Import, tmp_path: Path, client: Any
) -> None:
    import_roles(write_post(tmp_path, permalink="/jobs/old-porter/"), publish=True)
    answer = client.get("/jobs/old-porter/", follow=True)
    assert answer.status_code == 200
    assert "Porter" in answer.content.decode()
