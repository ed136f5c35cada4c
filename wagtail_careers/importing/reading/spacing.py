"""Spaces between words that readers of the old site saw apart."""

from collections.abc import Iterable, Iterator

from wagtail_careers.importing.reading.content import TextRun
from wagtail_careers.importing.reading.shortcode_runs import MARKUP, SHORTCODE

#: Reasons for dropping text that stood between two words.
_BETWEEN_WORDS = frozenset({MARKUP, SHORTCODE})
_OPENING = "([{«“‘„"
_CLOSING = ".,;:!?…)]}»”’"


def kept_apart(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """Add a space where nothing else is left between two links, or around a shortcode."""
    before: TextRun | None = None
    is_between = False
    for run in runs:
        if run.is_shown:
            if before and _are_joined(before, run, is_between=is_between):
                yield TextRun(" ", added=True)
            before, is_between = run, False
        else:
            is_between |= run.dropped in _BETWEEN_WORDS
        yield run


def _are_joined(one: TextRun, other: TextRun, *, is_between: bool) -> bool:
    """Return True if two words would run together."""
    last, first = one.text[-1], other.text[0]
    if last.isspace() or first.isspace():
        return False
    if one.href and other.href and one.of_link != other.of_link:
        return True
    return is_between and last not in _OPENING and first not in _CLOSING
