"""The completeness of a role page, read from the raw data of its body."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from wagtail.blocks import StreamBlock

from wagtail_careers.blocks.language import LANGUAGE_KEY
from wagtail_careers.blocks.registry import sections_of
from wagtail_careers.text import has_text

_NO_CONTENT = ("title", LANGUAGE_KEY)


class Completeness(NamedTuple):
    """The sections that count for completeness, by name.

    ``empty`` contains sections that are on the page without text, and ``unused`` those that are
    not on the page.
    """

    written: tuple[str, ...]
    empty: tuple[str, ...]
    unused: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not (self.empty or self.unused)


def completeness(body: StreamBlock, raw_body: Iterable[Mapping[str, Any]]) -> Completeness:
    """Return the completeness of a stream's raw data; ``body`` is the block of the stream."""
    raw_body = list(raw_body)
    used = {child["type"] for child in raw_body}
    written = {child["type"] for child in raw_body if is_written(child["value"])}
    counted = [each.name for each in sections_of(body).values() if each.counts_for_completeness]
    return Completeness(
        written=tuple(name for name in counted if name in written),
        empty=tuple(name for name in counted if name in used - written),
        unused=tuple(name for name in counted if name not in used),
    )


def is_written(section: Any) -> bool:
    """Return whether a section, given as raw data, has more than its title and its language."""
    if isinstance(section, Mapping):
        return any(
            _says_something(value) for name, value in section.items() if name not in _NO_CONTENT
        )
    return _says_something(section)


def _says_something(value: Any) -> bool:
    return has_text(value) if isinstance(value, str) else bool(value)
