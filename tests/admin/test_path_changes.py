"""The change of a deep path on all pages that add it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import SharedLinkFactory, body, shared_link_html
from wagtail_careers.links import running
from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.usage import newest_content
from wagtail_careers.models import Replacement, SharedLink


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(name="Jobs", base_url="https://www.jobs.example/careers/")


@pytest.fixture
def pages(publish_role: Any, link: SharedLink) -> list[Any]:
    """One with the path that is changed, one with another path."""
    return [
        publish_role(title=title, body=body(duties=shared_link_html(link, "see", path)))
        for title, path in (("Nurse", "old"), ("Cook", "other"))
    ]


def change_url(link: SharedLink, path: str = "old") -> str:
    return f"{reverse('careers_shared_links:change_path', args=[link.pk])}?path={path}"


def text_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").main
    return " ".join(main.get_text(" ").split())


def test_shows_the_pages_that_it_changes(
    admin_client: Client, link: SharedLink, pages: list[Any]
) -> None:
    text = text_of(admin_client.get(change_url(link)))
    assert "Change “https://www.jobs.example/careers/old”" in text
    assert "1 page will get a new version." in text
    assert "Nurse Duties: “see” old live" in text
    assert "Cook" not in text
    assert not Replacement.objects.exists()


@pytest.mark.parametrize(
    ("entered", "path"),
    [
        ("new", "new"),
        ("/new?page=2#top", "new?page=2#top"),
        ("", ""),
        ("https://www.jobs.example/careers/new/", "new/"),
        ("http://jobs.example/careers/new", "new"),
        ("https://www.jobs.example/careers/", ""),
    ],
)
def test_changes_the_path_on_pages_that_have_it(
    admin_client: Client, link: SharedLink, pages: list[Any], entered: str, path: str
) -> None:
    response = admin_client.post(change_url(link), {"path": entered})
    replacement = Replacement.objects.get()
    url = reverse("careers_shared_links:replacement", args=[replacement.pk])
    assert response.headers["Location"] == url
    running.run(replacement)
    for page in pages:
        page.refresh_from_db()
    paths = [[use.deep_path for use in mentions(newest_content(page))] for page in pages]
    assert paths == [[path], ["other"]]


@pytest.mark.parametrize(
    ("entered", "message"),
    [
        ("old", "Enter a different path."),
        ("https://www.jobs.example/careers/old", "Enter a different path."),
        ("https://other.example/new", "Use another shared link on these pages."),
        ("https://www.jobs.example/elsewhere", "Use another shared link on these pages."),
        ("//evil.example", "Enter only the part of the address"),
        ("../up", "Remove the “.” and “..” parts"),
        ("x" * 501, "at most 500 characters"),
    ],
)
def test_of_what_cannot_be_a_path_says_why(
    admin_client: Client, link: SharedLink, pages: list[Any], entered: str, message: str
) -> None:
    assert message in text_of(admin_client.post(change_url(link), {"path": entered}))
    assert not Replacement.objects.exists()


def test_of_a_path_that_no_page_has_offers_nothing(
    admin_client: Client, link: SharedLink, pages: list[Any]
) -> None:
    response = admin_client.get(change_url(link, "unknown"))
    assert "No page uses this path." in text_of(response)
    assert not BeautifulSoup(response.content, "html.parser").select("main button[type=submit]")


def test_usage_is_limited_to_the_pages_with_the_path(
    admin_client: Client, link: SharedLink, pages: list[Any]
) -> None:
    usage_url = reverse("careers_shared_links:usage", args=[link.pk])
    text = text_of(admin_client.get(usage_url, {"path": "old"}))
    assert "Nurse" in text
    assert "Cook" not in text
    assert "Cook" in text_of(admin_client.get(usage_url))


def test_number_of_queries_does_not_grow_with_the_pages(
    link: SharedLink, publish_role: Any, queries_of: Any
) -> None:
    using = body(duties=shared_link_html(link, "x", "old"))
    publish_role(body=using)
    before = queries_of(change_url(link))
    for _number in range(6):
        publish_role(body=using)
    assert queries_of(change_url(link)) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_is_for_those_who_may_change_links(outsider: Client, link: SharedLink, method: str) -> None:
    assert getattr(outsider, method)(change_url(link)).status_code in (302, 403)
    assert not Replacement.objects.exists()
