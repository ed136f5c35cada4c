"""The ``<a>`` elements of a role: the attributes for each address of the source."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wagtail_careers.importing.planning.documents import name_of
from wagtail_careers.importing.reading.addresses import Address
from wagtail_careers.importing.roles.links import (
    DocumentTarget,
    PageTarget,
    PlainTarget,
    SharedTarget,
)
from wagtail_careers.importing.writing import records
from wagtail_careers.importing.writing.site import SiteState


@dataclass
class Anchors:
    """The links of one role, with the shared links that they use and create.

    Missing shared links are created, except in a dry run, and documents too if they ``may_add``
    them. ``is_waiting`` is true if the role links to a post that has no page yet.
    """

    site: SiteState
    address: str
    may_add: bool
    is_waiting: bool = False
    created: dict[str, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    #: The documents that the role links to, by old address.
    documents: dict[str, int] = field(default_factory=dict)

    def __call__(self, href: str) -> Mapping[str, str] | None:
        target = self.site.links.target(href, self.address, may_add=self.may_add)
        if isinstance(target, SharedTarget):
            attributes = {"linktype": "shared-link", "id": str(self._shared_link(target.base_url))}
            return {**attributes, "path": target.path} if target.path else attributes
        if isinstance(target, PageTarget):
            return self._page(target.key, href)
        if isinstance(target, DocumentTarget):
            return {"linktype": "document", "id": str(self._document(target.address))}
        return {"href": target.url} if isinstance(target, PlainTarget) else None

    def page(self, key: str) -> int | None:
        """Return the page of the post ``key``, or None while it has none."""
        pk = self.site.pages.get(key)
        if pk is None and key in self.site.index:
            self.is_waiting = True
        return pk

    def _page(self, key: str, href: str) -> Mapping[str, str] | None:
        pk = self.page(key)
        if pk is not None:
            return {"linktype": "page", "id": str(pk)}
        # Until the page exists, the link keeps its old address.
        address = self.site.links.address(href, self.address)
        return {"href": address} if address else None

    def _document(self, address: Address) -> int:
        pk = self.site.library.document(address)
        self.documents[name_of(address)] = pk
        return pk

    def _shared_link(self, base_url: str) -> int:
        pk = self.site.shared_links.get(base_url) or self.created.get(base_url)
        if pk is None:
            locale = self.site.destination.parent.locale
            link = records.shared_link_for(self.site.links.bases[base_url], locale)
            if self.site.is_dry and not link.pk:
                return 0
            pk = records.saved(link).pk
            self.created[base_url] = pk
        self.used.add(pk)
        return pk
