"""The findings of rules about a page."""

from collections.abc import Iterable

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.rule import Context, Finding, Rule


def findings(content: Content, context: Context, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return the findings about a page in the order of its text, each once.

    Findings about the page as a whole come first.
    """
    found = [
        finding
        for rule in rules
        if rule.reads(content.language)
        for finding in rule.check(content, context)
    ]
    in_order = sorted(found, key=lambda finding: (finding.section.number, finding.offset))
    return tuple(dict.fromkeys(in_order))
