"""The side panel “As heard” is in the form of each role, with all the words that it needs."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from tests.factories import RolePageFactory
from wagtail_careers.admin import heard
from wagtail_careers.admin.heard import HeardSidePanel
from wagtail_careers.testing import roles

SIDE_PANEL = "[data-careers-heard-panel]"


def form(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def urls(index: Any) -> dict[str, str]:
    page = RolePageFactory(parent=index)
    return {
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "add": reverse(
            "wagtailadmin_pages:add", args=["wagtail_careers_pages", "rolepage", index.pk]
        ),
    }


@pytest.mark.parametrize("which", ["add", "edit"])
def test_form_of_a_role_has_the_panel_and_its_button(
    admin_client: Client, urls: dict[str, str], which: str
) -> None:
    soup = form(admin_client, urls[which])
    panel, toggle = soup.select_one(SIDE_PANEL), soup.select_one("[data-careers-heard-toggle]")
    assert panel is not None
    assert toggle is not None
    assert panel.select_one('[data-side-panel="careers-heard"][hidden] [role="status"]')
    button = toggle.select_one('button[data-side-panel-toggle="careers-heard"]')
    assert button is not None
    assert button["aria-label"] == "Toggle as heard"


def test_form_has_the_vocabulary_as_data(admin_client: Client, urls: dict[str, str]) -> None:
    data = form(admin_client, urls["edit"]).select_one("#careers-heard-vocabulary")
    assert data is not None
    assert json.loads(data.text)["kinds"]["listitem"] == "item"


def test_form_of_another_page_has_no_panel(admin_client: Client, index: Any) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[index.pk])
    assert form(admin_client, url).select_one(SIDE_PANEL) is None


def test_each_role_that_is_said_can_be_translated() -> None:
    unsaid = {roles.Kind.SILENT, roles.Kind.TEXT, roles.Kind.BREAK}
    said = {role for role, kind in roles.KIND_OF.items() if kind not in unsaid}
    words = {roles.word(role) for role in said | roles.ONLY_IF_NAMED} | {roles.TEXT}
    assert words == set(heard.ROLES)


def test_words_are_in_the_language_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard, "gettext", lambda text: f"~{text}")
    words = HeardSidePanel(AnonymousUser(), None).vocabulary["words"]
    assert words["heading"] == "~heading"
    assert words["level %s"] == "~level %s"
    assert all(word == f"~{text}" for text, word in words.items())
