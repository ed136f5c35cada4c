"""The rules and the profiles that a site adds."""

from collections.abc import Iterator
from typing import Any

import pytest

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.examples import content_of, findings_of
from wagtail_careers.lint.findings import findings
from wagtail_careers.lint.registry import (
    Profile,
    all_profiles,
    all_rules,
    check_rules_and_profiles,
    rules_of,
    site_profiles,
)
from wagtail_careers.lint.rule import Context, Finding, Rule, Source
from wagtail_careers.lint.wording import advice, problem

HERE = "tests.lint.test_registry"


class SaysHospital(Rule):
    id = "says-hospital"
    source = Source("Our style guide", "https://intranet.example/style")
    message = "“%(text)s” is not a word that we use."
    fix = "Say “trust”."
    profiles = ("ours",)
    languages = ("en",)
    good = ("<p>You work across the trust.</p>",)
    bad = ("<p>You work across the hospital.</p>",)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, passage in content.prose():
            if (at := passage.text.find("hospital")) >= 0:
                yield self.finding(section, "hospital", offset=passage.offset + at)


trust = Profile("trust", "Our trust", includes=("ours", "trust"), rules=("link-dead",))
quiet = Profile("quiet", "Quiet", includes=("ours",), without=("says-hospital",))
broken = Profile("broken", "Broken", without=("gone",))
lost = Profile("lost", "Lost", includes=("ours", "gone"))


def configure(settings: Any, *profiles: str, rules: tuple[str, ...] = ("SaysHospital",)) -> None:
    settings.WAGTAIL_CAREERS = {
        "LINT_RULES": [f"{HERE}.{rule}" for rule in rules],
        "LINT_PROFILES": list(profiles),
    }


def ids(*profiles: str) -> list[str]:
    return [rule.id for rule in rules_of(profiles) if rule.profiles]


def test_rule_of_a_site_is_one_of_its_profile(settings: Any) -> None:
    configure(settings, "wcag", "ours")
    assert "says-hospital" in all_rules()
    assert ids("ours") == ["says-hospital"]
    assert "says-hospital" not in ids("wcag")
    assert site_profiles() == ("wcag", "ours")
    assert check_rules_and_profiles() == []


def test_profile_of_a_site_takes_in_others_and_leaves_rules_out(settings: Any) -> None:
    configure(settings, f"{HERE}.trust", f"{HERE}.quiet")
    assert site_profiles() == ("trust", "quiet")
    assert ids("trust") == ["says-hospital"]
    assert ids("quiet") == []
    assert check_rules_and_profiles() == []


def test_rules_without_a_profile_are_in_all_of_them(settings: Any) -> None:
    configure(settings, "ours")
    assert "link-dead" in [rule.id for rule in rules_of(())]
    with pytest.raises(KeyError):
        rules_of(["gone"])


@pytest.mark.parametrize(
    ("profiles", "rules"),
    [
        (["wcag", "gone"], []),
        (["gone.Gone"], []),
        ([f"{HERE}.SaysHospital"], []),
        ([f"{HERE}.broken"], []),
        ([f"{HERE}.lost"], ["SaysHospital"]),
        ([], ["Gone"]),
        ([], ["trust"]),
    ],
)
def test_what_does_not_exist_is_reported_and_ignored(
    settings: Any, profiles: list[str], rules: list[str]
) -> None:
    configure(settings, *profiles, rules=tuple(rules))
    (error,) = check_rules_and_profiles()
    assert error.id == "wagtail_careers.E011"
    assert set(site_profiles()) <= set(all_profiles())
    assert rules_of(site_profiles())


class Twin(SaysHospital):
    """A rule with the id of another."""

    id = "link-dead"


def test_rule_with_the_id_of_another_is_reported_and_ignored(settings: Any) -> None:
    configure(settings, rules=("Twin",))
    (error,) = check_rules_and_profiles()
    assert error.id == "wagtail_careers.E011"
    assert "'link-dead', which is not an id that no other rule has" in error.msg
    assert not isinstance(all_rules()["link-dead"], Twin)


def test_finding_says_where_and_what_to_do() -> None:
    (finding,) = findings_of(SaysHospital(), SaysHospital.bad[0])
    text = content_of(SaysHospital.bad[0]).sections[0].text
    assert text[finding.offset :].startswith("hospital")
    assert problem(finding) == "“hospital” is not a word that we use."
    assert advice(finding) == "Say “trust”."


@pytest.mark.parametrize(("language", "number"), [("en", 1), ("en-gb", 1), ("cy", 0)])
def test_rule_reads_pages_in_its_languages(language: str, number: int) -> None:
    content = content_of(SaysHospital.bad[0])
    translated = Content(content.title, language, content.sections)
    assert len(findings(translated, Context(), [SaysHospital()])) == number
