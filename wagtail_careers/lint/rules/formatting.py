"""Rules about capitals, bold, ranges, dates and short forms."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.passages import Kind, Passage, Span
from wagtail_careers.lint.rule import ENGLISH, GOVUK, NHS, Context, Example, Finding, Level, Rule
from wagtail_careers.lint.rules.patterns import PROSE, PatternRule, Term, TermRule
from wagtail_careers.lint.sentences import words
from wagtail_careers.lint.sources import (
    GOVUK_STYLE,
    NHS_FORMATTING,
    NHS_NUMBERS,
    NHS_PUNCTUATION,
)

#: More than so many words in bold are no emphasis, and neither are so many bold parts.
MAX_BOLD_WORDS = 12
MAX_BOLD_PARTS = 3
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t|tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)

#: Abbreviations that are known to more people than what they stand for.
_WELL_KNOWN = """
A&E AIDS AS BA BBC BMA BSC BSL BTEC CEO CPR CT CV DBS DIY DNA DVD EEA EU FAQ FAQS GCSE GP GPS HIV
HNC HND HQ HR ICT ID IQ IT LGBT LGBTQ MA MBA MP MRI MRSA MS MSC NHS NVQ OK PA PC PDF PE PHD PIN
PO PPE RAF STEM TV UCAS UK URL US USA USB VAT VIP WEA
"""


class AllCapitals(PatternRule):
    id = "all-capitals"
    source = NHS_PUNCTUATION
    profiles = (NHS, GOVUK)
    kinds = (*PROSE, Kind.TITLE, Kind.HEADING)
    message = _("“%(text)s” is in capital letters, which are hard to read.")
    fix = _("Write it in lower case.")
    pattern = re.compile(r"(?<![\w&/-])[A-Z][A-Z’']+(?:[ ,–-]+[A-Z][A-Z’']*)*(?![\w&/-])")
    good = ("<p>You work for NHS BSA with UCAS and UNISON.</p>", "<p>Bring your ID.</p>")
    bad = ("<p>You MUST APPLY BEFORE Friday.</p>", "<p>IMPORTANT: bring your ID.</p>")

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        return {} if self.is_shouted(match[0]) else None

    @staticmethod
    def is_shouted(text: str) -> bool:
        """Return whether text in capitals has a word that is too long for an abbreviation."""
        longest = max(len(word) for word in re.findall(r"[A-Z]+", text))
        is_phrase = " " in text and longest >= 5
        return longest >= 7 or (is_phrase and len(text) >= 10)


class BoldEmphasis(Rule):
    id = "bold-emphasis"
    level = Level.ADVICE
    source = NHS_FORMATTING
    profiles = (NHS, GOVUK)
    message = _("So much text in bold stands out no more: “%(text)s”")
    fix = _("Keep bold for a few words, or use a sub-heading.")
    good = (
        "<p>You must apply by <b>Friday</b>.</p>",
        "<p><b>Hours:</b> 37</p><p><b>Pay:</b> £9</p><p><b>Place:</b> L</p><p><b>A:</b> b</p>",
    )
    bad = (
        f"<p><b>{'You work in a team with others. ' * 3}</b></p>",
        "<p><b>Read</b>, <b>write</b>, <b>add</b> and <b>lift</b> well.</p>",
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            parts: list[Span] = []
            for passage in each.prose:
                bold = [span for span in passage.bold if not _is_lead(span, passage)]
                parts += bold
                for span in bold:
                    if len(words(span.text)) > MAX_BOLD_WORDS:
                        yield self.finding(each.section, span.text, offset=span.offset)
            if len(parts) > MAX_BOLD_PARTS:
                yield self.finding(each.section, parts[0].text, offset=parts[0].offset)


class RangeDash(PatternRule):
    id = "range-dash"
    level = Level.ADVICE
    source = NHS_NUMBERS
    profiles = (NHS, GOVUK)
    languages = ENGLISH
    message = _("Screen readers may not read the dash in “%(text)s”.")
    fix = _("Write “%(other)s”.")
    pattern = re.compile(
        r"(?<![\w/.,:–-])(?<!\d )"
        r"((?:£ ?)?\d{1,3}(?:[,.:]\d+)*k?(?:am|pm|%)?|(?:19|20)\d\d|[A-G]\*?)"
        r" ?[-–] ?"
        r"((?:£ ?)?\d{1,3}(?:[,.:]\d+)*k?(?:am|pm|%)?|(?:19|20)\d\d|[A-G]\*?)"
        r"(?![\w/–-]|[.,:]\d| \d)"
    )
    good = (
        "<p>GCSEs at grades A to C, 9 to 5, aged 16 to 18.</p>",
        "<p>Call 01524 582-100. The 2017-12-01 form. A part-time 24-7 role in plan B.</p>",
    )
    bad = (
        "<p>You work 9am-5pm.</p>",
        "<p>GCSEs at grades A*-C.</p>",
        "<p>Aged 16 – 18 years.</p>",
        "<p>You earn £18,000-£21,000.</p>",
    )

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        first, last = match[1], match[2]
        if first[0].isalpha() != last[0].isalpha():
            return None  # “A-9” is a name.
        if (first, last) in {("24", "7"), ("50", "50")}:
            return None
        return {"other": f"{first} to {last}"}


class DateFormat(PatternRule):
    id = "date-format"
    level = Level.ADVICE
    source = NHS_NUMBERS
    profiles = (NHS, GOVUK)
    languages = ENGLISH
    message = _("“%(text)s” is not a date that everybody reads in the same way.")
    fix = _("Write the day and the month in words, for example “5 April 2026”.")
    pattern = re.compile(
        r"(?<![\w/.-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\w/-]|\.\d)"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)(?: of)? {_MONTH}\b"
        rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, (?=\d{{4}}))(?:\d{{4}})?"
        rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)\b"
    )
    good = (
        "<p>Apply by 5 April 2026. The course starts in May.</p>",
        "<p>Read part 1.2.3 of version 1.10.1.2. You may 1 day lead.</p>",
    )
    bad = (
        "<p>Apply by 05/04/2026.</p>",
        "<p>Apply by 5th April.</p>",
        "<p>Apply by April 5th, 2026.</p>",
    )

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        # “1.2.3” is a chapter unless its last part is a year.
        is_date = match[1] != "." or len(match[0].rpartition(".")[2]) == 4
        return {} if is_date else None


class LatinAbbreviation(TermRule):
    id = "latin-abbreviation"
    level = Level.ADVICE
    source = GOVUK_STYLE
    profiles = (NHS, GOVUK)
    languages = ENGLISH
    message = _("Some readers and screen readers do not know “%(text)s”.")
    fix = _("Write “%(other)s” or change the sentence.")
    terms = (
        Term(r"e\.g\.?|eg\.?", "for example"),
        Term(r"i\.e\.?|ie\.?", "that is"),
        Term(r"etc\.?", "and so on"),
        Term(r"n\.b\.?|nb\.?", "note"),
    )
    good = ("<p>You lift, for example, boxes, and so on.</p>",)
    bad = ("<p>You lift things, e.g. boxes.</p>", "<p>You lift boxes, bags etc.</p>")


class AbbreviationUnexplained(Rule):
    id = "abbreviation-unexplained"
    level = Level.ADVICE
    source = GOVUK_STYLE
    profiles = (NHS, GOVUK)
    languages = ENGLISH
    message = _("“%(text)s” is not explained on this page.")
    fix = _("Write it in full where it is first used, with the short form in brackets after it.")
    good = (
        "<p>The Royal College of Nursing (RCN) helps. Join the RCN.</p>",
        "<p>You need GCSEs for the NHS in the UK.</p>",
        "<p>ODP (operating department practitioner) is a role. Read part III.</p>",
        "<p>Read more on the page about pay. PLEASE READ ALL OF IT. We help you to apply.</p>",
    )
    bad = ("<p>Join the RCN.</p>", "<p>ODPs work in theatres.</p>")
    _pattern = re.compile(r"(?<![\w&/.-])([A-Z][A-Z&]*[A-Z])s?(?![\w&/’'-])")
    known = frozenset(_WELL_KNOWN.split())

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        whole = "\n".join(each.text for each in content.sections)
        explained = set(re.findall(r"\(([A-Z][A-Z&]*[A-Z])s?\)", whole))
        explained |= set(re.findall(r"\b([A-Z][A-Z&]*[A-Z])s? \([A-Za-z]", whole))
        seen = set(self.known | explained)
        for section, passage in content.prose():
            linked = [range(link.offset, link.end) for link in passage.links]
            for match in self._pattern.finditer(passage.text):
                at = passage.offset + match.start()
                is_word = len(match[1]) > 6 or _is_among_capitals(match, passage.text)
                is_number = set(match[1]) <= set("IVX")
                if match[1] in seen or is_word or is_number or any(at in link for link in linked):
                    continue
                seen.add(match[1])
                yield self.finding(section, match[0], offset=at)


class PlaceOutside(Rule):
    id = "place-outside"
    source = GOVUK_STYLE
    profiles = ()
    message = _("“%(text)s” is outside the area of this site.")
    fix = _("Name a place of your own, or delete it.")
    good = (
        Example("<p>You work in Lancaster.</p>", context=Context(other_places=("Leeds",))),
        Example("<p>You work with Leedsons.</p>", context=Context(other_places=("Leeds",))),
    )
    bad = (Example("<p>You work in Leeds.</p>", context=Context(other_places=("Leeds",))),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        if not context.other_places:
            return
        names = "|".join(map(re.escape, sorted(context.other_places, key=len, reverse=True)))
        pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
        for section, passage in content.passages():
            for match in pattern.finditer(passage.text):
                yield self.finding(section, match[0], offset=passage.offset + match.start())


def _is_lead(span: Span, passage: Passage) -> bool:
    """Return whether a bold part is the label of its passage, or all of a short one."""
    at_start = span.offset == passage.offset
    rest = passage.text[len(span.text) :].lstrip()
    is_label = span.text.endswith(":") or rest[:1] in (":", "–", "-") or not rest
    return at_start and is_label and len(words(span.text)) <= MAX_BOLD_WORDS


def _is_among_capitals(match: re.Match[str], text: str) -> bool:
    around = re.findall(r"[A-Za-z]+", text[max(0, match.start() - 30) : match.end() + 30])
    shouted = [word for word in around if word.isupper() and len(word) > 1]
    is_among_most = len(shouted) > 3 and len(shouted) > len(around) / 2
    # What the rule for capitals reports is not an abbreviation besides.
    return is_among_most or any(start <= match.start() < end for start, end in _shouted(text))


@lru_cache(maxsize=1)
def _shouted(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the rule for capitals finds something: once for all matches in a text."""
    runs = AllCapitals.pattern.finditer(text)
    return tuple(run.span() for run in runs if AllCapitals.is_shouted(run[0]))
