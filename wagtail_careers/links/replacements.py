"""The replacement of links on all pages that use them: of a shared link, a path or plain links.

A replacement is a record with a row for each page. Each page is changed in its own transaction,
together with its row, so an interrupted replacement continues where it stopped.
"""

import math
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import swapper
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.choices import PageOutcome
from wagtail_careers.links.history import entry_for, log_restoration, log_retirement
from wagtail_careers.links.mentions import change_mentions, swap_link, swap_path
from wagtail_careers.links.rewriting import Rewrite, rewrite
from wagtail_careers.links.sharing import pages_to_share, sharing
from wagtail_careers.links.usage import pages_using, pages_with_path, uses_on
from wagtail_careers.models import Replacement, ReplacementPage, SharedLink
from wagtail_careers.safe_url import clean_deep_path

#: The number of attempts at a page while the database is busy, and the seconds between them.
PASSES = 3
PAUSE_SECONDS = 1.0


def replace_link(
    old: SharedLink, new: SharedLink, *, user: Any, without_path: Collection[int] = ()
) -> Replacement:
    """Retire ``old`` and record the pages to change; ``run`` changes them.

    Deep paths are removed on the pages whose primary keys are in ``without_path``, and kept on
    all others. Raises ``ValidationError`` as ``check_successor`` does.
    """
    check_successor(old, new)
    with transaction.atomic():
        SharedLink.objects.filter(pk=old.pk).update(successor=new)
        log_retirement(old, new, user=user)
        return _record(Replacement(old=old, new=new, user=user), pages_using(old), without_path)


def check_successor(old: SharedLink, new: SharedLink) -> None:
    """Raise ``ValidationError`` unless ``new`` can replace ``old``."""
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


def restore_link(link: SharedLink, *, user: Any) -> None:
    """Make a replaced link available to editors again. Pages are not changed."""
    link.successor = None
    with transaction.atomic():
        link.save(update_fields=["successor"])
        log_restoration(link, user=user)


def replace_path(link: SharedLink, old_path: str, new_path: str, *, user: Any) -> Replacement:
    """Record the pages with ``old_path``; ``run`` changes it to ``new_path`` on them.

    Raises ``ValidationError`` for a path that would leave the site.
    """
    new_path = clean_deep_path(new_path)
    replacement = Replacement(old=link, new=link, old_path=old_path, new_path=new_path, user=user)
    with transaction.atomic():
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


@dataclass(frozen=True)
class Progress:
    """The number of pages of a replacement that are done, and their total number."""

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
    """Return the number of pages for each outcome that occurs."""
    return outcomes_of([replacement])[replacement.pk]


def outcomes_of(replacements: Iterable[Replacement]) -> dict[int, dict[str, int]]:
    """Return the number of pages for each outcome, by the key of the replacement, in one query."""
    found: dict[int, dict[str, int]] = {replacement.pk: {} for replacement in replacements}
    pages = ReplacementPage.objects.filter(replacement__in=found).order_by()
    counted = pages.values_list("replacement", "outcome").annotate(Count("pk"))
    for replacement, outcome, count in counted:
        found[replacement][outcome] = count
    return found


def retry(replacement: Replacement) -> None:
    """Set failed pages back to waiting; ``run`` changes them."""
    replacement.pages.filter(outcome=PageOutcome.FAILED).update(
        outcome=PageOutcome.WAITING, message=""
    )
    Replacement.objects.filter(pk=replacement.pk).update(finished_at=None)


def _pass(replacement: Replacement, waiting: QuerySet[ReplacementPage], deadline: float) -> bool:
    """Try each waiting page once; return False if time ran out. At least one page is tried."""
    for pk in list(waiting.values_list("pk", flat=True)):
        _run_one(replacement, pk)
        if time.monotonic() > deadline:
            return False
    return True


def _run_one(replacement: Replacement, row_pk: int) -> None:
    try:
        with transaction.atomic():
            # Lock the row, where the database can, so that no other run changes the same page.
            rows = ReplacementPage.objects.select_for_update()
            row = rows.filter(pk=row_pk, outcome=PageOutcome.WAITING).first()
            if row is not None:
                # Lock the page too, so that nobody saves another version in the meantime.
                page = swapper.load_model("wagtailcore", "Page").objects.select_for_update()
                specific = page.get(pk=row.page_id).specific
                row.outcome = _replace_on(specific, replacement, row.keep_path)
                row.save(update_fields=["outcome"])
    except OperationalError:
        pass  # The database was busy. The page stays in the queue.
    except Exception as error:  # noqa: BLE001 - one bad page must not stop the others
        ReplacementPage.objects.filter(pk=row_pk, outcome=PageOutcome.WAITING).update(
            outcome=PageOutcome.FAILED, message=f"{type(error).__name__}: {error}"
        )


def _replace_on(page: Any, replacement: Replacement, keep_path: bool) -> PageOutcome:
    outcome = rewrite(
        page,
        _change(page, replacement, keep_path),
        user=replacement.user,
        entry=entry_for(replacement),
    )
    if outcome == PageOutcome.UNCHANGED:
        return _why_nothing_changed(page, replacement)
    return outcome


def _change(page: Any, replacement: Replacement, keep_path: bool) -> Rewrite:
    if replacement.links is None:
        return sharing(page, replacement.host)
    old, new = replacement.links
    if replacement.old_path is not None:
        change = swap_path(old.pk, replacement.old_path, replacement.new_path)
    else:
        change = swap_link(old.pk, new.pk, keep_path=keep_path)
    return partial(change_mentions, change=change)


def _why_nothing_changed(page: Any, replacement: Replacement) -> PageOutcome:
    """Return the outcome for a page whose newest version does not mention the link.

    A field that a site has added may still refer to it.
    """
    old = replacement.old
    if old is None or replacement.old_path is not None or uses_on(page, old):
        return PageOutcome.UNCHANGED
    still_refers = pages_using(old).filter(pk=page.pk).exists()
    return PageOutcome.BY_HAND if still_refers else PageOutcome.UNCHANGED
