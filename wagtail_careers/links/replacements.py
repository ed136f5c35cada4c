"""The decision to replace links on all pages: a shared link, a path or plain links.

A replacement is a record with a row for each page. ``running`` changes the pages.
"""

from collections.abc import Collection
from typing import Any

import swapper
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.choices import RETRYABLE, PageOutcome
from wagtail_careers.links.history import log_restoration, log_retirement
from wagtail_careers.links.sharing import pages_to_share
from wagtail_careers.links.usage import pages_using, pages_with_path
from wagtail_careers.models import Replacement, ReplacementPage, SharedLink
from wagtail_careers.models.locking import lock_links
from wagtail_careers.safe_url import clean_deep_path


def replace_link(
    old: SharedLink, new: SharedLink, *, user: Any, without_path: Collection[int] = ()
) -> Replacement:
    """Retire ``old`` and record the pages to change; ``running.run`` changes them.

    Deep paths are removed on the pages whose primary keys are in ``without_path``, and kept on
    all others. Raises ``ValidationError`` as ``check_successor`` does.
    """
    with transaction.atomic():
        old, new = _lock(old, new)
        check_successor(old, new)
        if old.successor_id is None:
            SharedLink.objects.filter(pk=old.pk).update(successor=new)
            log_retirement(old, new, user=user)
        return _record(Replacement(old=old, new=new, user=user), pages_using(old), without_path)


def check_successor(old: SharedLink, new: SharedLink) -> None:
    """Raise ``ValidationError`` unless ``new`` can replace ``old``.

    A link that was replaced can be replaced again only by its current successor, on the pages that
    still use it. ``new`` has no successor itself, so no chain of successors comes back to ``old``.
    """
    if new.pk == old.pk:
        raise ValidationError(_("Choose a different link."))
    if new.successor_id:
        raise ValidationError(
            _("“%(link)s” was replaced by another link. Choose “%(current)s” instead.")
            % {"link": new, "current": new.current}
        )
    if not new.live:
        raise ValidationError(
            _("“%(link)s” is not live. Publish it first, or choose a live link.") % {"link": new}
        )
    if old.successor_id and old.current.pk != new.pk:
        raise ValidationError(
            _("“%(link)s” was already replaced. Choose “%(current)s”, or restore the link first.")
            % {"link": old, "current": old.current}
        )
    _refuse_while_waiting(old)


def restore_link(link: SharedLink, *, user: Any) -> None:
    """Make a replaced link available to editors again. Pages are not changed.

    Raises ``ValidationError`` for a link that is not replaced, or that pages are still losing.
    """
    with transaction.atomic():
        (locked,) = _lock(link)
        if locked.successor_id is None:
            raise ValidationError(_("“%(link)s” is not replaced.") % {"link": link})
        _refuse_while_waiting(locked)
        SharedLink.objects.filter(pk=link.pk).update(successor=None)
        log_restoration(link, user=user)
    link.successor = None


def replace_path(link: SharedLink, old_path: str, new_path: str, *, user: Any) -> Replacement:
    """Record the pages with ``old_path``; ``running.run`` changes it to ``new_path`` on them.

    Raises ``ValidationError`` for a path that would leave the site, and while pages wait for
    another change of one of the paths or of the link itself.
    """
    new_path = clean_deep_path(new_path)
    with transaction.atomic():
        (link,) = _lock(link)
        _refuse_while_waiting(link, old_path, new_path)
        replacement = Replacement(
            old=link, new=link, old_path=old_path, new_path=new_path, user=user
        )
        return _record(replacement, pages_with_path(link, old_path))


def replace_plain_links(host: str, *, user: Any) -> Replacement:
    """Record the pages with plain links to ``host``; ``run`` makes them shared links.

    Each link becomes the shared link with the longest base URL that it fits. Links that fit no live
    shared link stay.
    """
    page_model = swapper.load_model("wagtailcore", "Page")
    with transaction.atomic():
        pages = page_model.objects.filter(pk__in=pages_to_share(host))
        return _record(Replacement(host=host, user=user), pages)


