"""Caches in front of pages and fragments of pages: told of what changes what readers see.

What signals cannot see, such as ``QuerySet.update()``, is announced with the functions here.
"""

from wagtail_careers.caches.collector import (
    purge_for_categories,
    purge_for_links,
    purge_for_pages,
    purge_for_traits,
)

__all__ = ["purge_for_categories", "purge_for_links", "purge_for_pages", "purge_for_traits"]
