"""Records of the links in the newest version of each page, kept as editors save.

The newest version of a page may be a draft that exists only as a revision, where a query cannot
find its links.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import swapper
from django.db.models import TextField, Value
from django.db.models.signals import post_save
from wagtail.models import Revision

from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.pending import contents_by_page
from wagtail_careers.links.plain_links import plain_links
from wagtail_careers.links.prose import can_have_links
from wagtail_careers.links.usage import newest_content
from wagtail_careers.models import LinkUse, PlainLinkUse, SharedLink
from wagtail_careers.models.fields import digest
from wagtail_careers.models.newest_content import saved_newest_content


def record_newest(page: Any) -> None:
    """Record the links in the newest version of a specific page."""
    content = newest_content(page)
    _record(page.pk, type(page), content, {} if page.alias_of_id else content)


class _Known(NamedTuple):
    """The links that are recorded for a page: keys of shared links, and numbers by address."""

    shared_links: set[int]
    plain_links: dict[str, int]


def _known(page_id: int) -> _Known:
    """Return what is recorded for a page, in one query, which every page with text pays."""
    address, number = Value("", TextField()), Value(0)
    shared_links = LinkUse.objects.filter(page_id=page_id).order_by()
    plain_links = PlainLinkUse.objects.filter(page_id=page_id).order_by()
    rows = shared_links.values_list("shared_link_id", address, number).union(
        plain_links.values_list(Value(0), "address", "number"), all=True
    )
    found = list(rows)
    return _Known(
        {pk for pk, _address, _number in found if pk},
        {address: number for pk, address, number in found if not pk},
    )


def _record(
    page_id: int, model: type[Any], content: Mapping[str, Any], own_content: Mapping[str, Any]
) -> None:
    """Record the shared links in ``content``, and the plain links in what is not an alias's."""
    known = _known(page_id)
    _record_shared_links(page_id, content, known.shared_links)
    _record_plain_links(page_id, own_content, model, known.plain_links)


def _record_shared_links(page_id: int, content: Mapping[str, Any], known: set[int]) -> None:
    wanted = {mention.shared_link for mention in mentions(content)}
    if gone := known - wanted - _pending_links(page_id, known - wanted):
        LinkUse.objects.filter(page_id=page_id, shared_link_id__in=gone).delete()
    if new := wanted - known:
        _add_uses(page_id, new)


def _pending_links(page_id: int, link_pks: Collection[int]) -> set[int]:
    """Return those of the links that a version uses which is scheduled or in moderation."""
    if not link_pks:
        return set()
    contents = contents_by_page([page_id]).get(page_id, ())
    return {mention.shared_link for content in contents for mention in mentions(content)}


def _add_uses(page_id: int, link_pks: Collection[int]) -> None:
    # A revision can mention a link that has been deleted.
    existing = SharedLink.objects.filter(pk__in=link_pks).values_list("pk", flat=True)
    LinkUse.objects.bulk_create(
        [LinkUse(page_id=page_id, shared_link_id=pk) for pk in existing],
        ignore_conflicts=True,
    )


def record_again(links: Collection[SharedLink]) -> None:
    """Record the shared links of the pages that have one of ``links`` in an unpublished version.

    Nothing is recorded at the moment when a schedule or a moderation ends, so these records can be
    out of date. They never lack a link.
    """
    page_pks = LinkUse.objects.filter(shared_link__in=links).values_list("page", flat=True)
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=set(page_pks))
    for page in pages.prefetch_related("latest_revision").specific():
        _record_shared_links(page.pk, newest_content(page), _known(page.pk).shared_links)


def _record_plain_links(
    page_id: int, content: Mapping[str, Any], model: type[Any], known: Mapping[str, int]
) -> None:
    found = plain_links(model, content)
    hosts = {link.address: link.host for link in found}
    wanted = Counter(link.address for link in found)
    if wanted == known:
        return
    if changed := [address for address in known if known[address] != wanted[address]]:
        hashes = [digest(address) for address in changed]
        PlainLinkUse.objects.filter(page_id=page_id, address_hash__in=hashes).delete()
    PlainLinkUse.objects.bulk_create(
        [
            PlainLinkUse(
                page_id=page_id,
                host=hosts[address],
                address=address,
                number=number,
            )
            for address, number in wanted.items()
            if known.get(address) != number
        ],
        ignore_conflicts=True,
    )


def _on_revision(
    sender: Any,
    instance: Revision,
    created: bool,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    if raw:
        return
    _record_schedule(instance, update_fields)
    content = saved_newest_content(instance, created=created, update_fields=update_fields)
    model = instance.content_type.model_class() if content is not None else None
    if model and content is not None and can_have_links(model):
        _record(int(instance.object_id), model, content, content)


def _record_schedule(revision: Revision, update_fields: Collection[str] | None) -> None:
    """Record the links of a version that is scheduled. It can be an older one.

    When the schedule is cancelled, the links stay until the page is saved or one is to be deleted.
    """
    is_scheduled = update_fields and "approved_go_live_at" in update_fields
    if is_scheduled and revision.approved_go_live_at and not revision.is_latest_revision():
        model = revision.content_type.model_class()
        if model and issubclass(model, swapper.load_model("wagtailcore", "Page")):
            linked = {mention.shared_link for mention in mentions(revision.content)}
            _add_uses(int(revision.object_id), linked)


def _on_page(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Record the plain links of a page that code has saved without a revision.

    Its shared links are in Wagtail's reference index.
    """
    if raw or not issubclass(sender, swapper.load_model("wagtailcore", "Page")):
        return
    has_own_version = not (instance.latest_revision_id or instance.alias_of_id)
    if has_own_version and instance.specific_class is sender and can_have_links(sender):
        known = _known(instance.pk).plain_links
        _record_plain_links(instance.pk, instance.serializable_data(), sender, known)


def connect() -> None:
    """Connect to the signals of revisions and pages. Called once, when the app is ready."""
    name = "wagtail_careers.recording"
    post_save.connect(_on_revision, sender=Revision, dispatch_uid=name)
    post_save.connect(_on_page, dispatch_uid=name)
