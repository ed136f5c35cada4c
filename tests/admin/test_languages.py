"""Lists of the pages that use a link, on sites in one language and in several."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import SharedLinkFactory, body, shared_link_html
from wagtail_careers.models import SharedLink


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/")


@pytest.fixture
def role(publish_role: Any, link: SharedLink) -> Any:
    return publish_role(title="Nurse", body=body(duties=shared_link_html(link, "x", "nursing")))


@pytest.fixture
def translation(role: Any, add_language: Any) -> Any:
    """The same role in another language."""
    return role.copy_for_translation(add_language("cy"), copy_parents=True)


def main_text(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def addresses(link: SharedLink, other: SharedLink) -> dict[str, str]:
    args = [link.pk]
    return {
        "usage": reverse("careers_shared_links:usage", args=args),
        "panel": reverse("careers_shared_links:edit", args=args),
        "deletion": reverse("careers_shared_links:delete", args=args),
        "replacement": reverse("careers_shared_links:replace", args=args) + f"?new={other.pk}",
    }


SCREENS = ["usage", "panel", "deletion", "replacement"]


@pytest.mark.parametrize("screen", SCREENS)
def test_page_is_named_with_its_language(
    admin_client: Client, translation: Any, link: SharedLink, screen: str
) -> None:
    url = addresses(link, SharedLinkFactory())[screen]
    text = main_text(admin_client.get(url))
    kind = " Role page" if screen == "usage" else ""
    assert f"Nurse{kind} English" in text
    assert f"Nurse{kind} Another language" in text


@pytest.mark.parametrize("screen", SCREENS)
def test_one_language_is_not_named(
    admin_client: Client, role: Any, link: SharedLink, screen: str
) -> None:
    text = main_text(admin_client.get(addresses(link, SharedLinkFactory())[screen]))
    assert "Nurse" in text
    assert "English" not in text
    assert "Language" not in text


def test_languages_are_looked_up_once(
    queries_of: Any, translation: Any, publish_role: Any, link: SharedLink
) -> None:
    url = addresses(link, link)["usage"]
    before = queries_of(url)
    for _number in range(5):
        publish_role(body=body(duties=shared_link_html(link, "x")))
    assert queries_of(url) == before
