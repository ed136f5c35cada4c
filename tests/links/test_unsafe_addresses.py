"""What is not a web address is never a link, however it came into the database."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.admin.test_editor import edit_url
from tests.factories import SharedLinkFactory, body, link_item, shared_link_html
from wagtail_careers.choices import Verdict
from wagtail_careers.models import LinkCheck, PlainLinkUse, SharedLink
from wagtail_careers.pages.models import RolePage

STORED = [
    "javascript:alert(1)",
    "JavaScript:alert(1)//https://a.example/",
    "data:text/html,<script>alert(1)</script>",
    "mailto:a@a.example",
    "//a.example/",
    "https://user:secret@a.example/",
    "http://[",
    "http:",
    "",
    "https://a.example/" + "a" * 480,
]
SCRIPTS = ("javascript:", "data:", "mailto:", "//a.example", "https://user:")


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs")


@pytest.fixture
def page(publish_role: Any, link: SharedLink) -> RolePage:
    role: RolePage = publish_role(
        title="Nurse",
        body=body(
            duties=f"<p>{shared_link_html(link, 'x', 'deep')} {shared_link_html(link, 'y')}</p>",
            application_links={"links": [link_item(link), link_item(link, path="deep")]},
        ),
    )
    return role


def store(link: SharedLink, page: RolePage, address: str) -> None:
    SharedLink.objects.filter(pk=link.pk).update(base_url=address)
    LinkCheck.objects.filter(shared_link=link).delete()
    for path in ("", "deep"):
        LinkCheck.objects.create(
            shared_link=link,
            deep_path=path,
            url=address or "x",
            final_url=address,
            verdict=Verdict.MOVED,
        )
    PlainLinkUse.objects.create(page=page, host="a.example", address=address or "x", number=1)
    PlainLinkUse.objects.update(address=address)


def addresses(html: bytes) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    return [tag[name] for name in ("href", "src", "action") for tag in soup.select(f"[{name}]")]


@pytest.mark.parametrize("address", STORED, ids=lambda address: address[:20])
def test_every_view_stands_it(
    admin_client: Client, link: SharedLink, page: RolePage, address: str
) -> None:
    store(link, page, address)
    links = "careers_shared_links:"
    for url in (
        page.url,
        edit_url(page),
        reverse(f"{links}list"),
        reverse(f"{links}list") + "?export=csv",
        *(reverse(links + name, args=[link.pk]) for name in ("edit", "usage", "replace", "delete")),
        reverse(f"{links}usage", args=[link.pk]) + "?path=deep",
        reverse(f"{links}change_path", args=[link.pk]) + "?path=deep",
        reverse("careers_link_health:index"),
        reverse("careers_link_health:index") + "?export=xlsx",
        reverse("careers_link_health:accept"),
        reverse("careers_shared_link_chooser:choose"),
        reverse("careers_shared_link_chooser:chosen", args=[link.pk]),
        reverse("careers_shared_link_chooser:chosen", args=[link.pk]) + "?deep_path=1",
        "/admin/",
        "/admin/reports/plain-links/",
    ):
        response = admin_client.get(url)
        assert response.status_code in (200, 404, 409), url
        if "export" in url or response.status_code == 404:
            continue
        found = addresses(response.content)
        assert not [each for each in found if each.lower().startswith(SCRIPTS)], url


def test_page_shows_the_name_without_a_link(
    client: Client, link: SharedLink, page: RolePage
) -> None:
    store(link, page, "javascript:alert(1)")
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert [item.name for item in soup.select(".careers-links__name")] == ["span", "span"]
    assert not soup.select("article .careers-prose a")
