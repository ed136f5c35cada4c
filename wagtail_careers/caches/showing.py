"""The live pages that show a change, in chunks of a fixed size."""

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any, TypeVar

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Q
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from wagtail_careers.caches.changes import Changes
from wagtail_careers.conf import has_languages
from wagtail_careers.models import (
    LinkUse,
    RoleCategory,
    RoleIndexPageMixin,
    RoleTrait,
    SharedLink,
)
from wagtail_careers.models.page_type import page_type
from wagtail_careers.role_models import role_page_models

#: The number of pages that are looked up, versioned and purged at a time.
CHUNK = 1000
#: The number of conditions in one query. SQLite allows a thousand parts in an expression.
CONDITIONS = 200

Item = TypeVar("Item")


def live_pages_showing(changes: Changes) -> Iterator[list[Any]]:
    """Yield the live pages that show one of ``changes``, each once, as specific pages.

    Their streams are deferred.
    """
    shown_on = _shown_on(changes)
    if shown_on is not None:
        yield from _chunks(_live_pages().filter(pk__in=shown_on))
    for pks in _slices(sorted(changes.shown_on), CHUNK):
        pages = _live_pages().filter(pk__in=pks)
        yield _load(pages if shown_on is None else pages.exclude(pk__in=shown_on))


def live_indexes(paths: Iterable[str]) -> Iterator[list[Any]]:
    """Yield the live index pages among the pages with these tree paths."""
    for some in _slices(sorted(paths), CHUNK):
        yield _load(_live_pages().filter(path__in=some).type(RoleIndexPageMixin))


def moved_pages(old_paths: Iterable[tuple[int, str]]) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield the old and the new ``url_path`` of moved pages, with live pages that they affect.

    ``old_paths`` are the primary keys of the moved pages with their old paths. The live pages are
    they themselves and all pages below them.
    """
    for pk, old_path in sorted(old_paths):
        moved = _page_model().objects.filter(pk=pk).first()
        if moved is not None and moved.url_path != old_path:
            for pages in _chunks(moved.get_descendants(inclusive=True).live()):
                yield old_path, moved.url_path, pages


def pages_referring_to(page_pks: Collection[int]) -> Any:
    """Return the primary keys of the pages whose published content links to one of the pages."""
    return _referring_pages(_page_model(), [str(pk) for pk in page_pks])


def _shown_on(changes: Changes) -> Any:
    """Return a query for the primary keys of all pages that show ``changes``; None if none can."""
    sources = [*_by_links(changes), *_by_pages(changes), *_by_records(changes)]
    if len(sources) < 2:
        return sources[0] if sources else None
    # A union of indexed lookups. With an OR in one query, databases would read all pages.
    return sources[0].union(*sources[1:])


def _by_links(changes: Changes) -> Iterator[Any]:
    pks = changes.links | _translations(SharedLink, changes)
    if pks:
        yield _referring_pages(SharedLink, [str(pk) for pk in pks])
        # If a worker updates the reference index, it may not include a new page yet.
        uses = LinkUse.objects.filter(shared_link__in=pks, page__has_unpublished_changes=False)
        yield uses.values_list("page_id", flat=True)


def _by_pages(changes: Changes) -> Iterator[Any]:
    if pks := changes.pages | _translations(_page_model(), changes):
        yield pages_referring_to(pks)
    # Roles and index pages show the titles and addresses of all pages above them.
    for below in _below(changes.pages):
        ours = below.type(*role_page_models(), RoleIndexPageMixin)
        yield ours.values_list("pk", flat=True)
    for below in _below(changes.moved):
        yield _referring_pages(_page_model(), below.values_list(Cast("pk", CharField())))


def _by_records(changes: Changes) -> Iterator[Any]:
    if changes.traits:
        yield RoleTrait.objects.filter(trait__in=changes.traits).values_list("page_id", flat=True)
    if categories := changes.categories | _translations(RoleCategory, changes):
        for model in role_page_models():
            pages = model.objects.filter(category__in=categories)
            yield pages.order_by().values_list("pk", flat=True)


def _below(pks: Collection[int]) -> Iterator[Any]:
    """Yield queries for all pages below those with ``pks``."""
    if not pks:
        return
    parents = _page_model().objects.filter(pk__in=pks, numchild__gt=0)
    for some in _slices(list(parents.values_list("path", "depth")), CONDITIONS):
        conditions = [Q(path__startswith=path, depth__gt=depth) for path, depth in some]
        yield _page_model().objects.order_by().filter(reduce(or_, conditions))


def _referring_pages(model: Any, object_ids: Any) -> Any:
    references = ReferenceIndex.objects.filter(
        base_content_type=page_type(),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=object_ids,
    )
    return references.values_list(Cast("object_id", BigIntegerField()), flat=True)


def _translations(model: Any, changes: Changes) -> frozenset[int]:
    """Return the objects that a page may mention and show a changed translation of, by key."""
    if not (changes.translation_keys and has_languages()):
        return frozenset()
    found = model.objects.filter(translation_key__in=changes.translation_keys)
    return frozenset(found.values_list("pk", flat=True))


def _chunks(pages: Any) -> Iterator[list[Any]]:
    """Yield ``pages`` in chunks by primary key, each after the last key of the one before."""
    last = 0
    while chunk := _load(pages.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        yield chunk
        # Free this chunk before the next one is loaded.
        del chunk


def _live_pages() -> Any:
    return _page_model().objects.live()


def _load(pages: Any) -> list[Any]:
    return list(pages.defer_streamfields().specific())


def _page_model() -> Any:
    return swapper.load_model("wagtailcore", "Page")


def _slices(items: list[Item], size: int) -> Iterator[list[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
