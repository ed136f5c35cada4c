"""axe finds nothing on any section, however little or much is in it, for no reader."""

from types import ModuleType
from typing import Any

import pytest

from tests.a11y.conftest import Visit
from tests.a11y.sections import AMOUNTS, MINIMAL, SECTIONS, Amount, Targets, section
from tests.a11y.views import in_each_theme, in_each_width
from tests.factories import RolePageFactory, child
from wagtail_careers.blocks import RoleBodyBlock
from wagtail_careers.testing import layout
from wagtail_careers.testing.browser import Theme, console_errors
from wagtail_careers.testing.problem import format_problems

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]

in_each_section = pytest.mark.parametrize("name", SECTIONS)
in_each_amount = pytest.mark.parametrize("amount", AMOUNTS, ids=lambda amount: amount.name)


def test_the_sections_are_those_that_editors_can_choose() -> None:
    assert set(SECTIONS) == set(RoleBodyBlock().child_blocks)


@pytest.fixture
def path(role_index: Any, targets: Targets, name: str, amount: Amount) -> str:
    """The address of a page with the section, under a heading as every page has one."""
    sections = {"heading": MINIMAL, name: amount}
    body = [child(name, section(name, amount, targets)) for name, amount in sections.items()]
    page = RolePageFactory(parent=role_index, title=amount.word or "A role", body=body)
    return str(page.url)


@in_each_theme
@in_each_width
@in_each_amount
@in_each_section
def test_axe_finds_nothing(
    axe: ModuleType, visit: Visit, path: str, width: int, theme: Theme
) -> None:
    driver = visit(path, width, theme)
    results = axe.run(driver)
    assert not results.findings, axe.format_findings(results.findings)
    assert not results.undecided, axe.format_findings(results.undecided)
    assert console_errors(driver) == []


@in_each_width
@in_each_amount
@in_each_section
def test_the_layout_holds(visit: Visit, path: str, width: int) -> None:
    assert not format_problems(layout.check(visit(path, width)))
