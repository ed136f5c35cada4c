"""Which words of the person spec are traits: those in bold, as phrases of their own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from wagtail_careers.importing.reading.content import Run, Tape, merged
from wagtail_careers.prose import MAX_TRAIT_LENGTH, trait_key

#: Bold of more words than this is emphasis on a sentence, and no quality.
MAX_WORDS = 12

_SEPARATOR = re.compile(r"\s*(?:,(?!\d)|[;\n•])\s*(?:(?:and|or|&)\s+)?|\.\s+")
_LAST = re.compile(r"\s+(?:and|or|&)\s+")
_WORDS = re.compile(r"\w[\w\W]*\w|\w")


def phrases(text: str) -> list[tuple[int, int]]:
    """Where in ``text``, which is in bold, the traits are: without space and punctuation.

    Several in a row are told apart by commas and the like; “and” stands between two traits
    only at the end of such a row, for “observant and attentive” is one.
    """
    parts = list(_parts(text, 0, len(text), _SEPARATOR))
    if len(parts) > 1:
        start, end = parts.pop()
        parts += _parts(text, start, end, _LAST)
    found = (_trimmed(text, start, end) for start, end in parts)
    return [(start, end) for start, end in found if _is_trait(text[start:end])]


def mark(runs: Iterable[Run]) -> tuple[tuple[Run, ...], tuple[tuple[int, int], ...]]:
    """``runs`` without bold where it marked traits, and where in their text the traits are."""
    tape = Tape(runs)
    spans: list[tuple[int, int]] = []
    result: list[Run] = []
    for start, end in _bold_stretches(tape.runs):
        found = phrases(tape.text[start:end])
        spans += ((start + first, start + last) for first, last in found)
    at = 0
    for start, end in _bold_stretches(tape.runs):
        inside = any(start <= first < end for first, _last in spans)
        only_marks = not any(character.isalnum() for character in tape.text[start:end])
        result += tape.cut(at, start)
        stretch = tape.cut(start, end)
        result += (replace(run, bold=False) for run in stretch) if inside or only_marks else stretch
        at = end
    result += tape.cut(at, len(tape.text))
    return merged(result), tuple(spans)


def _bold_stretches(runs: Iterable[Run]) -> Iterator[tuple[int, int]]:
    """Where bold text begins and ends, whatever else its look is."""
    at, start = 0, None
    for run in runs:
        is_bold = run.bold and run.is_shown
        if is_bold and start is None:
            start = at
        elif not is_bold and start is not None:
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
    # A bracket that the phrase opens belongs to it when it is closed again.
    if text.count("(", first, last) > text.count(")", first, last) and text[last:end][:1] == ")":
        last += 1
    return first, last


def _is_trait(phrase: str) -> bool:
    return (
        1 < len(phrase) <= MAX_TRAIT_LENGTH
        and len(trait_key(phrase)) > 1
        and len(phrase.split()) <= MAX_WORDS
    )
