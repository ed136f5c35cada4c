"""Rules about lists, and about what only looks like one."""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.content import Content, SectionContent
from wagtail_careers.lint.passages import Kind, Span
from wagtail_careers.lint.rule import GOVUK, NHS, WCAG, Context, Finding, Level, Rule
from wagtail_careers.lint.sources import NHS_FORMATTING, STRUCTURE

MAX_ITEMS = 6
#: Bullets, signs that take their place, and what bullets of Word's symbol fonts are pasted as. A
#: variation selector follows a sign that is shown in colour.
_BULLETS = "•·▪●○◦‣\u2043∙■□►▶➢➤➔➡→✓✔✅☑★⭐🔹🔸👉\uf0a7\uf0b7\uf0d8\uf0fc"
_BULLET = re.compile(rf"(?:[{_BULLETS}]\ufe0f?\s*|[-*]\s+)(?=\w)")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\w)")


def _items(*texts: str) -> str:
    return f"<p>You:</p><ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"


class ListLong(Rule):
    id = "list-long"
    level = Level.ADVICE
    source = NHS_FORMATTING
    profiles = (NHS,)
    message = _("This list has %(number)d items. Lists over %(limit)d are hard to take in.")
    fix = _("Divide it into shorter lists with a heading each, or leave out what matters least.")
    good = (_items(*"abcdef"),)
    bad = (_items(*"abcdefg"),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            for items in each.lists:
                if len(items) > MAX_ITEMS:
                    yield self.finding(
                        each.section,
                        items[0].text,
                        number=len(items),
                        limit=MAX_ITEMS,
                        offset=items[0].offset,
                    )


class ListOneItem(Rule):
    id = "list-one-item"
    source = NHS_FORMATTING
    profiles = (NHS, GOVUK)
    message = _("This list has one item: “%(text)s”.")
    fix = _("Make it a sentence of the paragraph before it.")
    good = (_items("lift", "walk"), "<ul><li>a</li></ul><p>or</p><ul><li>b</li></ul>")
    bad = (_items("lift"),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            for items in each.lists:
                if len(items) == 1 and len(each.lists) == 1 and items[0].text:
                    yield self.finding(each.section, items[0].text, offset=items[0].offset)


class ListLookAlike(Rule):
    id = "list-look-alike"
    level = Level.ERROR
    source = STRUCTURE
    profiles = (WCAG,)
    message = _(
        "These lines look like a list, but their bullets or numbers are typed, so screen readers "
        "do not say that it is a list."
    )
    fix = _(
        "Delete the typed bullets or numbers, select the lines and press the list button. In the "
        "introduction, use a sentence instead."
    )
    good = (
        _items("lift", "walk"),
        "<p>- a pause</p><p>Then text.</p>",
        "<p>– Hello.</p><p>– Hello.</p>",
        "<p>37 hours a week</p><p>28 days of leave</p>",
    )
    bad = (
        "<p>• lift</p><p>• walk</p>",
        "<p>You:<br/>- lift<br/>- walk</p>",
        "<p>1. Register</p><p>2. Apply</p><p>3. Wait</p>",
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            for kind, group in groupby(_lines(each), lambda line: _marker(line.text)):
                lines = list(group)
                is_list = len(lines) > 1 if kind == "bullet" else _counts_up(lines)
                if kind and is_list:
                    yield self.finding(each.section, lines[0].text, offset=lines[0].offset)


class ListBulletTyped(Rule):
    id = "list-bullet-typed"
    source = NHS_FORMATTING
    profiles = (WCAG, NHS, GOVUK)
    message = _("The item “%(text)s” has a typed bullet besides its own.")
    fix = _("Delete the typed bullet.")
    good = (_items("lift", "walk"),)
    bad = (_items("• lift", "walk"), _items("- lift", "walk"))

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, passage in content.prose():
            if passage.kind is Kind.ITEM and _BULLET.match(passage.text):
                yield self.finding(section, passage.text, offset=passage.offset)


def _lines(content: SectionContent) -> Iterator[Span]:
    """Yield the lines of the paragraphs, and an empty one for each other passage."""
    for passage in content.passages:
        if passage.kind is not Kind.PARAGRAPH:
            yield Span("", passage.offset)
            continue
        offset = passage.offset
        for text in passage.text.split("\n"):
            if text.strip():
                yield Span(text, offset)
            offset += len(text) + 1


def _marker(text: str) -> str:
    if _BULLET.match(text):
        return "bullet"
    return "number" if _NUMBER.match(text) else ""


def _counts_up(lines: list[Span]) -> bool:
    numbers = [int(found[1]) for line in lines if (found := _NUMBER.match(line.text))]
    return len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
