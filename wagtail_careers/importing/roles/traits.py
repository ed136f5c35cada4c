"""Traits of the person spec: words in bold, as separate phrases."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from wagtail_careers.importing.reading.content import Block, Kind, Tape, TextRun, merged
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions
from wagtail_careers.rich_text.traits import is_too_long, is_too_short
from wagtail_careers.text import has_words

#: Longer phrases in bold are emphasis on a sentence, not a trait.
MAX_WORDS = 12

_WORDS = re.compile(r"\w[\w\W]*\w|\w")


def with_traits(block: Block, conventions: Conventions = DEFAULTS) -> Block:
    """Mark the traits of ``block``: their runs get a number and lose their bold.

    In sub-headings, bold is only the look of a heading.
    """
    if block.kind == Kind.HEADING and block.looks_like_heading:
        return block
    shown = tuple(run for run in block.runs if run.is_shown)
    return replace(block, runs=_marked(shown, conventions.joining_words))


def phrases(
    text: str, joining_words: tuple[str, ...] = DEFAULTS.joining_words
) -> list[tuple[int, int]]:
    """Return the start and the end of each trait in ``text``, which is in bold.

    Commas and the like separate traits. A joining word such as “and” separates two traits only
    at the end of such a list: “observant and attentive” alone is one trait.
    """
    separator, last = _patterns(joining_words)
    parts = list(_parts(text, 0, len(text), separator))
    if len(parts) > 1:
        start, end = parts.pop()
        parts += _parts(text, start, end, last)
    found = (_trimmed(text, start, end) for start, end in parts)
    return [(start, end) for start, end in found if _is_trait(text[start:end])]


@cache
def _patterns(joining_words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns between two traits of a list, and between the last two."""
    joining = "|".join(map(re.escape, joining_words)) or r"(?!)"
    return (
        re.compile(rf"(?:,(?!\d)|[;\n•])\s*+(?:(?:{joining})\s+)?|\.\s+"),
        re.compile(rf"(?<=\s)(?:{joining})\s"),
    )


def _marked(runs: tuple[TextRun, ...], joining_words: tuple[str, ...]) -> tuple[TextRun, ...]:
    tape = Tape(runs)
    result: list[TextRun] = []
    at, number = 0, 0
    for start, end in _bold_stretches(tape.runs):
        result += tape.cut(at, start)
        text = tape.text[start:end]
        spans = phrases(text, joining_words)
        only_marks = not has_words(text)
        stretch = tape.cut(start, end)
        if spans or only_marks:
            stretch = tuple(replace(run, bold=False) for run in stretch)
        inside, here = Tape(stretch), 0
        for first, last in spans:
            number += 1
            result += inside.cut(here, first)
            # The editor would divide a trait with italics in it when it saves the page.
            result += (replace(run, italic=False, trait=number) for run in inside.cut(first, last))
            here = last
        result += inside.cut(here, len(text))
        at = end
    result += tape.cut(at, len(tape.text))
    return merged(result)


def _bold_stretches(runs: Iterable[TextRun]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each stretch in bold, whatever else its look is."""
    at, start = 0, None
    for run in runs:
        if run.bold and start is None:
            start = at
        elif not run.bold and start is not None:
            yield start, at
            start = None
        at += len(run.text)
    if start is not None:
        yield start, at


def _parts(
    text: str, start: int, end: int, separator: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    for found in separator.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    found = _WORDS.search(text, start, end)
    if not found:
        return start, start
    first, last = found.span()
    # A closing bracket belongs to the phrase that opens it.
    if text.count("(", first, last) > text.count(")", first, last) and text[last:end][:1] == ")":
        last += 1
    return first, last


def _is_trait(phrase: str) -> bool:
    return not is_too_short(phrase) and not is_too_long(phrase) and len(phrase.split()) <= MAX_WORDS
