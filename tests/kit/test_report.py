"""What was found, as values and as text, without a browser."""

from typing import Any
from unittest.mock import Mock

import pytest

from tests.test_docs import code, read, table
from wagtail_careers.testing import plugin
from wagtail_careers.testing.modes import DARK, LIGHT, MODES, NARROW, named
from wagtail_careers.testing.problem import Problem, own_problem
from wagtail_careers.testing.report import (
    Found,
    NotTested,
    Report,
    format_not_tested,
    format_report,
    without,
)
from wagtail_careers.testing.rules import RULES

PALE = Problem(
    "1.4.3 Contrast (Minimum)",
    "Elements must meet minimum color contrast",
    "#pale",
    "<p id='pale'>Pale</p>",
    "Use a darker colour.",
    "color-contrast",
)
REGION = Problem("", "All content should be in landmarks", "#chat", rule="region")


class TestText:
    def test_a_problem_in_two_modes_is_listed_once_with_both(self) -> None:
        report = Report((Found(LIGHT, PALE, "a.png"), Found(NARROW, PALE), Found(LIGHT, REGION)))
        assert format_report(report) == (
            "1. 1.4.3 Contrast (Minimum): Elements must meet minimum color contrast: #pale\n"
            "    <p id='pale'>Pale</p>\n"
            "    Use a darker colour.\n"
            "    Rule: color-contrast\n"
            "    Mode: light, narrow\n"
            "    Screenshot: a.png\n"
            "\n"
            "2. region: All content should be in landmarks: #chat\n"
            "    Rule: region\n"
            "    Mode: light"
        )

    def test_two_errors_without_an_element_are_two(self) -> None:
        errors = [own_problem("console-error", f"the console reports: {name}") for name in "ab"]
        text = format_report(Report(tuple(Found(LIGHT, error) for error in errors)))
        assert "1. console-error: the console reports: a" in text
        assert "2. console-error: the console reports: b" in text

    def test_what_could_not_be_tested_is_listed_by_its_reason(self) -> None:
        reason = "firefox cannot set the viewport. Use Chromium or Chrome."
        missing = [NotTested("all checks", mode, reason) for mode in (DARK, NARROW)]
        line = f"Not tested: all checks (dark), all checks (narrow). {reason}"
        assert format_not_tested(missing) == [line]
        assert format_report(Report(not_tested=tuple(missing))) == line

    def test_nothing_found_is_no_text(self) -> None:
        assert format_report(Report()) == ""


class TestIgnore:
    REPORT = Report((Found(LIGHT, PALE), Found(LIGHT, REGION)))

    @pytest.mark.parametrize(
        "name", ["1.4.3", "color-contrast", "1.4.3 #pale", "color-contrast #pale"]
    )
    def test_a_criterion_or_a_rule_is_left_out_on_the_page_or_on_one_element(
        self, name: str
    ) -> None:
        assert without(self.REPORT, [name]).found == (Found(LIGHT, REGION),)

    @pytest.mark.parametrize("name", ["1.4", "1.4.3 #other", "contrast", "#pale", ""])
    def test_nothing_else_is(self, name: str) -> None:
        assert without(self.REPORT, [name]) == self.REPORT

    def test_a_rule_without_a_criterion_is_left_out_by_its_id(self) -> None:
        assert without(self.REPORT, ["region"]).found == (Found(LIGHT, PALE),)


class TestModes:
    def test_each_is_found_by_its_name(self) -> None:
        assert [named(mode.name) for mode in MODES] == list(MODES)
        assert len({mode.name for mode in MODES}) == 10

    def test_an_unknown_name_is_an_error_that_lists_all(self) -> None:
        with pytest.raises(ValueError, match=r"“sepia” is not a mode. Use one of: light, dark"):
            named("sepia")


class TestDocs:
    """docs/how-to/test-accessibility.md lists what there is."""

    TEXT = read("how-to/test-accessibility.md")

    def test_the_rules_with_their_checks_and_criteria(self) -> None:
        checks: Any = pytest.importorskip("wagtail_careers.testing.checks")
        of_rule = {
            rule: check.name for check in (*checks.LOADED, *checks.CHECKS) for rule in check.rules
        }
        of_rule["needs-scripts"] = "scripts"
        rows = {row[0].strip("`"): (row[1], row[3]) for row in table(self.TEXT, "Rule").rows}
        assert rows == {
            rule: (of_rule[rule], known.criterion or "–") for rule, known in RULES.items()
        }

    def test_the_modes(self) -> None:
        assert code(table(self.TEXT, "Mode").column(0)) == [mode.name for mode in MODES]

    def test_the_options(self) -> None:
        group = Mock()
        plugin.pytest_addoption(Mock(getgroup=lambda *args: group))
        options = [call.args[0] for call in group.addoption.call_args_list]
        assert code(table(self.TEXT, "Option").column(0)) == options
