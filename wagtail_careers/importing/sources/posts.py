"""Posts as plain values, before any page exists."""

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
class Post:
    """A post of the old site, with its ``content`` as WordPress stored it.

    ``key`` identifies it in this import and in later ones. ``source`` names the file or item.
    ``published_at`` may be naive, because WordPress often omits the time zone.
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
class Refusal:
    """An entry of a source that cannot be imported, with the reason."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry of a source that is not meant to be a role."""

    source: str
    title: str
    reason: str


SourceEntry = Post | Refusal | Skipped
