"""The state of the site while an import writes: its pages, shared links, slugs and redirects."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Site

from wagtail_careers.importing.planning.destination import Destination
from wagtail_careers.importing.planning.index import Index
from wagtail_careers.importing.roles.links import LinkBook
from wagtail_careers.importing.sources.posts import Term
from wagtail_careers.importing.writing.media import Library
from wagtail_careers.models import ImportRecord, RoleCategory


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
        library: Library,
        *,
        is_dry: bool = False,
    ) -> None:
        self.destination = destination
        self.index = index
        self.links = links
        self.library = library
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
        #: The saved ones, by their term in the source and whether they are an apprenticeship.
        self.categories: dict[tuple[Term, bool], RoleCategory] = {}
        #: The last number after a slug that was not free.
        self._numbers: defaultdict[str, int] = defaultdict(lambda: 1)
        #: Old paths that a dry run would redirect, each with its site.
        self.planned_redirects: set[tuple[str, int | None]] = set()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write one role with its files, or nothing of it.

        A dry run does without a transaction, as on a read-only database.
        """
        if self.is_dry:
            yield
            return
        with self.library.keeping_files(), transaction.atomic():
            yield

    def add(self, key: str, page: Any, shared_links: Mapping[str, int]) -> None:
        """Add the page of a post and the shared links that were created for it."""
        if page.pk:
            self.pages[key] = page.pk
        self.shared_links |= shared_links
        self.slugs.add(page.slug)

    def free_slug(self, slug: str, key: str) -> str:
        """Return ``slug`` for the page of the post ``key``, with a number if it is not free.

        It is not free if a page has it, or if it would make the address that another post had.
        """
        free = slug
        while free in self.slugs or self.index.post_at(self._path_of(free)) not in (None, key):
            self._numbers[slug] += 1
            free = f"{slug[:245]}-{self._numbers[slug]}"
        return free

    def sites_at(self, host: str) -> list[int]:
        """Return the keys of the sites with this host name, without regard to ``www.``."""
        return self._sites.get(host, [])

    @cached_property
    def _sites(self) -> dict[str, list[int]]:
        sites: defaultdict[str, list[int]] = defaultdict(list)
        for pk, name in Site.objects.order_by("pk").values_list("pk", "hostname"):
            sites[name.removeprefix("www.")].append(pk)
        return dict(sites)

    def has_page(self, slug: str) -> bool:
        """Return True if a page below the parent has ``slug``, also one of this dry run."""
        return slug in self.slugs

    def _path_of(self, slug: str) -> str:
        return f"{urlsplit(self.destination.parent.url or '').path}{slug}"
