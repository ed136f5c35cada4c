"""Collects the changes of a transaction, and purges caches once, when it is committed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import local
from typing import Any
from weakref import WeakSet

from django.db import transaction

from wagtail_careers.caches.changes import Changes, merge
from wagtail_careers.caches.refresh import parent_path, refresh
from wagtail_careers.models import RoleCategory, SharedLink, Trait

#: How many changes wait at most, so that a process that is killed leaves few pages stale.
MAX_HELD = 50


class _PendingChange:
    """A recorded change that waits for the commit.

    The only strong reference is in Django's list of functions to call on commit. When a
    transaction or a savepoint is rolled back, Django drops that reference, and the change
    disappears from our set too.
    """

    numbers = count()

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.number = next(self.numbers)

    def flush(self) -> None:
        """Refresh pages for this change and all later ones, unless an earlier one has done so."""
        if self in _pending():
            due = [pending for pending in _pending() if pending.number >= self.number]
            _pending().difference_update(due)
            changes = merge(pending.changes for pending in due)
            held: list[Changes] | None = getattr(_threads, "held", None)
            if held is None:
                refresh(changes)
            else:
                held.append(changes)
                if len(held) == MAX_HELD:
                    changes = merge(held)
                    held.clear()
                    refresh(changes)


# Each thread has its own connection, and so its own transactions.
_threads = local()


@contextmanager
def purging_once() -> Iterator[None]:
    """Purge caches once for many changes within, which may be of many transactions.

    Without it, an import of a thousand roles would purge the page that lists them a thousand times.
    """
    if getattr(_threads, "held", None) is not None:
        yield
        return
    held: list[Changes] = []
    _threads.held = held
    try:
        yield
    finally:
        _threads.held = None
        if held:
            record(merge(held))


def _pending() -> WeakSet[_PendingChange]:
    if not hasattr(_threads, "pending"):
        _threads.pending = WeakSet()
    pending: WeakSet[_PendingChange] = _threads.pending
    return pending


def record(changes: Changes) -> None:
    """Queue ``changes`` for purging on commit, or purge at once outside a transaction."""
    pending_change = _PendingChange(changes)
    _pending().add(pending_change)
    # Robust, because a failing cache must not turn a saved page into an error.
    transaction.on_commit(pending_change.flush, robust=True)


def purge_for_links(links: Iterable[SharedLink]) -> None:
    """Refresh the pages that show ``links``, as saving the links would."""
    links = list(links)
    record(
        Changes(
            links=frozenset(link.pk for link in links),
            translation_keys=frozenset(link.translation_key for link in links),
        )
    )


def purge_for_traits(traits: Iterable[Trait]) -> None:
    """Refresh the pages that ask for ``traits``, as saving the traits would."""
    record(Changes(traits=frozenset(trait.pk for trait in traits)))


def purge_for_categories(categories: Iterable[RoleCategory]) -> None:
    """Refresh the roles in ``categories``, as saving the categories would."""
    categories = list(categories)
    record(
        Changes(
            categories=frozenset(category.pk for category in categories),
            translation_keys=frozenset(category.translation_key for category in categories),
        )
    )


def purge_for_pages(pages: Iterable[Any]) -> None:
    """Refresh the pages that show the titles or addresses of ``pages``, or of pages below them.

    These are the roles that link to them, the index pages that list them, and the roles below
    them. ``pages`` themselves are not included, because Wagtail purges them.
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
