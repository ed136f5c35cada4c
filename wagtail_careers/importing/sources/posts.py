"""What a source was read into: plain values, before any page exists."""

from dataclasses import dataclass
from datetime import datetime


class SourceError(Exception):
    """A source that cannot be read. The message is one line, for the person who imports."""


@dataclass(frozen=True, slots=True)
class Term:
    """A category of the old site."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A post of the old site, with its ``content`` as WordPress stored it.

    ``key`` tells it apart from all others, in this run and in later ones. ``source`` says
    where it was found. ``published_at`` may be naive: WordPress often leaves the zone out.
    """

    key: str
    source: str
    title: str
    content: str
    post_id: str = ""
    permalink: str = ""
    slug: str = ""
    published_at: datetime | None = None
    author: str = ""
    excerpt: str = ""
    status: str = "publish"
    kind: str = "post"
    categories: tuple[Term, ...] = ()

    @property
    def is_public(self) -> bool:
        return self.status == "publish"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of a source that was refused, and why."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry of a source that is no role and not meant to be one."""

    source: str
    title: str
    reason: str


Reading = Draft | Problem | Skipped
