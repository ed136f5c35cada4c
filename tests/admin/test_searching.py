"""Searches for text that a search engine could take for its own marks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import RoleCategoryFactory, RolePageFactory, SharedLinkFactory, TraitFactory

TITLE = "Nurse manager"
URLS = [
    "careers_roles:index",
    "careers_shared_links:list",
    "careers_traits:list",
    "careers_categories:list",
    "careers_shared_link_chooser:choose",
    "careers_shared_link_chooser:choose_results",
    "wagtailsnippetchoosers_wagtail_careers_trait:choose",
    "wagtailsnippetchoosers_wagtail_careers_trait:choose_results",
    "wagtailsnippetchoosers_wagtail_careers_rolecategory:choose_results",
]
MARKS = ['"', "'", "*", "\\", "(", "^", "<b>", " OR ", "%", "NEAR(", ":", "&", "!", "@", "-", "+"]


@pytest.fixture(autouse=True)
def found(search_index: None, index: Any) -> None:
    """One of each kind, because an engine does not read a query if nothing is indexed."""
    RolePageFactory(parent=index, title=TITLE)
    SharedLinkFactory(name=TITLE)
    TraitFactory(name=TITLE)
    RoleCategoryFactory(name=TITLE)


@pytest.mark.parametrize("name", URLS)
def test_any_mark_can_be_searched_for(admin_client: Client, name: str) -> None:
    for mark in MARKS:
        for text in (mark, f"{mark}Nurse{mark}", f"'{mark}x"):
            response = admin_client.get(reverse(name), {"q": text})
            assert response.status_code == 200, text


@pytest.mark.parametrize("name", URLS)
@pytest.mark.parametrize("text", ['"Nurse"', '"Nurse manager"', "“Nurse”", 'Nurse"'])
def test_words_between_quotation_marks_are_found(
    admin_client: Client, name: str, text: str
) -> None:
    assert TITLE in admin_client.get(reverse(name), {"q": text}).content.decode()
