"""Changes as values, which stay small however many pages show what has changed."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID


class Changes(NamedTuple):
    """Changed records, by primary key unless stated otherwise."""

    links: frozenset[int] = frozenset()
    traits: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    #: Pages whose title or address changed, or that went live or stopped being live.
    pages: frozenset[int] = frozenset()
    #: The pages among them whose address changed, and with it the addresses of all pages below.
    moved: frozenset[int] = frozenset()
    #: Moved and renamed pages, each with a former ``url_path``, which may still be cached.
    old_paths: frozenset[tuple[int, str]] = frozenset()
    #: Keys of changed links, pages and categories: a page that names one of them may show a
    #: translation.
    translation_keys: frozenset[UUID] = frozenset()
    #: Affected pages that a query can no longer find: they showed something that is now deleted,
    #: or their view restrictions changed.
    shown_on: frozenset[int] = frozenset()
    #: Tree paths of pages that may list changed roles.
    index_paths: frozenset[str] = frozenset()
    #: Full cached addresses of pages that changed themselves.
    urls: frozenset[str] = frozenset()


def merge(changes: Iterable[Changes]) -> Changes:
    """Return all of ``changes`` as one value."""
    every = list(changes)
    return Changes(
        **{
            name: frozenset().union(*(getattr(each, name) for each in every))
            for name in Changes._fields
        }
    )
