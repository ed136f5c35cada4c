"""What the links of a body point at: found in bulk, once for each rendering.

A body holds ids of shared links and pages in its rich text and in its blocks. Looking them
up where they stand would cost queries for each block; instead the raw body is walked once,
and whoever renders a part of it reads from the result (``targets_of``).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import swapper
from django.apps import apps
from django.conf import settings
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from wagtail_careers.conf import get_settings

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.models import Page

    from wagtail_careers.models import SharedLink

Target = TypeVar("Target", "SharedLink", "Page")

#: Names under which our blocks store the ids of what they choose.
SHARED_LINK_KEY = "shared_link"
PAGE_KEY = "page"

#: What a link in prose becomes that leads to one of ``Targets.dead_urls``.
DEAD_TAG = "<a data-careers-dead>"

#: The largest number that databases keep in a primary key: one of 64 bits, with its sign.
MAX_KEY = 2**63 - 1


@dataclass(frozen=True)
class Ids:
    """The primary keys that a raw body mentions."""

    shared_links: frozenset[int] = frozenset()
    pages: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Targets:
    """The objects behind ``ids``, by primary key, live or not; missing ones are left out.

    ``translations`` holds the live equivalents in the reader's language, by translation
    key; it is empty unless the site has ``WAGTAIL_I18N_ENABLED``. ``dead_urls`` are addresses
    that readers are not sent to; it is empty unless the site has ``SHOW_DEAD_LINKS``.
    """

    ids: Ids
    shared_links: "Mapping[int, SharedLink]"
    pages: "Mapping[int, Page]"
    translations: Mapping[Any, Any]
    dead_urls: frozenset[str]

    def live_shared_link(self, pk: int) -> "SharedLink | None":
        return self._for_reader(self.shared_links.get(pk))

    def live_page(self, pk: int) -> "Page | None":
        return self._for_reader(self.pages.get(pk))

    def _for_reader(self, target: "Target | None") -> "Target | None":
        if target is None:
            return None
        translation: Target | None = self.translations.get((type(target), target.translation_key))
        return translation or (target if target.live else None)


_current: ContextVar[Targets | None] = ContextVar("wagtail_careers_targets", default=None)


def targets_of(ids: Ids) -> Targets:
    """The targets of the body that is being rendered, if they cover ``ids``; else those found."""
    targets = _current.get()
    if (
        targets is not None
        and ids.shared_links <= targets.ids.shared_links
        and ids.pages <= targets.ids.pages
    ):
        return targets
    return find_targets(ids)


@contextmanager
def resolving(raw_body: Iterable[Any]) -> Iterator[Targets]:
    """Look up all that ``raw_body`` links to, for ``targets_of`` to answer from meanwhile."""
    targets = find_targets(collect_ids(raw_body))
    token = _current.set(targets)
    try:
        yield targets
    finally:
        _current.reset(token)


def collect_ids(raw: Any) -> Ids:
    """The ids in a stream's raw data: a list of dictionaries as StreamField stores it."""
    found: dict[str, set[int]] = {SHARED_LINK_KEY: set(), PAGE_KEY: set()}
    _collect(raw, found)
    return Ids(frozenset(found[SHARED_LINK_KEY]), frozenset(found[PAGE_KEY]))


def find_targets(ids: Ids) -> Targets:
    """One query for the shared links and one for the pages (two more with translations).

    One more finds the dead among the shared links, where the site shows them.
    """
    shared_link_model = apps.get_model("wagtail_careers", "SharedLink")
    page_model = swapper.load_model("wagtailcore", "Page")
    shared_links = _in_bulk(shared_link_model.objects.all(), ids.shared_links)
    pages = _in_bulk(page_model.objects.defer_streamfields().specific(defer=True), ids.pages)
    of_links: dict[Any, Any] = {}
    of_pages: dict[Any, Any] = {}
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        of_links = _translations(shared_link_model.objects.all(), shared_links.values())
        of_pages = _translations(page_model.objects.specific(defer=True), pages.values())
    dead_urls = _dead_urls([*shared_links.values(), *of_links.values()])
    return Targets(ids, shared_links, pages, of_links | of_pages, dead_urls)


def parse_id(text: Any) -> int | None:
    """A primary key as rich text holds it; None when it is none."""
    try:
        pk = int(text)
    except (TypeError, ValueError):
        return None
    # A number that no key can be would be an error of the database.
    return pk if 0 < pk <= MAX_KEY else None


def _collect(raw: Any, found: dict[str, set[int]]) -> None:
    if isinstance(raw, str):
        if "linktype" in raw:
            _collect_from_rich_text(raw, found)
    elif isinstance(raw, Mapping):
        for key, value in raw.items():
            if key in found and isinstance(value, int):
                found[key].add(value)
            else:
                _collect(value, found)
    elif isinstance(raw, Iterable):
        for value in raw:
            _collect(value, found)


def _collect_from_rich_text(html: str, found: dict[str, set[int]]) -> None:
    keys = {"shared-link": SHARED_LINK_KEY, "page": PAGE_KEY}
    for match in FIND_A_TAG.finditer(html):
        attrs = extract_attrs(match.group(1))
        key = keys.get(attrs.get("linktype", ""))
        pk = parse_id(attrs.get("id"))
        if key and pk is not None:
            found[key].add(pk)


def _in_bulk(queryset: "QuerySet[Any]", pks: frozenset[int]) -> dict[int, Any]:
    if not pks:
        return {}
    return {found.pk: found for found in queryset.filter(pk__in=pks)}


def _translations(queryset: "QuerySet[Any]", originals: Iterable[Any]) -> dict[Any, Any]:
    """The live equivalents of ``originals`` in the active locale, by model and key."""
    from wagtail.models import Locale

    keys = {original.translation_key for original in originals}
    if not keys:
        return {}
    found = queryset.filter(translation_key__in=keys, locale=Locale.get_active(), live=True)
    return {(type(translation), translation.translation_key): translation for translation in found}


def _dead_urls(links: "Iterable[SharedLink]") -> frozenset[str]:
    """The addresses made of ``links`` that checks found dead, unless editors ignore that."""
    pks = {link.pk for link in links}
    if not pks or not get_settings().show_dead_links:
        return frozenset()
    checks = apps.get_model("wagtail_careers", "LinkCheck").objects.dead().not_ignored()
    return frozenset(checks.filter(shared_link__in=pks).values_list("url", flat=True))
