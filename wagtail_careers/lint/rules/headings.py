"""Rules about titles and sub-headings, and about what only looks like one."""

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from django.utils.translation import gettext_lazy as _

from wagtail_careers.blocks.registry import INTRODUCTION
from wagtail_careers.lint.content import Content
from wagtail_careers.lint.passages import Kind, Passage
from wagtail_careers.lint.places import Section
from wagtail_careers.lint.rule import (
    ENGLISH,
    GOVUK,
    NHS,
    WCAG,
    Context,
    Example,
    Finding,
    Level,
    Rule,
)
from wagtail_careers.lint.sentences import words
from wagtail_careers.lint.sources import GOVUK_STYLE, GOVUK_WRITING, HEADINGS, STRUCTURE
from wagtail_careers.rich_text.traits import visible
from wagtail_careers.text import has_words

MAX_LENGTH = 65
_BODY = "<p>Text.</p>"


def headings(content: Content) -> Iterator[tuple[Section, Passage]]:
    """Yield the titles and sub-headings that an editor wrote, with their sections."""
    for each in content.sections:
        for heading in each.headings:
            yield each.section, heading


class HeadingEmpty(Rule):
    id = "heading-empty"
    level = Level.ERROR
    source = HEADINGS
    profiles = (WCAG,)
    message = _("This sub-heading has no text.")
    fix = _("Delete the empty line, or enter a heading.")
    good = (f"<h3>A day in the role</h3>{_BODY}",)
    bad = (f"<h3></h3>{_BODY}", f"<h3>\u200b\u00a0</h3>{_BODY}")

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, heading in headings(content):
            if heading.kind is Kind.HEADING and not visible(heading.text):
                yield self.finding(section, "", offset=heading.offset)


class HeadingNothingBelow(Rule):
    id = "heading-nothing-below"
    source = HEADINGS
    profiles = (WCAG, NHS)
    message = _("The sub-heading “%(text)s” has no text below it.")
    fix = _("Enter text below it, or delete it.")
    good = (f"<h3>A day in the role</h3>{_BODY}",)
    bad = (f"{_BODY}<h3>A day in the role</h3>", f"<h3>Days</h3><h3>Nights</h3>{_BODY}")

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            filled = [passage for passage in each.passages if visible(passage.text)]
            for passage, following in zip_longest(filled, filled[1:]):
                is_alone = following is None or following.kind is Kind.HEADING
                if passage.kind is Kind.HEADING and is_alone:
                    yield self.finding(each.section, passage.text, offset=passage.offset)


