"""Spaces between words that readers of the old site saw apart."""

from collections.abc import Iterable, Iterator

from wagtail_careers.importing.reading.content import TextRun
from wagtail_careers.importing.reading.shortcode_runs import MARKUP, SHORTCODE

#: Reasons for dropping text that stood between two words.
BETWEEN_WORDS = frozenset({MARKUP, SHORTCODE})
_OPENING = "([{«“‘„"
_CLOSING = ".,;:!?…)]}»”’"


def kept_apart(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """Add a space where nothing else is left between two links, or around a shortcode."""
    before: TextRun | None = None
    is_between = False
    for run in runs:
        if not run.is_shown:
            is_between |= run.dropped in BETWEEN_WORDS
        elif before and (is_between or _are_two_links(before, run)) and _touch(before, run):
            yield TextRun(" ", added=True)
        yield run
        if run.is_shown:
            before, is_between = run, False


def _are_two_links(one: TextRun, other: TextRun) -> bool:
    return bool(one.href and other.href) and one.of_link != other.of_link


def _touch(one: TextRun, other: TextRun) -> bool:
    """Return True if two runs would be read as one word."""
    last, first = one.text[-1], other.text[0]
    return not (last.isspace() or first.isspace() or last in _OPENING or first in _CLOSING)
