"""Slugs: those that a person would choose, in every script."""

from typing import Any

import pytest
from django.core.validators import validate_slug, validate_unicode_slug
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.importing.roles.role import Choice
from wagtail_careers.importing.roles.slugs import MAX_SLUG, as_slug, slug_for
from wagtail_careers.importing.sources.posts import Post


def slug(title: str, old: str, choice: str = "") -> tuple[str, bool]:
    """The slug of a page, and whether it is flagged."""
    post = Post(key="k", source="s", title=title, content="", slug=old)
    found, flags = slug_for(post, title, Choice(slug=choice))
    return found, bool(flags)


@pytest.mark.parametrize(
    ("title", "old", "expected"),
    [
        ("Porter", "porter-2", ("porter-2", False)),
        ("Medical secretary", "maternity-nurse", ("medical-secretary", True)),
        ("Nurse 看護師", "nurse-看護師", ("nurse-看護師", False)),
        ("Медсестра отделения", "медсестра", ("медсестра", False)),
        ("Медсестра отделения", "medsestra-otdeleniya", ("medsestra-otdeleniya", False)),
        ("Медсестра", "nurse", ("nurse", False)),
        ("Медсестра", "202", ("медсестра", True)),
        ("Медсестра", "", ("медсестра", False)),
        ("Медсестра", "водитель", ("медсестра", True)),
        ("Nurse", "медсестра", ("nurse", True)),
        ("Pflegekräfte für Ältere", "pflegekraefte-fuer-aeltere", None),
        ("Pflegekräfte für Ältere", "pflegekrafte-fur-altere", None),
        ("Sygeplejerske på Ærø", "sygeplejerske-paa-aeroe", None),
        ("नर्स", "", ("nrs", False)),
        ("พยาบาล", "", ("พยาบาล", False)),
        ("🚑", "", ("ambulance", False)),
        ("🚑", "🚑", ("ambulance", False)),
        ("🚑", "ambulance-driver", ("ambulance-driver", False)),
        ("…", "", ("role", False)),
        ("", "", ("role", False)),
        ("202", "202", ("202", False)),
        ("202", "", ("202", False)),
        ("Porter", "!!!", ("porter", False)),
    ],
)
def test_slug_is_the_old_one_or_suits_the_title(
    title: str, old: str, expected: tuple[str, bool] | None
) -> None:
    assert slug(title, old) == (expected or (old, False))


@pytest.mark.parametrize(
    ("title", "old", "expected"),
    [
        ("Nurse 看護師", "nurse-看護師", "nurse-kanhushi"),
        ("Медсестра отделения", "медсестра", "medsestra"),
        ("Pflegekräfte", "", "pflegekrafte"),
        ("Łódź", "", "lodz"),
        ("🚑", "", "ambulance"),
    ],
)
def test_without_unicode_slugs_it_is_transliterated(
    settings: Any, title: str, old: str, expected: str
) -> None:
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = False
    assert slug(title, old) == (expected, False)


@pytest.mark.parametrize("choice", ["Boss", "boss!"])
def test_choice_wins(choice: str) -> None:
    assert slug("Porter", "porter", choice) == ("boss", False)


def test_choice_without_letters_is_no_choice() -> None:
    assert slug("Porter", "porter", "!") == ("porter", False)


@pytest.mark.parametrize("text", ["nurse " * 100, "n" * 300, "看" * 300, f"{'x' * 254} y z"])
def test_long_slug_ends_after_a_word(text: str) -> None:
    found = as_slug(text)
    assert 200 < len(found) <= MAX_SLUG
    assert not found.endswith("-")
    assert set(found.split("-")) <= {"nurse", "n" * 255, "看" * 255, "x" * 254}


@given(st.text(), st.booleans())
def test_every_slug_can_be_saved_in_the_editor(text: str, allow_unicode: bool) -> None:
    from django.test import override_settings

    with override_settings(WAGTAIL_ALLOW_UNICODE_SLUGS=allow_unicode):
        found = as_slug(text)
    assert len(found) <= MAX_SLUG
    if found:
        (validate_unicode_slug if allow_unicode else validate_slug)(found)
