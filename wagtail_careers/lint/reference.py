"""The reference page of the rules, as Markdown, made from their classes."""

from collections.abc import Iterable

from wagtail_careers.lint.examples import as_example, findings_of
from wagtail_careers.lint.registry import Profile
from wagtail_careers.lint.report import LEVELS
from wagtail_careers.lint.rule import Example, Rule
from wagtail_careers.lint.wording import advice, problem

_INTRODUCTION = """\
# Rules

`manage.py lint_roles` checks these rules, and a site can
[add its own](../how-to/write-your-own-rule.md). This page is made from the rules themselves.

- An error is a failure of WCAG.
- A warning can keep somebody from reading the page, from following a link or from applying.
- Advice is a matter of style.

A rule is checked on sites whose [`LINT_PROFILES`](settings.md) names one of its profiles. A rule of
all profiles is checked on every site.

## Profiles

| Profile | Rules for | Number |
|---|---|---|
"""


def rules_page(rules: Iterable[Rule], profiles: Iterable[Profile]) -> str:
    """Return the page: a table of profiles, a table of rules, and a part for each rule."""
    rules = list(rules)
    counts = "".join(
        f"| `{each.name}` | {each.label} | {sum(each.name in rule.profiles for rule in rules)} |\n"
        for each in profiles
    )
    rows = "".join(
        f"| [`{rule.id}`](#{rule.id}) | {rule.level.label} | {_profiles(rule)} |\n"
        for level in LEVELS
        for rule in rules
        if rule.level == level
    )
    table = f"\n## All rules\n\n| Rule | Level | Profiles |\n|---|---|---|\n{rows}"
    return f"{_INTRODUCTION}{counts}{table}\n" + "\n".join(map(_part, rules))


def _part(rule: Rule) -> str:
    languages = f" Languages: {', '.join(rule.languages)}." if rule.languages else ""
    compares = " It compares roles, so the editor does not show it." if rule.compares_roles else ""
    lines = [
        f"## `{rule.id}`",
        "",
        f"{rule.level.label}. Profiles: {_profiles(rule)}.{languages}{compares} "
        f"Source: [{rule.source.title}]({rule.source.url}).",
        "",
    ]
    good, bad = rule.good[0], rule.bad[0]
    # Where the same text is good or bad, records make the difference.
    if _shown(good) != _shown(bad):
        lines += [f"Good: {_shown(good)}\n", f"Bad: {_shown(bad)}\n"]
    found = findings_of(rule, bad)[0]
    lines.append(f"> {problem(found)} {advice(found)}".rstrip() + "\n")
    return "\n".join(lines)


def _profiles(rule: Rule) -> str:
    return ", ".join(f"`{name}`" for name in rule.profiles) or "all"


def _shown(example: Example | str) -> str:
    """Return an example as code on one line, cut where it only repeats itself."""
    example = as_example(example)
    facts = []
    if example.title != Example.title:
        facts.append(f"title “{example.title.strip()[:60]}”")
    if example.heading:
        facts.append(f"section title “{example.heading}”")
    if example.others:
        facts.append("and another role with: " + _code(example.others[0]))
    if example.body:
        facts.append("sections: " + ", ".join(f"`{name}`" for name, _value in example.body))
    return ", ".join(filter(None, (_code(example.prose), *facts)))


def _code(html: str) -> str:
    visible = html.replace("\u200b", "&#8203;").replace("\u00a0", "&nbsp;")
    short = visible if len(visible) <= 160 else f"{visible[:150]}…"
    return f"`{short}`" if short else ""
