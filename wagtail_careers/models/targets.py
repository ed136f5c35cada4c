"""The lookup of link targets in the database, for ``wagtail_careers.rich_text.targets``."""

from collections.abc import Iterable
from typing import Any

import swapper
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import Locale, PageViewRestriction

from wagtail_careers.conf import get_settings, has_languages
from wagtail_careers.models.link_check import LinkCheck
from wagtail_careers.models.shared_link import SharedLink
from wagtail_careers.rich_text.targets import Ids, Targets, parse_id


def find_targets(ids: Ids, shown_on: str = "") -> Targets:
    """Return the targets of ``ids`` with one query for shared links and one for pages.

    ``shown_on`` is the tree path of the page that shows them. View restrictions that it is under
    itself do not make its targets private: all its readers have passed them. A site with
    translations needs two more queries, and a site that shows dead links one more.
    """
    page_model = swapper.load_model("wagtailcore", "Page")
    shared_links = _in_bulk(SharedLink.objects.all(), ids.shared_links)
    all_pages = page_model.objects.annotate(is_private=_is_private(shown_on))
    pages = _in_bulk(all_pages.defer_streamfields().specific(defer=True), ids.pages)
    of_links: dict[Any, Any] = {}
    of_pages: dict[Any, Any] = {}
    if has_languages():
        of_links = _translations(SharedLink.objects.all(), shared_links.values())
        of_pages = _translations(all_pages.specific(defer=True), pages.values())
    dead_urls = _dead_urls([*shared_links.values(), *of_links.values()])
    private = {page.pk for page in [*pages.values(), *of_pages.values()] if page.is_private}
    translations = of_links | of_pages
    return Targets(ids, shared_links, pages, translations, dead_urls, frozenset(private))


def _is_private(shown_on: str) -> Exists:
    """Return whether a page is under a view restriction that the page at ``shown_on`` is not."""
    page_model = swapper.load_model("wagtailcore", "Page")
    steplen = page_model.steplen
    passed = [shown_on[:end] for end in range(steplen, len(shown_on) + 1, steplen)]
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.exclude(page__path__in=passed)
    return Exists(restrictions.annotate(target=path).filter(target__startswith=F("page__path")))


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
