"""Sentences and words of running text, with their places."""

import re
from collections.abc import Iterator

from wagtail_careers.lint.passages import Span

_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n")
#: What comes before a full stop that ends no sentence.
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|eg|ie|mr|mrs|ms|dr|prof|st|no|nos|vs|approx|dept|tel|ext|[A-Za-z])$",
    re.IGNORECASE,
)
#: More characters than any of these has: a text can be long, with many of them.
_LONGEST = 10
_NEXT = re.compile(r"\s*(\S)")
_WORD = re.compile(r"\w+(?:[’'.@/-]\w+)*")


def sentences(text: str, offset: int = 0) -> Iterator[Span]:
    """Yield the sentences of a passage. ``offset`` is that of its text."""
    start = 0
    for end in _END.finditer(text):
        following = _NEXT.match(text, end.end())
        is_end = end[0] != "." or not (
            _ABBREVIATION.search(text, max(start, end.start() - _LONGEST), end.start())
            or (following and following[1].islower())
        )
        if is_end:
            yield from _span(text, start, end.end(), offset)
            start = end.end()
    yield from _span(text, start, len(text), offset)


def words(text: str) -> list[str]:
    """Return the words of a text. An address, a date or “full-time” is one word."""
    return _WORD.findall(text)


def _span(text: str, start: int, end: int, offset: int) -> Iterator[Span]:
    part = text[start:end]
    if part.strip():
        lead = len(part) - len(part.lstrip())
        yield Span(part.strip(), offset + start + lead)
