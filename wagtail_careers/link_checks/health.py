"""The health of shared links: which addresses there are, and what editors do about them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.links.usage import deep_paths_in_use
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.models.link_check import host_of
from wagtail_careers.safe_url import MAX_DEEP_PATH, clean_base_url


def prepare(link_pks: Collection[int] | None = None) -> list[LinkCheck]:
    """The rows of all addresses to check: new ones added, those no longer in use removed.

    Those come first whose last check is the longest ago, so that a run that ends early leaves
    the others to the next one.
    """
    links = SharedLink.objects.all()
    if link_pks is not None:
        links = links.filter(pk__in=link_pks)
    paths = deep_paths_in_use(link_pks)
    wanted = {
        (link.pk, deep_path): link.url_for(deep_path)
        for link in links
        # What was replaced and is no longer in use concerns nobody.
        if link.successor_id is None or link.pk in paths
        for deep_path in {"", *paths.get(link.pk, ())}
        # A longer one was stored by other code, and no row can hold it.
        if len(deep_path) <= MAX_DEEP_PATH
    }
    rows = LinkCheck.objects.filter(shared_link__in=links)
    # What was found of another address is forgotten.
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
            # Another run may add the same.
            ignore_conflicts=True,
            batch_size=500,
        )
    return list(rows.order_by(F("checked_at").asc(nulls_first=True), "url"))


def accept_move(link_check: LinkCheck, *, user: Any, publish: bool = True) -> None:
    """Make the address that was found the address of the shared link.

    That is published, unless the link is a draft or has changes that are not published, or
    ``publish`` is false, for a user who may not. Raises ``ValidationError`` when nothing was
    found to move to, when the address is one of a deep path, when the link has been given
    another address since, or when another link has the new one.
    """
    if not link_check.can_move:
        raise ValidationError(_("No new address was found for “%s”.") % link_check.url)
    if link_check.deep_path:
        raise ValidationError(
            _("“%s” is an address that pages made of a shared link. Change it on these pages.")
            % link_check.url
        )
    link = SharedLink.objects.get(pk=link_check.shared_link_id)
    _refuse_outdated(link_check, link)
    # A link that has no revision gives itself.
    newest = SharedLink.objects.get(pk=link.pk).get_latest_revision_as_object()
    if newest.base_url != link.base_url:
        raise ValidationError(
            _("“%s” has a draft with another address. Publish that, or change it back.") % link
        )
    newest.base_url = clean_base_url(link_check.final_url)
    newest.full_clean()
    was_published = link.live and not link.has_unpublished_changes
    revision = newest.save_revision(user=user, log_action=True)
    if was_published and publish:
        revision.publish(user=user)


def _refuse_outdated(link_check: LinkCheck, link: SharedLink) -> None:
    """What was found of an address says nothing of the one that an editor has put there."""
    if link.url_for(link_check.deep_path) != link_check.url:
        raise ValidationError(
            _("“%s” is no longer the address. Check the link again.") % link_check.url
        )


def moved_path(link_check: LinkCheck) -> str:
    """The deep path that the new address has, if it is below the shared link's address.

    Raises ``ValidationError`` if it is not: then another shared link is needed. Also if the
    link has been given another address since the check.
    """
    link, final_url = link_check.shared_link, link_check.final_url
    _refuse_outdated(link_check, link)
    base_url = link.base_url.rstrip("/")
    if final_url.rstrip("/") == base_url:
        return ""
    path: str = final_url.removeprefix(f"{base_url}/")
    if link.url_for(path) != final_url:
        raise ValidationError(
            _("“%(url)s” is not below “%(base)s”. Use another shared link on these pages.")
            % {"url": final_url, "base": link.base_url}
        )
    return path


def ignore(link_check: LinkCheck, *, because: str, until: date, user: Any) -> None:
    """Ask for no attention to an address up to and including a day.

    Raises ``ValidationError`` when there is no reason, or the day has passed.
    """
    if not because.strip():
        raise ValidationError({"ignored_because": _("Say why this can be ignored.")})
    if until < timezone.localdate():
        raise ValidationError({"ignored_until": _("Choose a day that has not passed.")})
    link_check.ignored_because = because.strip()
    link_check.ignored_until = until
    link_check.ignored_by = user
    others = {field.name for field in link_check._meta.fields} - {"ignored_because"}
    link_check.clean_fields(exclude=others)
    _save_ignored(link_check)


def stop_ignoring(link_check: LinkCheck) -> None:
    """Let an address ask for attention again."""
    link_check.ignored_because = ""
    link_check.ignored_until = None
    link_check.ignored_by = None
    _save_ignored(link_check)


def _save_ignored(link_check: LinkCheck) -> None:
    link_check.save(update_fields=["ignored_because", "ignored_until", "ignored_by"])


def _follow_address(
    sender: Any,
    instance: SharedLink,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Give the rows of a link the addresses that it has by now; what was found is forgotten."""
    # A draft is saved with its own address in hand, but writes bookkeeping alone.
    if raw or not (update_fields is None or "base_url" in update_fields):
        return
    for row in LinkCheck.objects.filter(shared_link=instance):
        url = instance.url_for(row.deep_path)
        if url != row.url:
            LinkCheck(pk=row.pk, shared_link=instance, deep_path=row.deep_path, url=url).save()


def connect() -> None:
    """Follow the addresses of shared links. Called once, when the app is ready."""
    post_save.connect(
        _follow_address, sender=SharedLink, dispatch_uid="wagtail_careers.links.health"
    )
