"""Putting one shared link in the place of another on all pages that use it.

A replacement is a record with a row for each page. Each page is changed in a transaction of
its own, together with its row, so a replacement that was interrupted goes on where it stopped.
"""

import math
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import swapper
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.choices import PageOutcome
from wagtail_careers.links.mentions import Change, change_mentions, swap_link, swap_path
from wagtail_careers.links.usage import newest_content, pages_using, uses_on
from wagtail_careers.models import Replacement, ReplacementPage, SharedLink
from wagtail_careers.safe_url import clean_deep_path

#: How often a page is tried while the database is busy, and the time between, in seconds.
PASSES = 3
PAUSE_SECONDS = 1.0


def replace_link(
    old: SharedLink, new: SharedLink, *, user: Any, without_path: Collection[int] = ()
) -> Replacement:
    """Retire ``old`` and note which pages are to change; ``run`` changes them.

    Deep paths are dropped on the pages whose keys are in ``without_path``, and kept on all
    others. Raises ``ValidationError`` as ``check_successor`` does.
    """
    check_successor(old, new)
    with transaction.atomic():
        SharedLink.objects.filter(pk=old.pk).update(successor=new)
        return _note(Replacement(old=old, new=new, user=user), without_path)


def check_successor(old: SharedLink, new: SharedLink) -> None:
    """Raise ``ValidationError`` unless ``new`` can take the place of ``old``."""
    if new.pk == old.pk:
        raise ValidationError(_("Choose another link than the one that is replaced."))
    if new.successor_id:
        raise ValidationError(
            _("“%(link)s” was itself replaced. Choose “%(current)s”.")
            % {"link": new, "current": new.current}
        )
    if not new.live:
        raise ValidationError(
            _("“%(link)s” is not live. Publish it first, or readers lose the link.") % {"link": new}
        )


def restore_link(link: SharedLink) -> None:
    """Let editors choose a link again that was replaced. Pages stay as they are."""
    link.successor = None
    link.save(update_fields=["successor"])


def replace_path(link: SharedLink, old_path: str, new_path: str, *, user: Any) -> Replacement:
    """Note which pages use ``link`` and may have ``old_path``; ``run`` changes it there.

    Raises ``ValidationError`` for a path that would leave the site.
    """
    new_path = clean_deep_path(new_path)
    with transaction.atomic():
        return _note(
            Replacement(old=link, new=link, old_path=old_path, new_path=new_path, user=user), ()
        )


def _note(replacement: Replacement, without_path: Collection[int]) -> Replacement:
    replacement.save()
    # Wagtail changes aliases itself, with the page that they are aliases of.
    pages = pages_using(replacement.old).filter(alias_of=None).order_by("path")
    ReplacementPage.objects.bulk_create(
        [
            ReplacementPage(replacement=replacement, page_id=pk, keep_path=pk not in without_path)
            for pk in pages.values_list("pk", flat=True)
        ],
        batch_size=1000,
    )
    return replacement


def run(replacement: Replacement, *, seconds: float = math.inf) -> None:
    """Change the pages that are still waiting, until all are done or ``seconds`` are over.

    Pages for which the database was too busy are tried again, ``PASSES`` times in all. Harmless
    to call again, or twice at once.
    """
    deadline = time.monotonic() + seconds
    waiting = replacement.pages.filter(outcome=PageOutcome.WAITING)
    for number in range(PASSES):
        if number:
            time.sleep(PAUSE_SECONDS)
        if not _pass(replacement, waiting, deadline) or not waiting.exists():
            break
    else:
        # They would wait for ever: no other worker goes on with them.
        waiting.update(outcome=PageOutcome.FAILED, message=_("The database was too busy."))
    if not waiting.exists():
        Replacement.objects.filter(pk=replacement.pk, finished_at=None).update(
            finished_at=timezone.now()
        )


@dataclass(frozen=True)
class Progress:
    """How many pages of a replacement are done, out of how many."""

    done: int
    total: int

    @property
    def is_over(self) -> bool:
        return self.done == self.total

    def __str__(self) -> str:
        return _("%(done)s of %(total)s pages done") % {"done": self.done, "total": self.total}


