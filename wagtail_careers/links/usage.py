"""The use of shared links: in published content by Wagtail's reference index, in drafts by ours.

Wagtail's reference index covers saved objects. The newest version of a page may be a draft that
exists only as a revision, and so may a version that is scheduled or in moderation, so
``recording`` keeps ``LinkUse`` for these revisions.

A page in French that names an English link shows readers the French translation of that link.
It uses both: the one that it names, and the one that it shows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from wagtail.models import ReferenceIndex

from wagtail_careers.conf import has_languages
from wagtail_careers.links.mentions import Mention, mentions
from wagtail_careers.links.pending import pending_contents, with_pending_contents
from wagtail_careers.models import LinkUse, SharedLink
from wagtail_careers.models.page_type import page_type


class Use(NamedTuple):
    """A mention of a shared link on a page, in the live version, the newest version or both.

    ``pending`` says whether it is in a version that is scheduled or in moderation.
    """

    mention: Mention
    live: bool
    newest: bool
    pending: bool = False


def usage_counts(links: Collection[SharedLink]) -> dict[int, int]:
    """Return the number of pages and other objects that use each link, in one query."""
    counts = dict.fromkeys((link.pk for link in links), 0)
    found = with_usage(SharedLink.objects.filter(pk__in=counts)).order_by()
    return counts | dict(found.values_list("pk", "usage"))


def with_usage(links: "QuerySet[SharedLink]") -> Any:
    """Annotate ``usage``: the number of pages and other objects that use a link."""
    saved = ReferenceIndex.objects.filter(
        to_content_type=_link_type(), to_object_id=Cast(OuterRef("pk"), CharField())
    )
    # With the type, because a page and a record can have the same key.
    user = Concat(Cast("base_content_type", CharField()), Value("-"), "object_id")
    drafts = _only_in_drafts().filter(shared_link=OuterRef("pk"))
    usage = number_of(saved, "to_object_id", user) + number_of(drafts, "shared_link", F("page"))
    if has_languages():
        usage += number_of(_shown_in_its_language(), "page__locale", F("page"))
    return links.annotate(usage=usage)


def retired_in_use() -> Any:
    """Return the links that were replaced and are still used, with their ``usage``, by name."""
    retired = SharedLink.objects.exclude(successor=None).select_related("successor")
    return with_usage(retired).filter(usage__gt=0).order_by("name", "pk")


def number_of(rows: "QuerySet[Any]", link: str, counted: Any) -> Coalesce:
    """Return the number of different values of ``counted`` in ``rows``, a subquery about a link.

    ``link`` is the field of the rows that refers to it.
    """
    numbers = rows.order_by().values(link).annotate(number=Count(counted, distinct=True))
    return Coalesce(Subquery(numbers.values("number")), 0)


def pages_using(link: SharedLink) -> Any:
    """Return the pages that use ``link`` in their saved version or in one that can go live."""
    uses = LinkUse.objects.filter(shared_link=link)
    if has_languages():
        uses |= LinkUse.objects.filter(
            shared_link__translation_key=link.translation_key, page__locale=link.locale_id
        )
    return _pages(_references([link]), uses)


def pages_with_path(link: SharedLink, deep_path: str) -> Any:
    """Return the pages that use ``link`` with ``deep_path``, live or in a draft."""
    wanted = (link.pk, deep_path)
    keys = [page.pk for page in pages_with_links([link.pk]) if wanted in addresses_on(page)]
    return pages_using(link).filter(pk__in=keys)


def other_references(link: SharedLink) -> Any:
    """Return the references to ``link`` from objects that are not pages, such as snippets."""
    return _references([link]).exclude(base_content_type=page_type())


def uses_on(page: Any, link: SharedLink, translations: Collection[int] = ()) -> list[Use]:
    """Return the mentions of ``link`` on a specific page, those of the newest version first.

    ``translations`` are the keys from ``translations_of(link)``, whose mentions count as well.
    """
    pks = {link.pk, *(translations if page.locale_id == link.locale_id else ())}
    newest = _mentions_of(pks, newest_content(page))
    live = _mentions_of(pks, live_content(page))
    waiting = [each for content in pending_contents(page) for each in _mentions_of(pks, content)]
    later = [each for each in live if each not in newest]
    later += [each for each in dict.fromkeys(waiting) if each not in newest and each not in live]
    return [
        Use(mention, live=mention in live, newest=mention in newest, pending=mention in waiting)
        for mention in [*newest, *later]
    ]


def translations_of(link: SharedLink) -> set[int]:
    """Return the keys of the links that pages in the language of ``link`` show as ``link``."""
    if not has_languages():
        return set()
    translations = SharedLink.objects.filter(translation_key=link.translation_key)
    return set(translations.values_list("pk", flat=True))


def newest_content(page: Any) -> dict[str, Any]:
    """Return the content that the editor shows: the newest revision, or else the saved page."""
    content: dict[str, Any] = (
        page.latest_revision.content if page.latest_revision else page.serializable_data()
    )
    return content


def live_content(page: Any) -> dict[str, Any]:
    """Return the content that readers see, or an empty mapping if ``page`` is not live."""
    if not page.live:
        return {}
    if not page.has_unpublished_changes:
        return newest_content(page)
    content: dict[str, Any] = page.serializable_data()
    return content


def addresses_on(page: Any) -> set[tuple[int, str]]:
    """Return the shared links, with their deep paths, of all versions of a page that count."""
    return {
        (mention.shared_link, mention.deep_path)
        for content in (newest_content(page), live_content(page), *pending_contents(page))
        for mention in mentions(content)
    }


def pages_with_links(link_pks: Collection[int] | None = None, among: Any = None) -> Iterator[Any]:
    """Yield the specific pages that use any shared link, or one of ``link_pks``.

    With ``among``, a query set, only those of its pages.
    """
    saved = ReferenceIndex.objects.filter(to_content_type=_link_type())
    newest = LinkUse.objects.all()
    if link_pks is not None:
        saved = saved.filter(to_object_id__in=[str(pk) for pk in link_pks])
        newest = newest.filter(shared_link__in=link_pks)
    pages = _pages(saved, newest).order_by("pk").prefetch_related("latest_revision")
    if among is not None:
        pages = pages.filter(pk__in=among.order_by().values("pk"))
    yield from with_pending_contents(pages.specific().iterator(chunk_size=200))


def _pages(saved: "QuerySet[ReferenceIndex]", newest: "QuerySet[LinkUse]") -> Any:
    page_model = swapper.load_model("wagtailcore", "Page")
    of_pages = saved.filter(base_content_type=page_type())
    # A union of two indexed lookups. With an OR in one query, databases would read all pages.
    return page_model.objects.filter(
        pk__in=of_pages.values_list(Cast("object_id", BigIntegerField()), flat=True).union(
            newest.values_list("page_id", flat=True)
        )
    )


def _mentions_of(link_pks: Collection[int], content: Mapping[str, Any]) -> list[Mention]:
    return [mention for mention in mentions(content) if mention.shared_link in link_pks]


def _references(links: Iterable[SharedLink]) -> "QuerySet[ReferenceIndex]":
    return ReferenceIndex.objects.filter(
        to_content_type=_link_type(), to_object_id__in=[str(link.pk) for link in links]
    )


def _only_in_drafts() -> "QuerySet[LinkUse]":
    saved = ReferenceIndex.objects.filter(
        base_content_type=page_type(),
        to_content_type=_link_type(),
        object_id=Cast(OuterRef("page_id"), CharField()),
        to_object_id=Cast(OuterRef("shared_link_id"), CharField()),
    )
    return LinkUse.objects.filter(~Exists(saved))


def _shown_in_its_language() -> "QuerySet[LinkUse]":
    """Return the uses of translations of a link by pages in its language, which show the link.

    Pages that use the link itself are left out. The link is that of the outer query.
    """
    own = LinkUse.objects.filter(
        page=OuterRef("page"), shared_link__translation_key=OuterRef("shared_link__translation_key")
    ).filter(shared_link__locale=OuterRef("page__locale"))
    return LinkUse.objects.filter(
        ~Exists(own),
        shared_link__translation_key=OuterRef("translation_key"),
        page__locale=OuterRef("locale"),
    )


def _link_type() -> ContentType:
    return ContentType.objects.get_for_model(SharedLink)
