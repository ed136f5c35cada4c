"""What a run knows while it writes: pages and links that are there, and those it has made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wagtail_careers.importing.planning.destination import Destination
from wagtail_careers.importing.planning.index import Index
from wagtail_careers.importing.planning.plan import Action
from wagtail_careers.importing.roles.links import LinkBook, PageTarget, PlainTarget, SharedTarget
from wagtail_careers.importing.writing import records
from wagtail_careers.models import ImportRecord


class Known:
    """The state of a run. Nothing is added to it before its transaction has ended."""

    def __init__(
        self, destination: Destination, index: Index, links: LinkBook, media: Path | None = None
    ) -> None:
        self.destination = destination
        self.index = index
        self.links = links
        self.media = media
        self.pages: dict[str, int] = dict(
            ImportRecord.objects.filter(page__isnull=False).values_list("key", "page_id")
        )
        #: By address.
        self.shared_links: dict[str, int] = {
            url: link.pk for url, link in destination.shared_links.items()
        }
        self.slugs = destination.slugs()

    def remember(self, action: Action, page: Any, anchors: "Anchors") -> None:
        """Take in a role that is sure to be there now."""
        self.pages[action.draft.key] = page.pk
        self.shared_links |= anchors.created
        self.slugs.add(page.slug)

    def free_slug(self, slug: str) -> str:
        """``slug``, or with a number where a page has it already."""
        free, number = slug, 1
        while free in self.slugs:
            number += 1
            free = f"{slug[:245]}-{number}"
        return free


@dataclass
class Anchors:
    """The ``<a>`` of each address of one role, and what was needed for them.

    It creates the shared links that are missing; when it is ``dry``, it stands in for them.
    """

    known: Known
    address: str
    dry: bool = False
    is_waiting: bool = False
    created: dict[str, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def __call__(self, href: str) -> Mapping[str, str] | None:
        target = self.known.links.target(href, self.address)
        if isinstance(target, SharedTarget):
            attributes = {"linktype": "shared-link", "id": str(self._shared_link(target.base_url))}
            return {**attributes, "path": target.path} if target.path else attributes
        if isinstance(target, PageTarget):
            return self._page(target.key, href)
        return {"href": target.url} if isinstance(target, PlainTarget) else None

    def page(self, key: str) -> int | None:
        """The page of the post ``key``; None while there is none."""
        pk = self.known.pages.get(key)
        if pk is None and key in self.known.index:
            self.is_waiting = True
        return pk

    def _page(self, key: str, href: str) -> Mapping[str, str] | None:
        pk = self.page(key)
        if pk is not None:
            return {"linktype": "page", "id": str(pk)}
        # The old address until there is a page.
        address = self.known.links.address(href, self.address)
        return {"href": address} if address else None

    def _shared_link(self, base_url: str) -> int:
        pk = self.known.shared_links.get(base_url) or self.created.get(base_url)
        if pk is None and self.dry:
            return 0
        if pk is None:
            locale = self.known.destination.parent.locale
            pk = records.create_shared_link(self.known.links.bases[base_url], locale).pk
            self.created[base_url] = pk
        self.used.add(pk)
        return pk