def _lock(*links: SharedLink) -> list[SharedLink]:
    """Lock ``links`` and return them as they are now. Raise ``ValidationError`` if one is gone."""
    found = lock_links(*(link.pk for link in links))
    for link in links:
        if link.pk not in found:
            raise ValidationError(_("“%(link)s” was deleted.") % {"link": link})
    return [found[link.pk] for link in links]


def _lock_both(replacement: Replacement) -> list[SharedLink]:
    if replacement.links is None:
        deleted = replacement.new_label if replacement.old else replacement.old_label
        raise ValidationError(_("“%(link)s” was deleted.") % {"link": deleted})
    return _lock(*replacement.links)


def _refuse_while_waiting(
    link: SharedLink, *paths: str, besides: Replacement | None = None
) -> None:
    """Raise ``ValidationError`` while pages wait for another replacement of ``link``.

    With ``paths``, the changes of other paths do not matter, nor does the replacement ``besides``.
    """
    waiting = Replacement.objects.waiting().filter(old=link)
    if besides is not None:
        waiting = waiting.exclude(pk=besides.pk)
    if paths:
        same = Q(old_path__in=paths) | Q(new_path__in=paths)
        waiting = waiting.filter(Q(old_path=None) | same)
    if waiting.exists():
        raise ValidationError(
            _("A replacement of “%(link)s” is not finished. Wait until it is, or cancel it.")
            % {"link": link}
        )


def _record(
    replacement: Replacement, pages: Any, without_path: Collection[int] = ()
) -> Replacement:
    replacement.save()
    # Wagtail updates aliases itself, together with their source page.
    pages = pages.filter(alias_of=None).order_by("path")
    ReplacementPage.objects.bulk_create(
        [
            ReplacementPage(replacement=replacement, page_id=pk, keep_path=pk not in without_path)
            for pk in pages.values_list("pk", flat=True)
        ],
        batch_size=1000,
    )
    return replacement


def retry(replacement: Replacement, *, user: Any) -> None:
    """Set pages that were not changed back to waiting. ``user`` changes them.

    Raises ``ValidationError`` if no page can be tried again, if the link was restored or replaced
    by another since, and while another replacement of it waits.
    """
    with transaction.atomic():
        if not replacement.host:
            old, new = _lock_both(replacement)
            if replacement.old_path is None:
                _refuse_if_undone(old, new)
            paths = [] if replacement.old_path is None else [replacement.old_path]
            _refuse_while_waiting(old, *paths, besides=replacement)
        again = replacement.pages.filter(outcome__in=RETRYABLE)
        if not again.update(outcome=PageOutcome.WAITING, message=""):
            raise ValidationError(_("No page of this replacement can be tried again."))
        take_over(replacement, user=user)
        Replacement.objects.filter(pk=replacement.pk).update(finished_at=None)


def _refuse_if_undone(old: SharedLink, new: SharedLink) -> None:
    """Raise ``ValidationError`` if ``new``, or what replaced it, no longer replaces ``old``."""
    if old.successor_id is None:
        raise ValidationError(
            _("“%(link)s” was restored. To replace it, start again.") % {"link": old}
        )
    if old.current.pk != new.current.pk:
        raise ValidationError(
            _("“%(link)s” was replaced by “%(current)s” since. Try that replacement again instead.")
            % {"link": old, "current": old.current}
        )


def take_over(replacement: Replacement, *, user: Any) -> None:
    """Let ``user`` change the pages that wait, with their permissions and under their name."""
    Replacement.objects.filter(pk=replacement.pk).update(continued_by=user)
    replacement.continued_by = user


def cancel(replacement: Replacement, *, user: Any, restore: bool) -> None:
    """Leave the waiting pages as they are. With ``restore``, make the old link available again.

    Pages that are done stay as they are too.
    """
    with transaction.atomic():
        # Before the links, as a run does, so that the two do not wait for each other.
        replacement.pages.filter(outcome=PageOutcome.WAITING).update(outcome=PageOutcome.CANCELLED)
        Replacement.objects.filter(pk=replacement.pk, finished_at=None).update(
            finished_at=timezone.now()
        )
        if restore and replacement.old is not None and replacement.old_path is None:
            restore_link(replacement.old, user=user)
