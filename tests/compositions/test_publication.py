"""A composition is published by what the editor's form accepts of it."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings

from tests.compositions.drafts import ENTRIES, composition_of, prose
from tests.factories import RoleCategoryFactory
from tests.hostile.walk import undone
from wagtail_careers.compositions.pages import Composition, compositions
from wagtail_careers.compositions.publication import (
    Published,
    Refused,
    publish,
    publish_what_is_accepted,
)
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]


@pytest.fixture
def category(db: None) -> Any:
    return RoleCategoryFactory()


HEADING = ("heading", {"introduction": prose("You help people.")})


@pytest.fixture
def editor() -> Any:
    return get_user_model().objects.create_superuser("editor")


def test_what_the_form_accepts_is_live(index: Any, editor: Any) -> None:
    duties = ("duties", {"title": "Duties", "prose": prose("You move beds.")})
    published = publish(composition_of(HEADING, duties), index, editor)
    assert isinstance(published, Published)
    page = RolePage.objects.live().get()
    assert page == published.page
    assert page.alternative_titles == ["Ward porter"]
    assert [child.block_type for child in page.body] == ["heading", "duties"]
    assert "You move beds." in page.body[1].value["prose"].source
    assert published.removed == ()


def test_what_it_refuses_is_not_there(index: Any, editor: Any) -> None:
    duties = ("duties", {"title": "Duties", "prose": prose("You move beds.")})
    refused = publish(composition_of(duties), index, editor)
    assert isinstance(refused, Refused)
    assert refused.messages == (
        "body: The Heading section is missing. Add one that describes the role.",
    )
    assert not RolePage.objects.exists()


def test_refused_blocks_entries_rows_and_texts_are_removed(index: Any, editor: Any) -> None:
    empty = ("duties", {"title": "", "prose": prose("")})
    steps = {"title": "", "prose": prose("You move on."), "steps": ENTRIES}
    composition = composition_of(HEADING, empty, ("progression", steps), title="", rows=["", "A"])
    published = publish_what_is_accepted(composition, index, editor)
    assert isinstance(published, Published)
    page = RolePage.objects.get(pk=published.page.pk)
    assert page.title == "Words"
    assert page.alternative_titles == ["A"]
    assert [child.block_type for child in page.body] == ["heading", "progression"]
    assert [step["title"] for step in page.body[1].value["steps"]] == ["Ward manager"]
    assert any("Duties: describe the work" in message for message in published.removed)
    assert any("Enter a role title" in message for message in published.removed)


def test_what_cannot_be_mended_is_refused(index: Any, editor: Any) -> None:
    composition = composition_of(HEADING).with_field("category", "")
    refused = publish_what_is_accepted(composition, index, editor)
    assert isinstance(refused, Refused)
    assert refused.messages[0] == "category: This field is required."


def test_a_composition_shows_what_was_entered(index: Any) -> None:
    shown = repr(composition_of(HEADING))
    assert shown.startswith("RolePage {")
    assert json.loads(shown.removeprefix("RolePage "))["title"] == "Porter"


@settings(
    max_examples=12,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(composition=compositions(RolePage))
def test_the_admin_accepts_and_stores_the_same(
    composition: Composition, index: Any, category: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    add = reverse("wagtailadmin_pages:add", args=[RolePage._meta.app_label, "rolepage", index.pk])
    with undone():
        outcome = publish(composition, type(index).objects.get(pk=index.pk), editor)
        expected = stored(RolePage.objects.first())
    with undone():
        form = {**composition.form_data(), "action-publish": "action-publish"}
        assert client.post(add, form).status_code in (200, 302)
        assert isinstance(outcome, Published) == RolePage.objects.live().exists()
        assert stored(RolePage.objects.live().first()) == expected


def stored(page: Any) -> Any:
    """What readers get of a page, without ids."""
    if page is None:
        return None
    return page.title, page.alternative_titles, [child.value for child in page.body]
