"""The examples of rules, as pages and in words."""

from dataclasses import replace
from typing import Any

from wagtail_careers.blocks import RoleBodyBlock
from wagtail_careers.lint.content import Content, read
from wagtail_careers.lint.findings import findings
from wagtail_careers.lint.rule import Example, Finding, Rule
from wagtail_careers.lint.site import Site


def as_example(example: Example | str) -> Example:
    """Return rich text alone as an example of a page with it."""
    return Example(example) if isinstance(example, str) else example


def content_of(example: Example | str) -> Content:
    """Return the page of an example."""
    example = as_example(example)
    own: dict[str, Any] = {"prose": example.prose}
    if example.heading:
        own["title"] = example.heading
    raw = [{"type": name, "value": value} for name, value in example.body]
    if example.prose or example.heading:
        raw.append({"type": example.section, "value": own})
    return read(RoleBodyBlock(), raw, title=example.title, language=example.language)


def findings_of(rule: Rule, example: Example | str) -> tuple[Finding, ...]:
    """Return the findings of one rule about an example."""
    example = as_example(example)
    content = replace(content_of(example), page=1)
    others = [
        replace(content_of(prose), page=number) for number, prose in enumerate(example.others, 2)
    ]
    context = replace(example.context, site=Site((content, *others)) if others else None)
    return findings(content, context, [rule])
