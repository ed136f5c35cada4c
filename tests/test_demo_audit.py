"""The audit of the demo in the docs is about the demo and the criteria as they are now."""

import re

import pytest

from example_site.demo.content import read_roles
from tests.test_docs import DOCS
from wagtail_careers.audit.outcomes import Result
from wagtail_careers.testing.criteria import CRITERIA, Criterion, Reach
from wagtail_careers.testing.modes import MODES

AGAIN = "Run scripts/audit-demo."
TEXT = (DOCS / "explanation/demo-audit.md").read_text(encoding="utf-8")


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def rows(heading: str) -> list[list[str]]:
    """The rows of the table below a heading."""
    part = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return table_rows(part)


def table_rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[plain(cell.strip()) for cell in line[2:-2].split(" | ")] for line in lines[2:]]


def test_each_live_page_of_the_demo_is_in_it() -> None:
    roles = {f"`/roles/{role['slug']}/`" for role in read_roles() if not role.get("draft")}
    assert {path for _title, path, _findings in rows("Pages")} == {"`/roles/`", *roles}, AGAIN


def test_each_criterion_is_in_it_with_its_address() -> None:
    documented = [row[0] for row in rows("Success criteria of WCAG 2.2")]
    assert documented == [f"[{each.title}]({each.url})" for each in CRITERIA], AGAIN


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.number)
def test_each_result_is_one_that_its_checks_can_give(criterion: Criterion) -> None:
    results = {row[0]: row[2] for row in rows("Success criteria of WCAG 2.2")}
    beginnings = {
        Reach.AUTOMATIC: "Passed automatically on ",
        Reach.PARTIAL: "Partly tested: no failure found on ",
        Reach.PERSON: "Needs a person: no check covers it.",
    }
    link = f"[{criterion.title}]({criterion.url})"
    assert results[link].startswith(beginnings[criterion.reach]), AGAIN


def test_nothing_is_found_in_any_mode() -> None:
    facts = dict(table_rows(TEXT.partition("\n## ")[0]))
    assert facts["Findings"] == "0"
    assert facts["Pages that could not be tested"] == "0"
    assert facts["Modes"] == ", ".join(mode.name for mode in MODES), AGAIN


def test_a_result_has_a_meaning_in_the_reference() -> None:
    text = (DOCS / "reference/audit-report.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| [A-Z][a-z ]+ \| `(\w+)` \|", text, re.MULTILINE)) == {
        result.value for result in Result
    }
