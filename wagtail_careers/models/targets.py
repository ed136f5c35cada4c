"""The lookup of link targets in the database, for ``wagtail_careers.rich_text.targets``."""

from collections.abc import Iterable
from typing import Any

import swapper
from django.db.models import QuerySet
from wagtail.models import Locale

from wagtail_careers.conf import get_settings, has_languages
from wagtail_careers.models.link_check import LinkCheck
from wagtail_careers.models.shared_link import SharedLink
from wagtail_careers.rich_text.targets import Ids, Targets, parse_id


def find_targets(ids: Ids) -> Targets:
    """Return the targets of ``ids`` with one query for shared links and one for pages.

    A site with translations needs two more queries, and a site that shows dead links one more.
    """
    page_model = swapper.load_model("wagtailcore", "Page")
    shared_links = _in_bulk(SharedLink.objects.all(), ids.shared_links)
    pages = _in_bulk(page_model.objects.defer_streamfields().specific(defer=True), ids.pages)
    of_links: dict[Any, Any] = {}
    of_pages: dict[Any, Any] = {}
    if has_languages():
        of_links = _translations(SharedLink.objects.all(), shared_links.values())
        of_pages = _translations(page_model.objects.specific(defer=True), pages.values())
    dead_urls = _dead_urls([*shared_links.values(), *of_links.values()])
    return Targets(ids, shared_links, pages, of_links | of_pages, dead_urls)


def _in_bulk(queryset: QuerySet[Any], pks: frozenset[int]) -> dict[int, Any]:
    # A body can name an impossible key, which the database would refuse.
    possible = [pk for pk in pks if parse_id(pk) is not None]
    return {found.pk: found for found in queryset.filter(pk__in=possible)} if possible else {}


def _translations(queryset: QuerySet[Any], originals: Iterable[Any]) -> dict[Any, Any]:
    """Return the live equivalents of ``originals`` in the active locale, by model and key."""
    keys = {original.translation_key for original in originals}
    if not keys:
        return {}
    found = queryset.filter(translation_key__in=keys, locale=Locale.get_active(), live=True)
    return {(type(translation), translation.translation_key): translation for translation in found}


def _dead_urls(links: Iterable[SharedLink]) -> frozenset[str]:
    """Return the addresses of ``links`` that checks found dead and that editors do not ignore."""
    pks = {link.pk for link in links}
    if not pks or not get_settings().show_dead_links:
        return frozenset()
    checks = LinkCheck.objects.dead().not_ignored()
    return frozenset(checks.filter(shared_link__in=pks).values_list("url", flat=True))
