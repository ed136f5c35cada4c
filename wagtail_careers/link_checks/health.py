"""The health of shared links: the addresses to check, and the actions of editors."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.db.models.signals import post_save
from django.utils.translation import gettext as _

from wagtail_careers.caches import purge_for_links
from wagtail_careers.conf import get_settings
from wagtail_careers.dates import today
from wagtail_careers.links.plain_uses import pages_with_plain_links
from wagtail_careers.links.readers import reader_links
from wagtail_careers.links.usage import pages_with_links
from wagtail_careers.models import LinkCheck, PlainLinkUse, SharedLink
from wagtail_careers.models.fields import digest
from wagtail_careers.models.link_check import host_of
from wagtail_careers.safe_url import clean_base_url
from wagtail_careers.text import storable

#: The number of rows that are written or named in one query.
BATCH = 500


def prepare(link_pks: Collection[int] | None = None) -> list[LinkCheck]:
    """Return the rows of all addresses to check, after adding new and removing unused addresses.

    The rows whose last check is the longest ago come first, so that the next run starts with the
    addresses that a run does not reach.
    """
    end_ignoring()
    links = SharedLink.objects.all()
    if link_pks is not None:
        links = links.filter(pk__in=link_pks)
    paths = _paths_for_readers(link_pks)
    wanted = {
        (link.pk, deep_path): link.url_for(deep_path)
        for link in links
        # A replaced link that is no longer in use need not be checked.
        if link.successor_id is None or link.pk in paths
        # Readers get the link's own address for a path that is not text.
        for deep_path in {"", *map(storable, paths.get(link.pk, ()))}
    }
    rows = LinkCheck.objects.filter(shared_link__in=links)
    # The evidence on an old address does not apply to the new one.
    outdated = [
        row.pk for row in rows if wanted.get((row.shared_link_id, row.deep_path)) != row.url
    ]
    with transaction.atomic():
        LinkCheck.objects.filter(pk__in=outdated).delete()
        known = set(rows.values_list("shared_link", "deep_path"))
        LinkCheck.objects.bulk_create(
            [
                LinkCheck(shared_link_id=pk, deep_path=path, url=url, host=host_of(url))
                for (pk, path), url in wanted.items()
                if (pk, path) not in known
            ],
            # Another run may add the same rows at this moment.
            ignore_conflicts=True,
            batch_size=BATCH,
        )
    if link_pks is None:
        _prepare_plain()
        rows = LinkCheck.objects.filter(Q(shared_link__in=links) | Q(shared_link=None))
    return list(rows.order_by(F("checked_at").asc(nulls_first=True), "url"))


def _prepare_plain() -> None:
    """Add the rows of new plain addresses, and remove those that no page links to."""
    wanted = {digest(address): address for address in pages_with_plain_links()}
    rows = LinkCheck.objects.plain()
    known = set(rows.values_list("plain_digest", flat=True))
    gone = list(known - wanted.keys())
    for start in range(0, len(gone), BATCH):
        rows.filter(plain_digest__in=gone[start : start + BATCH]).delete()
    new = [
        LinkCheck(plain_digest=key, url=url, host=host_of(url))
        for key, url in wanted.items()
        if key not in known
    ]
    if new:
        LinkCheck.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)


def _paths_for_readers(link_pks: Collection[int] | None) -> dict[int, set[str]]:
    """Return the deep paths with which readers get each shared link, live or in a draft."""
    for_readers = reader_links()
    named = None if link_pks is None else for_readers.with_translations(link_pks)
    found: dict[int, set[str]] = {}
    for page in pages_with_links(named):
        for shared_link, deep_path in for_readers.addresses_on(page):
            found.setdefault(shared_link, set()).add(deep_path)
    return found


def pages_with_dead_links() -> set[int]:
    """Return the keys of the pages whose readers get a dead address, now or from a draft.

    Only pages that use one of the dead links are read.
    """
    checks = LinkCheck.objects.dead().not_ignored()
    plain = PlainLinkUse.objects.filter(address_hash__in=checks.plain().values("plain_digest"))
    shared = checks.exclude(shared_link=None)
    dead = set(shared.values_list("shared_link", "deep_path"))
    for_readers = reader_links()
    return set(plain.values_list("page_id", flat=True)) | {
        page.pk
        for page in pages_with_links(for_readers.with_translations({pk for pk, _path in dead}))
        if not for_readers.addresses_on(page).isdisjoint(dead)
    }


def accept_move(link_check: LinkCheck, *, user: Any, publish: bool = True) -> None:
    """Change the address of the shared link to the new address that was found.

    The change is published, unless the link is a draft or has unpublished changes, or ``publish``
    is false, for a user without that permission. Raises ``ValidationError`` if no new address was
    found, if the address has a deep path, if the address of the link has changed since the check,
    or if another link has the new address.
    """
    link = _link_that_moved(link_check)
    if link_check.deep_path:
        raise ValidationError(
            _("“%s” contains a path that pages add to a shared link. Change it on these pages.")
            % link_check.url
        )
    link = SharedLink.objects.get(pk=link.pk)
    _refuse_outdated(link_check, link)
    # For a link without a revision, this is the link itself.
    newest = SharedLink.objects.get(pk=link.pk).get_latest_revision_as_object()
    if newest.base_url != link.base_url:
        raise ValidationError(
            _("“%s” has a draft with a different address. Publish the draft or change it back.")
            % link
        )
    newest.base_url = clean_base_url(link_check.final_url)
    newest.full_clean()
    was_published = link.live and not link.has_unpublished_changes
    revision = newest.save_revision(user=user, log_action=True)
    if was_published and publish:
        revision.publish(user=user)


def _link_that_moved(link_check: LinkCheck) -> SharedLink:
    """Return the shared link. Raise ``ValidationError`` unless a new address for it was found."""
    link: SharedLink | None = link_check.shared_link
    if link is None or not link_check.can_move:
        raise ValidationError(
            _("No new address is known for “%s”. Check the link again.") % link_check.url
        )
    return link


def _refuse_outdated(link_check: LinkCheck, link: SharedLink) -> None:
    """Raise ``ValidationError`` if the address has changed since the check."""
    if link.url_for(link_check.deep_path) != link_check.url:
        raise ValidationError(
            _("The link no longer has the address “%s”. Check the link again.") % link_check.url
        )


def moved_path(link_check: LinkCheck) -> str:
    """Return the deep path in the new address, which must be below the shared link's address.

    Raises ``ValidationError`` if it is not, because pages then need another shared link, if no new
    address was found, or if the address of the link has changed since the check.
    """
    link, final_url = _link_that_moved(link_check), link_check.final_url
    _refuse_outdated(link_check, link)
    base_url = link.base_url.rstrip("/")
    if final_url.rstrip("/") == base_url:
        return ""
    path: str = final_url.removeprefix(f"{base_url}/")
    if link.url_for(path) != final_url:
        raise ValidationError(
            _("“%(url)s” does not begin with “%(base)s”. Use another shared link on these pages.")
            % {"url": final_url, "base": link.base_url}
        )
    return path


def ignore(link_check: LinkCheck, *, because: str, until: date, user: Any) -> None:
    """Ignore an address up to and including a day.

    Raises ``ValidationError`` if there is no reason or the day has passed.
    """
    if not because.strip():
        raise ValidationError(
            {"ignored_because": _("Enter a reason, for example “The site is being rebuilt”.")}
        )
    if until < today():
        raise ValidationError(
            {"ignored_until": _("This day has passed. Enter today or a later day.")}
        )
    link_check.ignored_because = because.strip()
    link_check.ignored_until = until
    link_check.ignored_by = user
    others = {field.name for field in link_check._meta.fields} - {"ignored_because"}
    link_check.clean_fields(exclude=others)
    _save_ignored(link_check)


def stop_ignoring(link_check: LinkCheck) -> None:
    """Stop ignoring an address."""
    link_check.ignored_because = ""
    link_check.ignored_until = None
    link_check.ignored_by = None
    _save_ignored(link_check)


def end_ignoring() -> None:
    """Stop ignoring the addresses whose last day has passed.

    Pages show them as dead from that day on, and no signal says so.
    """
    ended = LinkCheck.objects.filter(ignored_until__lt=today())
    shown = ended.dead() if get_settings().show_dead_links else ended.none()
    dead = set(shown.exclude(shared_link=None).values_list("shared_link", flat=True))
    ended.update(ignored_because="", ignored_until=None, ignored_by=None)
    if dead:
        purge_for_links(SharedLink.objects.filter(pk__in=dead))


def _save_ignored(link_check: LinkCheck) -> None:
    link_check.save(update_fields=["ignored_because", "ignored_until", "ignored_by"])


def _follow_address(
    sender: Any,
    instance: SharedLink,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Update the addresses in the rows of a link, and discard the evidence on the old addresses."""
    # Saving a draft writes bookkeeping fields only, though the object has the draft's address.
    if raw or not (update_fields is None or "base_url" in update_fields):
        return
    for row in LinkCheck.objects.filter(shared_link=instance):
        url = instance.url_for(row.deep_path)
        if url != row.url:
            LinkCheck(pk=row.pk, shared_link=instance, deep_path=row.deep_path, url=url).save()


def connect() -> None:
    """Connect to the signal of saved shared links. Called once, when the app is ready."""
    post_save.connect(
        _follow_address, sender=SharedLink, dispatch_uid="wagtail_careers.link_checks.health"
    )
