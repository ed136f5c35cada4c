"""Roles compared with each other. No test here uses the database."""

from dataclasses import replace

import pytest

from wagtail_careers.lint import site
from wagtail_careers.lint.content import Content
from wagtail_careers.lint.examples import content_of
from wagtail_careers.lint.findings import findings
from wagtail_careers.lint.registry import all_rules
from wagtail_careers.lint.rule import Context, Example
from wagtail_careers.lint.site import Site

COPIED = "You start with an induction and meet the team. " * 6


def role(page: int, prose: str) -> Content:
    return replace(content_of(Example(f"<p>{prose}</p>", title=f"Role {page}")), page=page)


def copied(*roles: Content) -> list[list[str]]:
    """The titles of the roles with the same text, by role."""
    site, rule = Site(roles), all_rules()["text-copied"]
    return [[found.other for found in findings(each, Context(site=site), [rule])] for each in roles]


def test_text_that_differs_in_a_few_words_is_copied() -> None:
    one = " ".join(f"word{number}" for number in range(60))
    other = one.replace("word50", "another").replace("word7 ", "")
    different = " ".join(f"term{number}" for number in range(60))
    roles = role(1, one), role(2, other), role(3, different)
    assert copied(*roles) == [["Role 2"], ["Role 1"], []]


def test_text_that_is_twice_on_one_page_is_not_copied_from_another() -> None:
    assert copied(role(1, f"{COPIED}</p><p>{COPIED}")) == [[]]


def test_short_text_is_not_compared() -> None:
    assert copied(role(1, "You work."), role(2, "You work.")) == [[], []]


def test_each_text_is_compared_with_a_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many roles have the same text, and however many of them are not that much alike."""
    compared = 0

    def count(*_shingles: object) -> bool:
        nonlocal compared
        compared += 1
        return False

    monkeypatch.setattr(site, "_are_alike", count)
    copied(*(role(page, f"{COPIED} Number {page}.") for page in range(60)))
    assert 0 < compared <= 60 * 8 * 6
    many = compared
    copied(*(role(page, f"{COPIED} Number {page}.") for page in range(120)))
    assert compared - many <= 2.5 * many
