"""Purges of pages that show the translation of the category that they have."""

from typing import Any

import pytest
from wagtail.models import Locale

from tests.caches.conftest import Purges
from tests.factories import RoleCategoryFactory
from wagtail_careers.models import RoleCategory


@pytest.fixture
def welsh(add_language: Any) -> Locale:
    return add_language("cy")


@pytest.fixture
def page(publish_role: Any, welsh: Locale) -> Any:
    """A live page in another language that names the category of the first."""
    role = publish_role(slug="porter", category=RoleCategoryFactory())
    role.locale = welsh
    role.save()
    return role


@pytest.fixture
def translation(page: Any, welsh: Locale) -> RoleCategory:
    copy = page.category.copy_for_translation(welsh)
    copy.save()
    return copy


def test_new_translation_purges_pages_that_show_it(
    purges: Purges,
    page: Any,
    welsh: Locale,
) -> None:
    copy = page.category.copy_for_translation(welsh)
    with purges() as purged:
        copy.save()
    assert purged == ["/roles/", "/roles/porter/"]


def test_changed_translation_purges_pages_that_show_it(
    purges: Purges,
    page: Any,
    translation: RoleCategory,
) -> None:
    with purges() as purged:
        translation.save()
    assert purged == ["/roles/", "/roles/porter/"]


def test_deleted_translation_purges_pages_that_showed_it(
    purges: Purges,
    page: Any,
    translation: RoleCategory,
) -> None:
    with purges() as purged:
        translation.delete()
    assert purged == ["/roles/", "/roles/porter/"]
