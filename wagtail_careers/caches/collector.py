"""Collects what a transaction changes, and has the caches told once, when it is committed."""

from collections.abc import Iterable
from itertools import count
from threading import local
from typing import Any
from weakref import WeakSet

from django.db import transaction

from wagtail_careers.caches.changes import Changes, merge
from wagtail_careers.caches.refresh import parent_path, refresh
from wagtail_careers.models import RoleCategory, SharedLink, Trait


class _Entry:
    """One recorded change.

    Only Django keeps it alive, in the list of what is to be called after the commit. When a
    transaction or a savepoint is rolled back, Django forgets it, and so do we.
    """

    numbers = count()

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.number = next(self.numbers)

    def flush(self) -> None:
        """Refresh for this entry and all after it; nothing, if an earlier one has done so."""
        if self in _pending():
            due = [entry for entry in _pending() if entry.number >= self.number]
            _pending().difference_update(due)
            refresh(merge(entry.changes for entry in due))


# Transactions belong to a thread's own connection.
_threads = local()


def _pending() -> WeakSet[_Entry]:
    if not hasattr(_threads, "pending"):
        _threads.pending = WeakSet()
    pending: WeakSet[_Entry] = _threads.pending
    return pending


def record(changes: Changes) -> None:
    """Have caches told of ``changes`` after the commit, together with the others; else at once."""
    entry = _Entry(changes)
    _pending().add(entry)
    # Robust: a cache that fails must not turn a page that was saved into an error.
    transaction.on_commit(entry.flush, robust=True)


def purge_for_links(links: Iterable[SharedLink]) -> None:
    """Refresh the pages that show ``links``, as saving them does."""
    links = list(links)
    record(
        Changes(
            links=frozenset(link.pk for link in links),
            translation_keys=frozenset(link.translation_key for link in links),
        )
    )


def purge_for_traits(traits: Iterable[Trait]) -> None:
    """Refresh the pages that ask for ``traits``, as saving them does."""
    record(Changes(traits=frozenset(trait.pk for trait in traits)))


def purge_for_categories(categories: Iterable[RoleCategory]) -> None:
    """Refresh the roles of ``categories``, as saving them does."""
    record(Changes(categories=frozenset(category.pk for category in categories)))


def purge_for_pages(pages: Iterable[Any]) -> None:
    """Refresh what shows the titles or addresses of ``pages`` or of the pages below them.

    That is the roles that link to them, the index pages that list them, and the roles below
    them. Not ``pages`` themselves: Wagtail does that.
    """
    pages = list(pages)
    pks = frozenset(page.pk for page in pages)
    record(
        Changes(
            pages=pks,
            moved=pks,
            translation_keys=frozenset(page.translation_key for page in pages),
            index_paths=frozenset(parent_path(page) for page in pages),
        )
    )
