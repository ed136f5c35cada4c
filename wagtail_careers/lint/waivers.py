"""The waivers of findings: which findings somebody has accepted, and until when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wagtail_careers.lint.rule import Finding
from wagtail_careers.models import FindingWaiver
from wagtail_careers.models.waiver import place_key


@dataclass(frozen=True)
class Waived:
    """A waiver that is in force. ``place`` is empty if it is about the whole page."""

    pk: int
    rule: str
    place: str
    until: date
    reason: str = ""

    def covers(self, rule: str, place: str) -> bool:
        """Return whether the waiver is about what a rule found at a place."""
        return self.rule == rule and self.place in ("", place)


def place_of(finding: Finding) -> str:
    """Return the key of the place of a finding (see ``place_key``)."""
    return place_key(finding.section.block_id, finding.text)


def waiver_of(finding: Finding, waivers: Iterable[Waived]) -> Waived | None:
    """Return the waiver of a finding that lasts longest, or None."""
    return waiver_at(finding.rule.id, place_of(finding), waivers)


def waiver_at(rule: str, place: str, waivers: Iterable[Waived]) -> Waived | None:
    """Return the waiver that lasts longest of what a rule found at a place, or None."""
    covering = [each for each in waivers if each.covers(rule, place)]
    return max(covering, key=lambda each: each.until, default=None)


def without_waived(found: Iterable[Finding], waivers: Iterable[Waived]) -> tuple[Finding, ...]:
    """Return the findings that no waiver covers."""
    waivers = tuple(waivers)
    return tuple(finding for finding in found if waiver_of(finding, waivers) is None)


def waivers_of(pages: Collection[int], on: date) -> Mapping[int, tuple[Waived, ...]]:
    """Return the waivers of each page that are in force on a day, in one query."""
    found: dict[int, list[Waived]] = defaultdict(list)
    waivers = FindingWaiver.objects.in_force(on).filter(page__in=pages)
    for each in waivers:
        waived = Waived(each.pk, each.rule, each.place, each.until, each.reason)
        found[each.page_id].append(waived)
    return {page: tuple(each) for page, each in found.items()}
