"""Inputs that stand for a kind of site, each with what must become of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import RoleCategoryFactory
from tests.importing.conftest import Result
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]

CASES = Path(__file__).with_name("cases")


@pytest.fixture(autouse=True)
def careers(db: None) -> None:
    RoleCategoryFactory(name="Careers", slug="careers")


def test_a_heading_with_only_a_form_below_it_is_kept(import_roles: Import) -> None:
    result = import_roles(CASES / "empty-section.md", category="careers", publish=True)
    assert result.summary == {"created": 1, "needs_review": 1}
    page = RolePage.objects.get()
    assert not page.live
    last = page.body.raw_data[-1]
    assert (last["type"], last["value"]["title"]) == ("application_links", "How do I apply?")
    assert "incomplete" in [flag["code"] for flag in result.post(77)["flags"]]
