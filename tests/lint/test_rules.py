"""Each rule, by its own examples. No test here uses the database."""

import re
import sys
from pathlib import Path

import pytest

from wagtail_careers.lint.examples import findings_of
from wagtail_careers.lint.reference import rules_page
from wagtail_careers.lint.registry import all_profiles, all_rules
from wagtail_careers.lint.rule import PROFILES, Level, Rule
from wagtail_careers.lint.rules.patterns import TermRule
from wagtail_careers.lint.rules.sentences import statistics_of
from wagtail_careers.lint.wording import advice, problem

ROOT = Path(__file__).parents[2]
RULES = [pytest.param(rule, id=rule.id) for rule in all_rules().values()]


@pytest.mark.parametrize("rule", RULES)
def test_good_examples_have_no_finding_and_bad_ones_have(rule: Rule) -> None:
    assert rule.good
    assert rule.bad
    assert [found for example in rule.good for found in findings_of(rule, example)] == []
    assert [example for example in rule.bad if not findings_of(rule, example)] == []


@pytest.mark.parametrize("rule", RULES)
def test_findings_are_in_words_and_in_their_place(rule: Rule) -> None:
    for example in rule.bad:
        for finding in findings_of(rule, example):
            assert "%(" not in problem(finding) + advice(finding)
            assert problem(finding).endswith((".", "”", finding.text, finding.other))
            assert finding.offset >= 0


@pytest.mark.parametrize("rule", RULES)
def test_rules_are_described(rule: Rule) -> None:
    assert rule.id == rule.id.lower().replace("_", "-")
    assert rule.source.title
    assert rule.source.url.startswith("https://")
    assert set(rule.profiles) <= set(PROFILES)


def test_only_failures_of_wcag_are_errors() -> None:
    errors = [rule for rule in all_rules().values() if rule.level == Level.ERROR]
    assert [rule.id for rule in errors if "wcag" not in rule.profiles] == []
    assert [rule.id for rule in errors if "w3.org/" not in rule.source.url] == []


@pytest.mark.parametrize("sign", ["✅ ", "✔\ufe0f ", "👉", "→ ", "\uf0b7\t", "○ "])
def test_signs_that_take_the_place_of_bullets_are_typed_bullets(sign: str) -> None:
    rule = all_rules()["list-look-alike"]
    assert findings_of(rule, f"<p>{sign}lift</p><p>{sign}walk</p>")
    assert not findings_of(rule, f"<p>{sign}lift</p><p>Then walk.</p>")


def test_profiles_of_the_package_come_first() -> None:
    assert tuple(all_profiles())[:5] == PROFILES


def test_reference_is_made_from_the_rules() -> None:
    documented = (ROOT / "docs/reference/rules.md").read_text(encoding="utf-8")
    hint = "Run scripts/write-rules-reference."
    assert documented == rules_page(all_rules().values(), all_profiles().values()), hint


@pytest.mark.parametrize("rule", [each for each in RULES if isinstance(each.values[0], TermRule)])
def test_each_wording_has_a_replacement_of_its_own(rule: TermRule) -> None:
    """A group within a wording would give the wordings after it the wrong replacement."""
    for term in rule.terms:
        assert re.compile(term.pattern).groups == 0
        assert term.replacement


def test_reading_age_is_not_said_without_textstat(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = all_rules()["reading-age"]
    assert findings_of(rule, rule.bad[0])
    monkeypatch.setitem(sys.modules, "textstat.textstat", None)
    statistics_of.cache_clear()
    assert findings_of(rule, rule.bad[0]) == ()
    statistics_of.cache_clear()


def test_reading_age_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """For some formulas, textstat downloads a dictionary of English."""
    nltk = pytest.importorskip("nltk")

    def download(*_arguments: object, **_options: object) -> None:
        raise AssertionError

    monkeypatch.setattr(nltk, "download", download)
    for name in ("reading-age", "reading-ease"):
        rule = all_rules()[name]
        assert findings_of(rule, rule.bad[0])
