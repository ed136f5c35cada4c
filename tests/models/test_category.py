from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.factories import RoleCategoryFactory, RolePageFactory
from wagtail_careers.models import RoleCategory


def test_category_in_use_cannot_be_deleted(index: Any) -> None:
    role = RolePageFactory(parent=index)
    with pytest.raises(ProtectedError):
        role.category.delete()
    assert RoleCategory.objects.filter(pk=role.category_id).exists()


def test_category_that_is_not_in_use_can_be_deleted(db: None) -> None:
    RoleCategoryFactory().delete()
    assert not RoleCategory.objects.exists()


def test_category_named_by_an_unpublished_draft_can_be_deleted(publish_role: Any) -> None:
    role = publish_role()
    other = RoleCategoryFactory()
    role.category = other
    role.save_revision()
    other.delete()
    draft = role.get_latest_revision_as_object()
    assert draft.category is None
    assert draft.title == role.title


def test_slug_is_unique(db: None) -> None:
    RoleCategoryFactory(slug="careers")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleCategoryFactory(slug="careers")


def test_name_and_slug_are_needed(db: None) -> None:
    with pytest.raises(ValidationError) as caught:
        RoleCategory().full_clean()
    assert set(caught.value.message_dict) == {"name", "slug"}


def test_categories_come_by_name_and_are_no_apprenticeships_unless_said(db: None) -> None:
    for name in ("Volunteering", "Apprenticeships", "Careers"):
        RoleCategoryFactory(name=name)
    found = list(RoleCategory.objects.all())
    assert [str(category) for category in found] == ["Apprenticeships", "Careers", "Volunteering"]
    assert not any(category.is_apprenticeship for category in found)
