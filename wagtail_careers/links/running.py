"""The work of replacements: the change of one page after another.

Each page is changed in its own transaction, together with its row, so an interrupted replacement
continues where it stopped.
"""

import math
import time
from functools import partial
from typing import Any

import swapper
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.choices import PageOutcome
from wagtail_careers.links.history import entry_for
from wagtail_careers.links.mentions import change_mentions, swap_link, swap_path
from wagtail_careers.links.recording import record_newest
from wagtail_careers.links.rewriting import Rewrite, rewrite
from wagtail_careers.links.sharing import sharing
from wagtail_careers.links.usage import pages_using, translations_of, uses_on
from wagtail_careers.models import Replacement, ReplacementPage, SharedLink
from wagtail_careers.models.locking import lock_current

#: The number of attempts at a page while the database is busy, and the seconds between them.
PASSES = 3
PAUSE_SECONDS = 1.0

#: The number of attempts to connect again after the database has closed the connection.
RECONNECTIONS = 60


def run(replacement: Replacement, *, seconds: float = math.inf) -> None:
    """Change the waiting pages until all are done or ``seconds`` have passed.

    Each page is tried up to ``PASSES`` times while the database is busy. It is safe to call this
    again, or from two processes at once.
    """
    deadline = time.monotonic() + seconds
    waiting = replacement.pages.filter(outcome=PageOutcome.WAITING)
    for number in range(PASSES):
        if number:
            time.sleep(PAUSE_SECONDS)
        if not _pass(replacement, waiting, deadline) or not waiting.exists():
            break
    else:
        # Without an outcome they would wait for ever, because no other worker continues.
        waiting.update(
            outcome=PageOutcome.FAILED,
            message=_("The database was too busy. Try again later."),
        )
    if not waiting.exists():
        Replacement.objects.filter(pk=replacement.pk, finished_at=None).update(
            finished_at=timezone.now()
        )


def _pass(replacement: Replacement, waiting: QuerySet[ReplacementPage], deadline: float) -> bool:
    """Try each waiting page once; return False if time ran out. At least one page is tried."""
    for pk in list(waiting.values_list("pk", flat=True)):
        Replacement.objects.filter(pk=replacement.pk).update(active_at=timezone.now())
        _run_one(pk)
        if time.monotonic() > deadline:
            return False
    return True


def _run_one(row_pk: int) -> None:
    """Change one page. If the database is busy, the page stays in the queue."""
    for _attempt in range(PASSES):
        try:
            _try_one(row_pk)
        except (OperationalError, InterfaceError):
            if not _has_lost_connection():
                return
            _reconnect()
        else:
            return


def _has_lost_connection() -> bool:
    return connection.connection is None or not connection.is_usable()


def _reconnect() -> None:
    """Connect again, while the database restarts. Raises ``OperationalError`` if it stays away."""
    connection.close()
    for _attempt in range(RECONNECTIONS):
        try:
            connection.ensure_connection()
        except OperationalError:
            time.sleep(PAUSE_SECONDS)
        else:
            return
    connection.ensure_connection()


def _try_one(row_pk: int) -> None:
    rows = ReplacementPage.objects.filter(pk=row_pk, outcome=PageOutcome.WAITING)
    try:
        with transaction.atomic():
            # A write locks the row on every database, so that no other run changes the same page.
            if not rows.update(outcome=PageOutcome.WAITING):
                return
            # As it is now: somebody else can have continued it, or have lost permissions.
            related = ("replacement__old", "replacement__new", "replacement__user")
            row = rows.select_related(*related, "replacement__continued_by").get()
            replacement = row.replacement
            target = lock_current(replacement.new) if replacement.new else None
            # Lock the page too, so that nobody saves another version in the meantime.
            page = swapper.load_model("wagtailcore", "Page").objects.select_for_update()
            specific = page.get(pk=row.page_id).specific
            if replacement.old_path is None and target and not target.live:
                row.outcome = PageOutcome.FAILED
                message = _("“%(link)s” is not live. Publish it, then try again.")
                row.message = message % {"link": target}
            else:
                row.outcome = _replace_on(specific, replacement, target, row.keep_path)
            row.save(update_fields=["outcome", "message"])
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - one bad page must not stop the others
        rows.update(outcome=PageOutcome.FAILED, message=f"{type(error).__name__}: {error}")


def _replace_on(
    page: Any, replacement: Replacement, target: SharedLink | None, keep_path: bool
) -> PageOutcome:
    """Change one page. ``target`` is the link to use, which may have replaced the one chosen."""
    outcome = rewrite(
        page,
        _change(page, replacement, target, keep_path),
        user=replacement.actor,
        entry=entry_for(replacement, target),
    )
    if outcome == PageOutcome.UNCHANGED:
        return _why_nothing_changed(page, replacement)
    return outcome


def _change(
    page: Any, replacement: Replacement, target: SharedLink | None, keep_path: bool
) -> Rewrite:
    if replacement.old is None or target is None:
        return sharing(page, replacement.host)
    old = replacement.old
    if replacement.old_path is not None:
        change = swap_path(old.pk, replacement.old_path, replacement.new_path)
    else:
        change = swap_link(old.pk, target.pk, keep_path=keep_path)
    return partial(change_mentions, change=change)


def _why_nothing_changed(page: Any, replacement: Replacement) -> PageOutcome:
    """Return the outcome for a page whose newest version does not mention the link.

    A field that a site has added may still refer to it.
    """
    old = replacement.old
    if old is None or replacement.old_path is not None or uses_on(page, old, translations_of(old)):
        return PageOutcome.UNCHANGED
    # Nothing was recorded when a moderation or a schedule of the page ended.
    record_newest(page)
    still_refers = pages_using(old).filter(pk=page.pk).exists()
    return PageOutcome.BY_HAND if still_refers else PageOutcome.UNCHANGED
