"""New versions of the pages that show a change, and their purge from front-end caches."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.contrib.frontend_cache.utils import PurgeBatch, purge_urls_from_cache

from wagtail_careers.caches.changes import Changes
from wagtail_careers.caches.showing import live_indexes, live_pages_showing
from wagtail_careers.models import AbstractRoleIndexPage, RolePageMixin, SurroundingsMixin

#: The Wagtail settings that configure a front-end cache.
FRONTEND_CACHE_SETTINGS = ("WAGTAILFRONTENDCACHE", "WAGTAILFRONTENDCACHE_LOCATION")


def refresh(changes: Changes) -> None:
    """Version and purge the live pages that show ``changes``, and the index pages above them.

    A new version gives a new key to fragments cached by ``{% wagtailpagecache %}``. Pages are
    purged only if the site has a front-end cache.
    """
    now = timezone.now()
    urls = set(changes.urls)
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
    _purge(urls)


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
    return isinstance(page, AbstractRoleIndexPage)


def _refresh(pages: Sequence[Any], now: datetime) -> set[str]:
    """Version and purge ``pages``, and return the purged addresses."""
    _version(pages, now)
    sites = PurgeBatch()  # Wagtail caches the addresses of sites on this object.
    urls = {url for page in pages for url in cached_urls(page, sites)}
    _purge(urls)
    return urls


def _purge(urls: set[str]) -> None:
    if any(getattr(settings, name, None) for name in FRONTEND_CACHE_SETTINGS):
        purge_urls_from_cache(urls)


def _version(pages: Sequence[Any], now: datetime) -> None:
    """Set the time of the change by an update: no signal, no revision, no unpublished content."""
    by_model: dict[type[Any], list[int]] = {}
    for page in pages:
        if isinstance(page, SurroundingsMixin):
            by_model.setdefault(type(page), []).append(page.pk)
    for model, pks in by_model.items():
        model._default_manager.filter(pk__in=pks).update(surroundings_changed_at=now)
