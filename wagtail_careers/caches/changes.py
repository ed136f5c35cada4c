"""What was changed, as values: small, whatever the number of pages that show it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from uuid import UUID


@dataclass(frozen=True)
class Changes:
    """Records that were changed, by primary key unless it says otherwise."""

    links: frozenset[int] = frozenset()
    traits: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    #: Pages whose title, address or liveness is another one.
    pages: frozenset[int] = frozenset()
    #: Those of them whose address changed, and with it the addresses of all below them.
    moved: frozenset[int] = frozenset()
    #: The keys of links and pages: a page that names one of them may show a translation.
    translation_keys: frozenset[UUID] = frozenset()
    #: Pages that are known themselves: they showed something that is gone, and so cannot be found
    #: by it any more, or other people may see them.
    shown_on: frozenset[int] = frozenset()
    #: Tree paths of pages that may list roles which changed.
    index_paths: frozenset[str] = frozenset()
    #: Full addresses under which pages are cached that changed themselves.
    urls: frozenset[str] = frozenset()


def merge(changes: Iterable[Changes]) -> Changes:
    """All of ``changes`` as one value."""
    every = list(changes)
    return Changes(
        **{
            field.name: frozenset().union(*(getattr(each, field.name) for each in every))
            for field in fields(Changes)
        }
    )
