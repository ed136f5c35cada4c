"""The findings of rules about a page."""

from collections.abc import Iterable

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.rule import Context, Finding, Rule


def findings(content: Content, context: Context, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return the findings about a page in the order of its text, each once.

    Findings about the page as a whole come first.
    """
    rules = list(rules)
    read = {
        languages: content.in_languages(languages) if languages else content
        for languages in {rule.languages for rule in rules}
    }
    found = [finding for rule in rules for finding in rule.check(read[rule.languages], context)]
    in_order = sorted(found, key=lambda finding: (finding.section.number, finding.offset))
    return tuple(dict.fromkeys(in_order))