class HeadingDuplicate(Rule):
    id = "heading-duplicate"
    source = HEADINGS
    profiles = (WCAG, NHS)
    message = _("The heading “%(text)s” is on this page twice.")
    fix = _("Change one of them, so that both say what is below them.")
    good = (f"<h3>Days</h3>{_BODY}<h3>Nights</h3>{_BODY}",)
    bad = (
        f"<h3>Days</h3>{_BODY}<h3>days</h3>{_BODY}",
        Example(f"<h3>Your duties</h3>{_BODY}", heading="Your duties"),
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        seen: set[str] = set()
        for section, passage in content.passages():
            key = visible(passage.text).casefold()
            if passage.kind not in (Kind.TITLE, Kind.HEADING) or not key:
                continue
            if key in seen:
                yield self.finding(section, passage.text, offset=passage.offset)
            seen.add(key)


class HeadingQuestion(Rule):
    id = "heading-question"
    level = Level.ADVICE
    source = GOVUK_WRITING
    profiles = (GOVUK,)
    message = _("The heading “%(text)s” is a question.")
    fix = _("Use the words of the answer first, for example “Training” or “Your duties”.")
    good = (f"<h3>Training</h3>{_BODY}", _BODY)
    bad = (f"<h3>What training is there?</h3>{_BODY}",)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, heading in headings(content):
            if heading.text.endswith("?"):
                yield self.finding(section, heading.text, offset=heading.offset)


class HeadingLong(Rule):
    id = "heading-long"
    level = Level.ADVICE
    source = GOVUK_WRITING
    profiles = (NHS, GOVUK)
    message = _("“%(text)s” has %(number)d characters. Headings over %(limit)d are hard to scan.")
    fix = _("Keep the words that people look for.")
    good = (f"<h3>A day in the role</h3>{_BODY}", Example(_BODY, title="Nurse"))
    bad = (
        f"<h3>{'All the things that you do on the ward ' * 2}</h3>{_BODY}",
        Example(_BODY, title="Nurse " * 12),
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        found = [(each, heading.text, heading.offset) for each, heading in headings(content)]
        for section, text, offset in [(content.as_section, content.title, 0), *found]:
            if len(text) > MAX_LENGTH:
                yield self.finding(section, text, number=len(text), limit=MAX_LENGTH, offset=offset)


class HeadingCase(Rule):
    id = "heading-case"
    level = Level.ADVICE
    source = GOVUK_STYLE
    profiles = (NHS, GOVUK)
    languages = ENGLISH
    message = _("The heading “%(text)s” has a capital letter on each word.")
    fix = _("Use a capital letter for the first word and for names only.")
    good = (
        f"<h3>What would I be doing?</h3>{_BODY}",
        f"<h3>Health Education England</h3>{_BODY}",
        f"<h3>Working with NHS Jobs</h3>{_BODY}",
    )
    bad = (f"<h3>What Would I Be Doing?</h3>{_BODY}", f"<h3>How To Apply For This Role</h3>{_BODY}")

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, heading in headings(content):
            if _is_title_case(heading.text):
                yield self.finding(section, heading.text, offset=heading.offset)


class HeadingPunctuation(Rule):
    id = "heading-punctuation"
    level = Level.ADVICE
    source = GOVUK_STYLE
    profiles = (NHS, GOVUK)
    message = _("The heading “%(text)s” ends with a punctuation mark.")
    fix = _("Delete the mark at the end.")
    good = (f"<h3>Training</h3>{_BODY}", f"<h3>What training is there?</h3>{_BODY}")
    bad = (f"<h3>Training:</h3>{_BODY}", f"<h3>You get training.</h3>{_BODY}")

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, heading in headings(content):
            if heading.text.endswith((".", ":", ";", ",")) and not heading.text.endswith(".."):
                yield self.finding(section, heading.text, offset=heading.offset)


class HeadingLookAlike(Rule):
    id = "heading-look-alike"
    source = STRUCTURE
    profiles = (WCAG, NHS)
    message = _(
        "“%(text)s” looks like a heading, but is bold text, so screen readers do not find it."
    )
    fix = _("Remove the bold, and press the H3 button.")
    good = (
        f"<h3>Days</h3>{_BODY}",
        "<p><b>Bring a passport.</b></p><p>You need it.</p>",
        "<p><b>Hours:</b> 37 a week</p><p>Text.</p>",
    )
    bad = (f"<p><b>Working hours</b></p>{_BODY}", f"<p><b>Days</b>:</p>{_BODY}")

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            if each.section.name == INTRODUCTION:
                continue  # It has no sub-headings.
            filled = [passage for passage in each.passages if passage.text]
            for passage, following in pairwise(filled):
                if _is_bold_line(passage) and not _is_bold_line(following):
                    yield self.finding(each.section, passage.text, offset=passage.offset)


_SMALL = """
a an and as at but by for from in is of on or the to vs with
"""
_COMMON = """
about apply are be been can could do does doing get have how i into it my need next our out role
should take that there this training us what when where which who why will work working would
you your
"""


def _is_title_case(text: str) -> bool:
    """Return whether all words have a capital, and one of them is too common to be in a name."""
    rest = [
        word for word in words(text)[1:] if word[0].isalpha() and word.lower() not in _SMALL.split()
    ]
    common = [word for word in rest if word.lower() in _COMMON.split() and word != "I"]
    return (
        len(rest) >= 2
        and bool(common)
        and all(word[0].isupper() for word in rest)
        and not text.isupper()
    )


def _is_bold_line(passage: Passage) -> bool:
    text = passage.text.rstrip(" :")
    return (
        passage.kind is Kind.PARAGRAPH
        and len(text) <= 80
        and has_words(text)
        and not re.search(r"[.!,;]$", text)
        and "\n" not in text
        and any(bold.text.rstrip(" :") == text for bold in passage.bold)
    )
