"""axe finds nothing on any page of the demonstration, for no reader."""

from types import ModuleType
from typing import Any

import pytest
from wagtail.models import Page

from example_site.demo.content import read_roles
from tests.a11y.conftest import Visit
from tests.a11y.views import in_each_theme, in_each_width
from wagtail_careers.testing.browser import Theme, console_errors

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]

LIVE = [role for role in read_roles() if not role.get("draft")]
PATHS = ["/", "/roles/", *(f"/roles/{role['slug']}/" for role in LIVE)]

#: One rule of each version and level that has any, and of those that axe leaves off unless
#: asked, or counts as experimental or as best practice.
NOTABLE_RULES = {
    "color-contrast",
    "label-content-name-mismatch",
    "p-as-heading",
    "region",
    "target-size",
}


def test_the_paths_are_those_of_all_pages(live_demo: str) -> None:
    assert sorted(PATHS) == sorted(page.url for page in Page.objects.live().filter(depth__gt=1))


@in_each_theme
@in_each_width
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(
    axe: ModuleType, visit: Visit, path: str, width: int, theme: Theme
) -> None:
    driver = visit(path, width, theme)
    results = axe.run(driver)
    assert not results.findings, axe.format_findings(results.findings)
    assert not results.undecided, axe.format_findings(results.undecided)
    assert console_errors(driver) == []


def test_no_rule_is_left_out(axe: ModuleType, visit: Visit) -> None:
    driver = visit("/")
    results = axe.run(driver)
    known = driver.execute_script("return axe.getRules(arguments[0])", list(axe.TAGS))
    assert results.rules == {rule["ruleId"] for rule in known}
    assert results.rules >= NOTABLE_RULES


def test_a_part_of_a_page_can_be_checked(axe: ModuleType, visit: Visit) -> None:
    assert axe.check(visit("/"), "main") == []


def test_a_part_that_is_not_there_is_an_error(axe: ModuleType, visit: Visit) -> None:
    driver: Any = visit("/")
    with pytest.raises(axe.AxeError, match="No elements found"):
        axe.check(driver, "#nowhere")