def progress(replacement: Replacement) -> Progress:
    return progress_of(outcomes(replacement))


def progress_of(outcomes: Mapping[str, int]) -> Progress:
    total = sum(outcomes.values())
    return Progress(done=total - outcomes.get(PageOutcome.WAITING, 0), total=total)


def outcomes(replacement: Replacement) -> dict[str, int]:
    """How many pages came to each outcome; those that none did are left out."""
    counted = replacement.pages.order_by().values_list("outcome").annotate(Count("pk"))
    return dict(counted)


def retry(replacement: Replacement) -> None:
    """Let the pages wait again that failed; ``run`` changes them."""
    replacement.pages.filter(outcome=PageOutcome.FAILED).update(
        outcome=PageOutcome.WAITING, message=""
    )
    Replacement.objects.filter(pk=replacement.pk).update(finished_at=None)


def _pass(replacement: Replacement, waiting: QuerySet[ReplacementPage], deadline: float) -> bool:
    """Try each page that is waiting once; False when time was up, with one page tried at least."""
    for pk in list(waiting.values_list("pk", flat=True)):
        _run_one(replacement, pk)
        if time.monotonic() > deadline:
            return False
    return True


def _run_one(replacement: Replacement, row_pk: int) -> None:
    try:
        with transaction.atomic():
            # Locked, where the database can, so that no other run changes the page as well.
            rows = ReplacementPage.objects.select_for_update()
            row = rows.filter(pk=row_pk, outcome=PageOutcome.WAITING).first()
            if row is not None:
                # Locked as well, so that nobody saves another version meanwhile.
                page = swapper.load_model("wagtailcore", "Page").objects.select_for_update()
                specific = page.get(pk=row.page_id).specific
                row.outcome = _replace_on(specific, replacement, row.keep_path)
                row.save(update_fields=["outcome"])
    except OperationalError:
        pass  # The database was busy: the page goes on waiting.
    except Exception as error:  # noqa: BLE001 - one bad page must not stop the others
        ReplacementPage.objects.filter(pk=row_pk, outcome=PageOutcome.WAITING).update(
            outcome=PageOutcome.FAILED, message=f"{type(error).__name__}: {error}"
        )


def _replace_on(page: Any, replacement: Replacement, keep_path: bool) -> PageOutcome:
    """Give ``page`` a revision with the new link; publish it if its newest version is live."""
    if replacement.user is None:
        return PageOutcome.NOT_ALLOWED
    permissions = page.permissions_for_user(replacement.user)
    if not permissions.can_edit():
        return PageOutcome.NOT_ALLOWED
    if permissions.page_locked():
        return PageOutcome.LOCKED
    content = newest_content(page)
    changed = change_mentions(content, _change(replacement, keep_path))
    if changed == content:
        return _why_nothing_changed(page, replacement)
    is_published = page.live and not page.has_unpublished_changes
    # Not validated: the draft is as complete as it was, and that is its author's concern.
    revision = page.with_content_json(changed).save_revision(
        user=replacement.user, log_action=True, clean=False
    )
    if not (is_published and permissions.can_publish()):
        return PageOutcome.DRAFTED
    revision.publish(user=replacement.user)
    return PageOutcome.PUBLISHED


def _change(replacement: Replacement, keep_path: bool) -> Change:
    if replacement.old_path is not None:
        return swap_path(replacement.old_id, replacement.old_path, replacement.new_path)
    return swap_link(replacement.old_id, replacement.new_id, keep_path=keep_path)


def _why_nothing_changed(page: Any, replacement: Replacement) -> PageOutcome:
    """The newest version has no such mention. A field of the site's own may still refer to it."""
    if replacement.old_path is not None or uses_on(page, replacement.old):
        return PageOutcome.UNCHANGED
    still_refers = pages_using(replacement.old).filter(pk=page.pk).exists()
    return PageOutcome.BY_HAND if still_refers else PageOutcome.UNCHANGED
