"""What the testing tools report of a page becomes its results."""

import pytest

pytest.importorskip("axe_selenium_python")

from tests.audit.audits import page
from wagtail_careers.audit.results import PageAudit
from wagtail_careers.audit.visit import with_report
from wagtail_careers.testing.criteria import CRITERIA, Reach
from wagtail_careers.testing.modes import DARK, LIGHT
from wagtail_careers.testing.problem import Problem
from wagtail_careers.testing.report import Found, NotTested, Ran, Report
from wagtail_careers.testing.rules import RULES

PALE = Problem("1.4.3 Contrast (Minimum)", "Pale", "p", "<p>", "Darken it.", "color-contrast")


def audit(report: Report) -> PageAudit:
    return with_report(page("/a/", criteria=()), report)


def test_a_problem_in_two_modes_is_one_finding() -> None:
    (found,) = audit(Report(found=(Found(LIGHT, PALE), Found(DARK, PALE)))).findings
    assert (found.rule, found.criterion, found.target) == ("color-contrast", PALE.criterion, "p")
    assert (found.html, found.fix, found.modes) == ("<p>", "Darken it.", ("light", "dark"))


def test_what_axe_leaves_open_and_what_did_not_run_is_kept() -> None:
    missing = NotTested("keyboard", LIGHT, "Firefox cannot press keys.")
    made = audit(Report(undecided=(Found(LIGHT, PALE),), not_tested=(missing,)))
    assert [each.rule for each in made.undecided] == ["color-contrast"]
    assert made.not_tested == ("keyboard (light): Firefox cannot press keys.",)
    assert made.findings == ()


def test_axe_tests_the_criteria_that_it_has_rules_for_but_none_fully() -> None:
    made = audit(Report(ran=(Ran("axe", LIGHT, ("color-contrast", "target-size")),)))
    by_axe = {each.number for each in CRITERIA if each.has_axe_rules}
    assert set(made.criteria) <= by_axe
    assert {"1.1.1", "1.4.3", "4.1.2"} <= set(made.criteria)
    assert "2.5.8" not in made.criteria


def test_a_criterion_counts_as_covered_when_all_rules_for_it_were_looked_for() -> None:
    made = audit(Report(ran=(Ran("text spacing", LIGHT, ("text-spacing",)),)))
    assert made.criteria == ("1.4.12",)


def test_all_rules_together_test_each_criterion_that_the_table_says() -> None:
    made = audit(Report(ran=(Ran("axe", LIGHT, ()), Ran("own", LIGHT, tuple(RULES)))))
    said = [each.number for each in CRITERIA if each.reach is not Reach.PERSON]
    assert list(made.criteria) == said


def test_each_criterion_of_a_rule_is_in_the_table() -> None:
    titles = {criterion.title for criterion in CRITERIA}
    assert {rule.criterion for rule in RULES.values() if rule.criterion} <= titles
