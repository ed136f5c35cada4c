"""How much of a role page is written, read from the raw data of its body."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail_careers.prose import has_text

#: The named sections, in the order in which a new page has them.
SECTIONS = (
    "heading",
    "person_spec",
    "duties",
    "training",
    "application_links",
    "progression",
)


@dataclass(frozen=True)
class Completeness:
    """The named sections that say something, and those that do not or are absent."""

    written: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def completeness(raw_body: Iterable[Mapping[str, Any]]) -> Completeness:
    """Sort the named sections of a stream's raw data into written and missing ones."""
    written = {child["type"] for child in raw_body if is_written(child["value"])}
    return Completeness(
        written=tuple(name for name in SECTIONS if name in written),
        missing=tuple(name for name in SECTIONS if name not in written),
    )


def is_written(section: Mapping[str, Any]) -> bool:
    """Whether a section has more than its title: some text, a link or a step."""
    return any(
        has_text(value) if isinstance(value, str) else value
        for name, value in section.items()
        if name != "title"
    )
