"""Addresses of posts become links: shared links by site, page links, and the few others."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import SharedLinkFactory
from tests.importing.conftest import Result
from tests.importing.posts import changed, content, write_post
from wagtail_careers.importing.planning.index import MAX_SITES
from wagtail_careers.importing.reading.addresses import is_mistyped, parse
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles.links import (
    LinkBook,
    LinkCount,
    NoTarget,
    PlainTarget,
    SharedTarget,
    address_of,
)
from wagtail_careers.importing.writing.rich_text import prose
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage
from wagtail_careers.safe_url import clean_base_url, clean_deep_path, join_url

Import = Callable[..., Result]


def book(*links: str | tuple[str, str], existing: dict[str, str] | None = None) -> LinkBook:
    count = LinkCount()
    for link in links:
        href, text = (link, "A site") if isinstance(link, str) else link
        if address := address_of(href, ""):
            count.add(address, text)
    return LinkBook(count, existing or {}, lambda address: None)


@pytest.mark.parametrize(
    "spellings",
    [
        ("http://jobs.example/", "https://jobs.example", "HTTPS://JOBS.EXAMPLE/"),
        ("http://www.jobs.example/", "https://jobs.example/"),
        ("https://jobs.example/a", "https://jobs.example/a/", "http://www.jobs.example/a"),
        ("https://jobs.example/?utm_source=x&fbclid=y", "https://jobs.example/"),
        ("www.jobs.example", "http://jobs.example/", " https://www.jobs.example/\n"),
        ("https://jobs.example:443/", "https://jobs.example/", "http://jobs.example:80/"),
    ],
)
def test_spellings_of_one_address_are_one_shared_link(spellings: tuple[str, ...]) -> None:
    links = book(*spellings)
    (base,) = links.bases
    assert {links.target(each) for each in spellings} == {SharedTarget(base, "")}


def test_the_base_is_what_all_addresses_of_a_site_begin_with() -> None:
    urls = [
        "https://careers.example/explore/nursing/adult?page=2#top",
        "http://www.careers.example/explore/porter/",
        "https://careers.example/explore",
    ]
    links = book(*urls)
    assert list(links.bases) == ["https://careers.example/explore"]
    targets = [links.target(url) for url in urls]
    assert [target.path for target in targets] == ["nursing/adult?page=2#top", "porter/", ""]
    joined = [join_url(target.base_url, target.path) for target in targets]
    assert joined == [
        "https://careers.example/explore/nursing/adult?page=2#top",
        "https://careers.example/explore/porter/",
        "https://careers.example/explore",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/wiki/Category:Nurses",
        "https://a.example/x//y",
        "https://a.example/a b/c",
        "https://a.example/?q=1&r=%20",
        "https://a.example/%2e%2e/x",
        "https://münchen.example/straße",
        "https://a.example/" + "x" * 600,
        "http://intranet/page",
    ],
)
def test_no_address_is_lost(url: str) -> None:
    links = book(url, "https://a.example/wiki/other", "https://a.example/x/z")
    target = links.target(url)
    if isinstance(target, SharedTarget):
        found = join_url(target.base_url, target.path)
    else:
        assert isinstance(target, PlainTarget)
        found = target.url
    assert parse(found) == parse(url)
    assert urlsplit(found).hostname


def test_a_shared_link_that_is_there_is_used() -> None:
    existing = {"https://www.a.example/": "All of A", "http://a.example/jobs": "A’s jobs"}
    links = book("https://a.example/jobs/1", "http://a.example/news", existing=existing)
    assert links.target("https://a.example/jobs/1") == SharedTarget("http://a.example/jobs", "1")
    assert links.target("http://a.example/news") == SharedTarget("https://www.a.example/", "news")
    assert all(base.exists for base in links.bases.values())


def test_its_name_is_the_most_used_text() -> None:
    url = "https://jobs.example/"
    links = book(
        (url, "NHS jobs"), (url, "NHS Jobs,"), (url, " NHS Jobs "), (url, "here"), (url, url)
    )
    assert links.bases[url].name == "NHS Jobs"
    assert book((url, "click here")).bases[url].name == "jobs.example"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("mailto:a@b.example", PlainTarget("mailto:a@b.example")),
        ("tel:+44 1234", PlainTarget("tel:+441234")),
        ("jobs@a.example", PlainTarget("mailto:jobs@a.example")),
        (
            "mailto: a@b.example ?subject=Work with us&body=“Hi”",
            PlainTarget("mailto:a@b.example?subject=Work%20with%20us&body=%E2%80%9CHi%E2%80%9D"),
        ),
    ],
)
def test_mail_and_telephone_stay(href: str, expected: PlainTarget) -> None:
    assert book().target(href) == expected


@pytest.mark.parametrize(
    "href",
    [
        "http//www.a.example/jobs",
        "http:/www.a.example/jobs",
        "http;//www.a.example/jobs",
        "http://http://www.a.example/jobs",
        "http://https//www.a.example/jobs",
        "https:// www.a.example/jobs",
        " HTTPS//http://www.a.example/jobs",
    ],
)
def test_a_mistyped_beginning_is_put_right(href: str) -> None:
    target = book(href).target(href)
    assert isinstance(target, SharedTarget)
    assert target.base_url.endswith("://www.a.example/jobs")
    assert is_mistyped(href)


@pytest.mark.parametrize(
    "href",
    [
        "https://a.example/http//x",
        "HTTP://a.example/",
        "http://https.example/",
        "http/page",
        "https-guide/",
        "/http//page",
    ],
)
def test_what_only_looks_mistyped_is_left(href: str) -> None:
    assert not is_mistyped(href)
    found = parse(href, "https://old.example/")
    assert found is not None
    assert found.url.lower() == urljoin("https://old.example/", href).lower()


@pytest.mark.parametrize(
    "href",
    ["javascript:x", " java\tscript:x", "\x01javascript:x", "data:text/html,x", "vbscript:x", "#a"],
)
def test_what_no_page_should_have_is_taken_away(href: str) -> None:
    assert isinstance(book(href).target(href), NoTarget)


def html_of(post: str) -> str:
    blocks = [
        block.__class__(block.kind, block.runs, lists=block.lists, item=block.item)
        for block in read_html(post).blocks
    ]
    return prose(blocks, lambda href: {"href": href})


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (
            'On <a href="http://a.example/">NHS Jobs, </a>and',
            '<p>On <a href="http://a.example/">NHS Jobs</a>, and</p>',
        ),
        (
            "See https://a.example/x. And (www.b.example/y), too",
            '<p>See <a href="https://a.example/x">https://a.example/x</a>. And '
            '(<a href="https://www.b.example/y">www.b.example/y</a>), too</p>',
        ),
        (
            "https://a.example/A_(b)",
            '<p><a href="https://a.example/A_(b)">https://a.example/A_(b)</a></p>',
        ),
        (
            '<a href="https://a.example/"><img src="i.png" alt="A site"></a>',
            '<p><a href="https://a.example/">A site</a></p>',
        ),
        (
            'x <a href="https://a.example/"></a>',
            '<p>x <a href="https://a.example/">a.example/</a></p>',
        ),
        (
            'Text\n<a href="https://a.example/"><figure><img src="i.png" alt=""></figure></a>',
            '<p>Text</p><p><a href="https://a.example/">a.example/</a></p>',
        ),
        (
            'Text<map><area href="https://a.example/" alt="A site"><area href="https://b.example/">'
            '<area alt="No link"></map>',
            '<p>Text <a href="https://a.example/">A site</a> '
            '<a href="https://b.example/">b.example/</a></p>',
        ),
        (
            'More <a href="https://a.example/">...</a><a href="https://b.example/"> … </a>',
            '<p>More <a href="https://a.example/">...</a> <a href="https://b.example/">…</a></p>',
        ),
        (
            '<a href="https://a.example/"><p>One</p><p>Two</p></a>',
            '<p><a href="https://a.example/">One</a></p><p><a href="https://a.example/">Two</a></p>',
        ),
    ],
)
def test_link_texts_are_tidy(post: str, expected: str) -> None:
    assert html_of(post) == expected


def test_a_link_that_says_nothing_is_reported(import_roles: Import, tmp_path: Path) -> None:
    html = content({"What will I be doing?": 'Work <a href="http://a.example/x">...</a>'})
    result = import_roles(write_post(tmp_path, html=html))
    (flag,) = [flag for flag in result.post(1)["flags"] if flag["code"] == "link"]
    assert "http://a.example/x" in flag["message"]
    assert SharedLink.objects.exists()


def test_links_in_a_heading_are_told_again_in_the_text(
    import_roles: Import, tmp_path: Path
) -> None:
    html = content({'What will <a href="http://a.example/x">I be doing</a>?': "Work."})
    import_roles(write_post(tmp_path, html=html))
    duties = RolePage.objects.get().body.raw_data[1]["value"]
    link = SharedLink.objects.get()
    assert duties["title"] == "What will I be doing?"
    assert duties["prose"].startswith(f'<p><a linktype="shared-link" id="{link.pk}">I be doing</a>')


def test_links_to_other_posts_become_page_links_in_any_order(
    import_roles: Import, tmp_path: Path
) -> None:
    link = '<a href="{}">that role</a>'
    first = content({"Next": link.format("http://www.old.example/2018/08/06/nurse")})
    second = content(
        {"Next": link.format("/2018/08/06/porter/") + link.format("http://old.example/?p=1")}
    )
    write_post(tmp_path / "posts", 1, "Porter", html=first)
    write_post(tmp_path / "posts", 2, "Nurse", html=second)
    assert import_roles(tmp_path / "posts", publish=True).summary["created"] == 2
    porter, nurse = RolePage.objects.get(title="Porter"), RolePage.objects.get(title="Nurse")
    assert f'<a linktype="page" id="{nurse.pk}">' in porter.body.raw_data[1]["value"]["prose"]
    assert f'<a linktype="page" id="{porter.pk}">' in nurse.body.raw_data[1]["value"]["prose"]
    assert not SharedLink.objects.exists()
    assert not porter.has_unpublished_changes
    assert import_roles(tmp_path / "posts", publish=True).summary["unchanged"] == 2


def test_a_post_that_comes_later_is_linked_from_those_before(
    import_roles: Import, tmp_path: Path
) -> None:
    address = "http://www.old.example/2018/08/06/nurse"
    html = content(changed(training=f'Ask about <a href="{address}/">that role</a>.'))
    write_post(tmp_path / "posts", 1, "Porter", html=html)
    import_roles(tmp_path / "posts", publish=True)
    write_post(tmp_path / "posts", 2, "Nurse")
    again = import_roles(tmp_path / "posts", publish=True)
    assert again.summary == {"created": 1, "updated": 1}
    porter, nurse = RolePage.objects.get(title="Porter"), RolePage.objects.get(title="Nurse")
    assert f'<a linktype="page" id="{nurse.pk}">' in porter.body.raw_data[3]["value"]["prose"]
    assert import_roles(tmp_path / "posts", publish=True).summary == {"unchanged": 2}
    # Known from before, though it is in no source of this run.
    (tmp_path / "posts" / "2.md").unlink()
    assert import_roles(tmp_path / "posts", publish=True).summary == {"unchanged": 1}


def test_links_that_were_put_right_are_shown_to_somebody(
    import_roles: Import, tmp_path: Path
) -> None:
    html = content({"Next": 'See <a href="http//a.example/x">the jobs</a>.'})
    result = import_roles(write_post(tmp_path, html=html))
    messages = [flag["message"] for flag in result.post(1)["flags"] if flag["code"] == "link"]
    assert messages == [
        "The address of the link “the jobs” was corrected: http//a.example/x is not a web address."
    ]


def test_shared_links_of_drafts_are_drafts(import_roles: Import, tmp_path: Path) -> None:
    import_roles(write_post(tmp_path))
    link = SharedLink.objects.get()
    assert (link.live, link.name, link.base_url) == (
        False,
        "Example Jobs",
        "http://www.jobs.example/",
    )
    import_roles(write_post(tmp_path / "more", 2, "Nurse"), publish=True)
    assert SharedLink.objects.get().live


def test_a_link_that_an_editor_took_offline_stays_so(
    import_roles: Import, tmp_path: Path, index: Any
) -> None:
    link = SharedLinkFactory(base_url="https://jobs.example/")
    link.save_revision().publish()
    link.refresh_from_db()
    link.unpublish()
    import_roles(write_post(tmp_path), publish=True)
    assert not SharedLink.objects.get().live


def test_a_link_that_was_replaced_gives_way_to_the_new_one(
    import_roles: Import, tmp_path: Path, index: Any
) -> None:
    new = SharedLinkFactory(base_url="https://new-jobs.example/")
    SharedLinkFactory(base_url="https://jobs.example/", successor=new)
    import_roles(write_post(tmp_path))
    links = RolePage.objects.get().body.raw_data[4]["value"]["prose"]
    assert f'<a linktype="shared-link" id="{new.pk}">' in links
    assert SharedLink.objects.count() == 2


HREFS = st.text(max_size=30) | st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["http://", "https://", "//", "/", "", "http:", "HTTP://www."]),
        st.sampled_from(
            ["a.example", "a.example:80", "u:p@a.example", "[::1]", "ü.example", "a", "["]
        ),
        st.text(max_size=12),
    ),
)


@given(st.lists(HREFS, min_size=1, max_size=6))
def test_any_address_becomes_something_safe(hrefs: list[str]) -> None:
    links = book(*hrefs)
    for href in hrefs:
        target = links.target(href, "http://old.example/post/")
        if isinstance(target, SharedTarget):
            assert clean_base_url(target.base_url) == target.base_url
            assert clean_deep_path(target.path) == target.path
        elif isinstance(target, PlainTarget):
            assert urlsplit(target.url).scheme in ("http", "https", "mailto", "tel")
        else:
            assert isinstance(target, NoTarget)


def test_a_list_of_countless_sites_makes_no_countless_shared_links(
    import_roles: Import, tmp_path: Path
) -> None:
    urls = [f"https://site-{number}.example/" for number in range(MAX_SITES + 3)]
    links = " ".join(f'<a href="{url}">a site</a>' for url in urls)
    result = import_roles(write_post(tmp_path, html=f"<p>{links}</p>"))
    assert SharedLink.objects.count() == MAX_SITES
    becomes = [link["becomes"] for link in result.post(1)["links"]]
    assert becomes == ["shared link"] * MAX_SITES + ["plain link"] * 3
