"""The table of criteria is WCAG's, and gives each rule of axe-core a place."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from wagtail_careers.testing.criteria import (
    BY_NUMBER,
    CRITERIA,
    LEVEL_TAGS,
    Reach,
    find,
    of_tags,
)

_TAGS = re.compile(r"tags:\[([^\]]*)\]")


def rules_of_axe() -> list[list[str]]:
    """Return the tags of each rule in the axe-core that is installed, without a browser."""
    spec = find_spec("axe_selenium_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-selenium-python is not installed")
    script = Path(spec.origin).parent / "node_modules/axe-core/axe.min.js"
    found = [re.findall(r'"([^"]+)"', tags) for tags in _TAGS.findall(script.read_text("utf-8"))]
    rules = [tags for tags in found if any(tag.startswith("cat.") for tag in tags)]
    assert len(rules) > 90, "axe-core writes its rules in another way"
    return rules


def test_the_criteria_are_those_of_wcag_2_2() -> None:
    levels = [criterion.level for criterion in CRITERIA]
    # https://www.w3.org/TR/WCAG22/: 31 at level A and 24 at level AA, without 4.1.1.
    assert (levels.count("A"), levels.count("AA")) == (31, 24)
    assert "4.1.1" not in BY_NUMBER
    assert len(BY_NUMBER) == len({criterion.slug for criterion in CRITERIA}) == len(CRITERIA)


def test_the_criteria_are_in_the_order_of_wcag() -> None:
    numbers = [tuple(map(int, criterion.number.split("."))) for criterion in CRITERIA]
    assert numbers == sorted(numbers)


def test_addresses_are_made_of_names() -> None:
    for criterion in CRITERIA:
        words = re.sub(r"[^a-z]+", "-", criterion.name.lower()).strip("-")
        assert criterion.url == f"https://www.w3.org/WAI/WCAG22/Understanding/{words}"


def test_each_rule_of_axe_at_level_a_or_aa_has_a_criterion() -> None:
    rules = [tags for tags in rules_of_axe() if LEVEL_TAGS.intersection(tags)]
    assert [tags for tags in rules if of_tags(tags) is None] == []


def test_criteria_with_rules_of_axe_are_marked() -> None:
    rules = [tags for tags in rules_of_axe() if LEVEL_TAGS.intersection(tags)]
    found = {criterion for tags in rules for tag in tags if (criterion := of_tags([tag]))}
    assert {criterion for criterion in CRITERIA if criterion.has_axe_rules} == found
    assert [criterion for criterion in found if criterion.reach is Reach.PERSON] == []


@pytest.mark.parametrize(
    ("tags", "number"),
    [
        (["cat.color", "wcag2aa", "wcag143", "TTv5"], "1.4.3"),
        (["cat.structure", "wcag21aa", "wcag1412", "ACT"], "1.4.12"),
        (["cat.name-role-value", "wcag2a", "wcag244", "wcag412"], "2.4.4"),
    ],
)
def test_tags_give_the_criterion_that_axe_names_first(tags: list[str], number: str) -> None:
    assert of_tags(tags) is BY_NUMBER[number]


@pytest.mark.parametrize("tags", [["best-practice"], ["wcag2aaa", "wcag146"], ["wcag2a-obsolete"]])
def test_other_rules_have_no_criterion(tags: list[str]) -> None:
    assert of_tags(tags) is None


def test_a_criterion_is_found_by_its_title() -> None:
    assert all(find(criterion.title) is criterion for criterion in CRITERIA)
    assert find("1.4.1") is BY_NUMBER["1.4.1"]
    assert find("Needs work") is None
    assert find("") is None
