"""New versions of the pages that show a change, and their purge from front-end caches."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.contrib.frontend_cache.utils import PurgeBatch

from wagtail_careers.caches import purging
from wagtail_careers.caches.changes import Changes
from wagtail_careers.caches.showing import live_indexes, live_pages_showing, moved_pages
from wagtail_careers.models import RoleIndexPageMixin, RolePageMixin, SurroundingsMixin


def refresh(changes: Changes) -> None:
    """Version and purge the live pages that show ``changes``, and the index pages above them.

    A new version gives a new key to fragments cached by ``{% wagtailpagecache %}``. Pages are
    purged only if the site has a front-end cache.
    """
    now = timezone.now()
    urls = set(changes.urls)
    if purging.is_configured():
        urls |= _moved_urls(changes)
    index_paths = set(changes.index_paths)
    for pages in live_pages_showing(changes):
        index_paths.update(parent_path(page) for page in pages if isinstance(page, RolePageMixin))
        # Index pages come last: several roles can share one, and it may show the change itself.
        index_paths.update(page.path for page in pages if _is_index(page))
        urls -= _refresh([page for page in pages if not _is_index(page)], now)
        # Free this chunk before the next one is loaded.
        del pages
    for pages in live_indexes(index_paths):
        urls -= _refresh(pages, now)
    purging.purge(urls)


def parent_path(page: Any) -> str:
    """Return the tree path of the page above ``page``."""
    path: str = page.path
    return path[: -page.steplen]


def cached_urls(page: Any, cache_object: Any = None) -> list[str]:
    """Return the full addresses under which a specific page is cached.

    The same as in ``PurgeBatch.add_page()``, which would leave each page with a reference to
    itself, so that memory grows until the garbage collector runs.
    """
    url = page.get_full_url(cache_object)
    return [url + path.lstrip("/") for path in page.get_cached_paths()] if url else []


def _is_index(page: Any) -> bool:
    return isinstance(page, RoleIndexPageMixin)


def _refresh(pages: Sequence[Any], now: datetime) -> set[str]:
    """Version and purge ``pages``, and return the purged addresses."""
    _version(pages, now)
    if not purging.is_configured():
        return set()
    sites = PurgeBatch()  # Wagtail caches the addresses of sites on this object.
    urls = {url for page in pages for url in cached_urls(page, sites)}
    purging.purge(urls)
    return urls


def _moved_urls(changes: Changes) -> set[str]:
    """Return the old and new addresses of moved and renamed pages, and of all pages below them.

    A redirect or an error can be cached at a new address.
    """
    sites, urls = PurgeBatch(), set()
    for old_path, new_path, pages in moved_pages(changes.old_paths):
        for page in pages:
            urls.update(cached_urls(page, sites))
            page.url_path = old_path + page.url_path.removeprefix(new_path)
            urls.update(cached_urls(page, sites))
    return urls


def _version(pages: Sequence[Any], now: datetime) -> None:
    """Set the time of the change by an update: no signal, no revision, no unpublished content."""
    by_model: dict[type[Any], list[int]] = {}
    for page in pages:
        if isinstance(page, SurroundingsMixin):
            by_model.setdefault(type(page), []).append(page.pk)
    for model, pks in by_model.items():
        model._default_manager.filter(pk__in=pks).update(surroundings_changed_at=now)
