"""Web addresses taken apart: the shared link that an address belongs to, and the deep path."""

from collections.abc import Iterable
from typing import Any

from wagtail_careers.models import SharedLink
from wagtail_careers.models.link_addresses import Found

__all__ = ["Found", "find_links"]


def find_links(addresses: Iterable[str], locale: Any = None) -> dict[str, Found]:
    """Return the shared link of each address that has one, in one query.

    If an address is below several links, the one with the longest base URL wins. For a link that
    was replaced, its successor is returned. With ``locale``, only links in that language are found.
    """
    links = SharedLink.objects.all()
    return (links if locale is None else links.filter(locale=locale)).find(addresses)
