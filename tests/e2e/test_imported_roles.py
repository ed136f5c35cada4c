"""The report on imported roles, in a browser."""

from types import ModuleType
from typing import Any

import pytest

from tests.e2e.admin import Admin
from tests.factories import RolePageFactory
from wagtail_careers.models import ImportRecord

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_axe_finds_nothing_in_it(admin: Admin, axe: ModuleType, index: Any) -> None:
    for number in range(3):
        ImportRecord.objects.create(
            key=str(number),
            source=f"posts/{number}.md",
            source_title=f"Role {number}",
            source_hash="x",
            page=RolePageFactory(parent=index) if number else None,
            needs_review=bool(number),
            flags=[{"code": "a", "message": "Something to look at.", "review": True}],
            notes=[{"section": "duties", "title": "Work", "source": None}],
        )
    admin.open("/admin/reports/imported-roles/")
    assert "posts/1.md" in admin.text("#listing-results")
    assert axe.check(admin.driver, "#listing-results") == []
    admin.click("#listing-results summary")
    assert "The section was removed." in admin.text("#listing-results")
    assert axe.check(admin.driver, "#listing-results") == []
