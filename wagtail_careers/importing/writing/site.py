"""The state of the site while an import writes: its pages, shared links, slugs and redirects."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wagtail_careers.importing.planning.destination import Destination
from wagtail_careers.importing.planning.index import Index
from wagtail_careers.importing.roles.links import LinkBook
from wagtail_careers.models import ImportRecord


class SiteState:
    """The pages, shared links and slugs that exist, including those of this import.

    A role is added after its transaction has ended, never before. In a dry run, everything is
    decided and checked as in a real one, and nothing is written.
    """

    def __init__(
        self,
        destination: Destination,
        index: Index,
        links: LinkBook,
        *,
        media: Path | None = None,
        is_dry: bool = False,
    ) -> None:
        self.destination = destination
        self.index = index
        self.links = links
        self.media = media
        self.is_dry = is_dry
        #: By the key of their post.
        self.pages: dict[str, int] = dict(
            ImportRecord.objects.filter(page__isnull=False).values_list("key", "page_id")
        )
        #: By address.
        self.shared_links: dict[str, int] = {
            url: link.pk for url, link in destination.shared_links.items()
        }
        self.slugs = destination.slugs()
        #: Old paths that a dry run would redirect.
        self.planned_redirects: set[str] = set()

    def add(self, key: str, page: Any, shared_links: Mapping[str, int]) -> None:
        """Add the page of a post and the shared links that were created for it."""
        if page.pk:
            self.pages[key] = page.pk
        self.shared_links |= shared_links
        self.slugs.add(page.slug)

    def free_slug(self, slug: str) -> str:
        """Return ``slug``, with a number if a page has it already."""
        free, number = slug, 1
        while free in self.slugs:
            number += 1
            free = f"{slug[:245]}-{number}"
        return free
