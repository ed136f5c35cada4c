"""The progress of replacements: how many pages are done, and with which outcomes."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from wagtail_careers.choices import PageOutcome
from wagtail_careers.models import Replacement, ReplacementPage


class Progress(NamedTuple):
    """The number of pages of a replacement that do not wait, and their total number.

    Those that were cancelled do not wait either.
    """

    done: int
    total: int
    cancelled: int = 0

    @property
    def is_over(self) -> bool:
        return self.done == self.total

    def __str__(self) -> str:
        done = self.done - self.cancelled
        return _("%(done)s of %(total)s pages done") % {"done": done, "total": self.total}


def of(replacement: Replacement) -> Progress:
    return from_outcomes(outcomes(replacement))


def from_outcomes(outcomes: Mapping[str, int]) -> Progress:
    total = sum(outcomes.values())
    return Progress(
        done=total - outcomes.get(PageOutcome.WAITING, 0),
        total=total,
        cancelled=outcomes.get(PageOutcome.CANCELLED, 0),
    )


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
