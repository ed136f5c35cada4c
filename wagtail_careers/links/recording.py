"""Records of the links in the newest version of each page, kept as editors save.

The newest version of a page may be a draft that exists only as a revision, where a query cannot
find its links.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import swapper
from django.db.models.signals import post_save
from wagtail.models import Revision

from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.plain_links import plain_links
from wagtail_careers.links.usage import newest_content
from wagtail_careers.models import LinkUse, PlainLinkUse, SharedLink
from wagtail_careers.models.fields import digest
from wagtail_careers.models.newest_content import saved_newest_content


def record_newest(page: Any) -> None:
    """Record the links in the newest version of a specific page."""
    content = newest_content(page)
    _record_shared_links(page.pk, content)
    _record_plain_links(page.pk, {} if page.alias_of_id else content, type(page))


def _record_shared_links(page_id: int, content: Mapping[str, Any]) -> None:
    wanted = {mention.shared_link for mention in mentions(content)}
    known = set(LinkUse.objects.filter(page_id=page_id).values_list("shared_link_id", flat=True))
    if gone := known - wanted:
        LinkUse.objects.filter(page_id=page_id, shared_link_id__in=gone).delete()
    if new := wanted - known:
        # A revision can mention a link that has been deleted.
        existing = SharedLink.objects.filter(pk__in=new).values_list("pk", flat=True)
        LinkUse.objects.bulk_create(
            [LinkUse(page_id=page_id, shared_link_id=pk) for pk in existing],
            ignore_conflicts=True,
        )


def _record_plain_links(page_id: int, content: Mapping[str, Any], model: type[Any]) -> None:
    found = plain_links(model, content)
    hosts = {link.address: link.host for link in found}
    wanted = Counter(link.address for link in found)
    known = dict(PlainLinkUse.objects.filter(page_id=page_id).values_list("address", "number"))
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
    content = saved_newest_content(instance, created=created, update_fields=update_fields)
    if content is not None:
        page_id = int(instance.object_id)
        _record_shared_links(page_id, content)
        if model := instance.content_type.model_class():
            _record_plain_links(page_id, content, model)


def _on_page(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Record the plain links of a page that code has saved without a revision.

    Its shared links are in Wagtail's reference index.
    """
    if raw or not issubclass(sender, swapper.load_model("wagtailcore", "Page")):
        return
    has_own_version = not (instance.latest_revision_id or instance.alias_of_id)
    if has_own_version and instance.specific_class is sender:
        _record_plain_links(instance.pk, instance.serializable_data(), sender)


def connect() -> None:
    """Connect to the signals of revisions and pages. Called once, when the app is ready."""
    name = "wagtail_careers.recording"
    post_save.connect(_on_revision, sender=Revision, dispatch_uid=name)
    post_save.connect(_on_page, dispatch_uid=name)
