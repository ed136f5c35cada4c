"""Caches of pages and of page fragments, purged when something that readers see changes.

Changes that send no signal, such as ``QuerySet.update()``, are announced with the functions here.
"""

from wagtail_careers.caches.collector import (
    purge_for_categories,
    purge_for_links,
    purge_for_pages,
    purge_for_traits,
)

__all__ = ["purge_for_categories", "purge_for_links", "purge_for_pages", "purge_for_traits"]
