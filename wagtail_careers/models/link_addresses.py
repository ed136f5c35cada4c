"""The lookup of shared links by address. The longest base URL wins."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q

from wagtail_careers.safe_url import MAX_DEEP_PATH, destinations_above, path_below


class Found(NamedTuple):
    """The shared link that an address belongs to, and the deep path that the address adds."""

    link: Any
    path: str


class SharedLinkQuerySet(models.QuerySet[Any]):
    def find(self, addresses: Iterable[str]) -> dict[str, Found]:
        """Return the link of each address that has one, in one query.

        For a link that was replaced, its successor is returned.
        """
        above = {address: destinations_above(address) for address in addresses}
        wanted = {key for keys in above.values() for key in keys}
        if not wanted:
            return {}
        # A base with a query is below more than its own path says. There are few.
        links = self.filter(Q(destination_key__in=wanted) | Q(destination_key__contains="?"))
        by_path: dict[str, list[Any]] = {}
        for link in sorted(links.select_related("successor__successor"), key=_precedence):
            by_path.setdefault(link.destination_key.partition("?")[0], []).append(link)
        found = {address: _find(address, keys, by_path) for address, keys in above.items()}
        return {address: each for address, each in found.items() if each is not None}


def _precedence(link: Any) -> tuple[bool, int, bool, int]:
    """Sort a link in use before a retired one, a base with a query before one without, etc."""
    query = link.destination_key.partition("?")[2]
    return link.successor_id is not None, -len(query), not link.live, link.pk


def _find(address: str, keys: list[str], by_path: dict[str, list[Any]]) -> Found | None:
    for key in reversed(keys):
        for link in by_path.get(key, ()):
            path = path_below(link.base_url, address)
            if path is not None and len(path) <= MAX_DEEP_PATH:
                return Found(link.current, path)
    return None
