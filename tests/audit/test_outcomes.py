"""The outcome for each criterion says what was tested, and never more than that."""

import re
from dataclasses import replace

import pytest

from tests.audit.audits import audit, finding, page
from wagtail_careers.audit.outcomes import Outcome, Result, outcomes
from wagtail_careers.audit.reports.earl import as_earl
from wagtail_careers.audit.reports.html import as_html
from wagtail_careers.audit.reports.json_report import as_json
from wagtail_careers.audit.reports.markdown import as_markdown
from wagtail_careers.audit.results import Audit
from wagtail_careers.audit.steps import STEPS
from wagtail_careers.testing.criteria import CRITERIA, Reach

CLEAN = audit(page("/a/"), page("/b/"))


def outcome(number: str, of: Audit) -> Outcome:
    return next(each for each in outcomes(of) if each.criterion.number == number)


def test_each_criterion_has_an_outcome() -> None:
    assert [each.criterion for each in outcomes(CLEAN)] == list(CRITERIA)


def test_a_criterion_that_checks_cover_has_passed_automatically() -> None:
    found = outcome("2.4.7", CLEAN)
    assert found.summary == "Passed automatically on 2 pages."
    assert found.step == ""


def test_a_criterion_that_checks_cover_in_part_leaves_the_rest_to_a_person() -> None:
    found = outcome("1.1.1", CLEAN)
    assert found.summary == "Partly tested: no failure found on 2 pages."
    assert found.step == STEPS["1.1.1"]


def test_a_criterion_without_checks_needs_a_person() -> None:
    found = outcome("1.3.3", CLEAN)
    assert found.result is Result.NEEDS_PERSON
    assert found.step == STEPS["1.3.3"]


def test_a_finding_fails_its_criterion_on_its_page() -> None:
    found = outcome("1.4.3", audit(page("/a/", finding(), finding(target="h1")), page("/b/")))
    assert found.summary == "Failed on 1 page."
    assert found.pages == ("/a/",)
    assert found.step == STEPS["1.4.3"]


def test_a_criterion_whose_checks_did_not_run_has_not_passed() -> None:
    few = audit(page("/a/", criteria=("1.1.1",)))
    assert outcome("1.4.12", few).result is Result.NOT_TESTED
    assert "all modes" in outcome("1.4.12", few).step
    assert outcome("1.4.10", few).result is Result.NOT_TESTED


def test_a_page_that_could_not_be_tested_passes_nothing() -> None:
    broken = audit(replace(page("/a/"), error="It did not open."))
    results = {each.result for each in outcomes(broken)}
    assert results == {Result.NOT_TESTED, Result.NEEDS_PERSON}


def test_a_good_practice_fails_no_criterion() -> None:
    found = outcomes(audit(page("/a/", finding(criterion="", rule="region"))))
    assert [each for each in found if each.result is Result.FAILED] == []


def test_each_criterion_that_leaves_something_to_a_person_says_what() -> None:
    open_ended = {each.number for each in CRITERIA if each.reach is not Reach.AUTOMATIC}
    assert set(STEPS) == open_ended
    for step in STEPS.values():
        assert 20 < len(str(step)) < 180
        assert str(step).endswith(".")


@pytest.mark.parametrize("format_report", [as_html, as_json, as_earl, as_markdown])
@pytest.mark.parametrize("of", [CLEAN, audit(), audit(page("/a/", finding()))])
def test_no_report_claims_that_a_site_conforms(format_report: object, of: Audit) -> None:
    text = format_report(of)  # type: ignore[operator]
    assert not re.search(r"complian|conform|certif|fully accessible|is accessible", text, re.I)
