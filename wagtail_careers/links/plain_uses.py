"""The pages that link to an address without a shared link, in their newest or live version."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import swapper

from wagtail_careers.links.plain_links import plain_links
from wagtail_careers.links.usage import live_content
from wagtail_careers.models import PlainLinkUse
from wagtail_careers.models.fields import digest


def pages_with_plain_links(addresses: Collection[str] | None = None) -> dict[str, set[int]]:
    """Return the primary keys of the pages with plain links to each address, or to ``addresses``.

    ``PlainLinkUse`` records the newest versions. Only live pages with a newer draft are read.
    """
    found: dict[str, set[int]] = defaultdict(set)
    uses = PlainLinkUse.objects.all()
    if addresses is not None:
        uses = uses.filter(address_hash__in=[digest(address) for address in addresses])
    for address, page in uses.values_list("address", "page_id"):
        found[address].add(page)
    if addresses is None or not found.keys() >= set(addresses):
        for address, page in _in_live_versions():
            if addresses is None or address in addresses:
                found[address].add(page)
    return dict(found)


def _in_live_versions() -> Iterator[tuple[str, int]]:
    pages: Any = swapper.load_model("wagtailcore", "Page").objects
    drafted = pages.live().filter(has_unpublished_changes=True, alias_of=None).order_by("pk")
    for page in drafted.specific().iterator(chunk_size=200):
        for link in plain_links(type(page), live_content(page)):
            yield link.address, page.pk
