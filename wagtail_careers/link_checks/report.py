"""The report of a run of link checks: numbers, lines for a person, and JSON for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import swapper
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_careers.choices import ACTIONABLE, FAULTS, Verdict
from wagtail_careers.conf import get_settings
from wagtail_careers.links.plain_uses import pages_with_plain_links
from wagtail_careers.links.usage import retired_in_use
from wagtail_careers.models import LinkCheck, SharedLink


class CheckReport:
    """The result of one run. ``rows`` are the addresses to check, which the run updates."""

    def __init__(self, started_at: datetime) -> None:
        self.started_at = started_at
        self.rows: list[LinkCheck] = []

    @property
    def wrong(self) -> list[LinkCheck]:
        """Addresses with a fault, or to be changed, that nobody has chosen to ignore."""
        return [
            row
            for row in self.rows
            if self._is_checked(row) and row.verdict in FAULTS | ACTIONABLE and not row.is_ignored
        ]

    @property
    def unchecked(self) -> list[LinkCheck]:
        """Addresses that the run did not get to, or could not judge without a network."""
        return [row for row in self.rows if not self._is_checked(row)]

    @cached_property
    def replaced(self) -> list[Any]:
        """The links that were replaced and are still used, looked up once for both reports."""
        return list(retired_in_use())

    @property
    def is_all_well(self) -> bool:
        return not (self.wrong or self.unchecked)

    def summary(self) -> dict[Verdict, int]:
        """Count the addresses by verdict, in the order of the verdicts, without zeros."""
        counts = Counter(self._verdict(row) for row in self.rows)
        return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}

    def lines(self) -> Iterator[str]:
        """Describe what is wrong, one line for each address."""
        if self.rows and len(self.unchecked) == len(self.rows):
            yield _("No address was checked. No link counts as failing because of this run.")
        wrong = self.wrong
        pages = pages_of(row for row in wrong if row.shared_link_id is None)
        for row in wrong:
            titles = ", ".join(page["title"] for page in pages.get(row.url, []))
            yield address_line(row) + (_(" on: %s") % titles if titles else "")
        for row in self.unchecked:
            # Only a row that could not be saved has a detail for no check.
            if row.verdict == Verdict.NOT_CHECKED and row.detail:
                yield address_line(row)
        yield from map(replaced_line, self.replaced)

    def contents(self, addresses: list[Any]) -> dict[str, Any]:
        """Return the report as a JSON object. ``addresses`` is the list of all ``entries``."""
        return {
            "started_at": self.started_at,
            "finished_at": timezone.now(),
            "summary": {verdict.value: number for verdict, number in self.summary().items()},
            "replaced_in_use": [
                {
                    "id": link.pk,
                    "name": link.name,
                    "replaced_by": {"id": link.successor_id, "name": str(link.successor)},
                    "places": link.usage,
                }
                for link in self.replaced
            ],
            "addresses": addresses,
        }

    def entries(self) -> Iterator[dict[str, Any]]:
        """Return a JSON object for each address, in the order of the addresses."""
        links = SharedLink.objects.in_bulk(
            {row.shared_link_id for row in self.rows if row.shared_link_id}
        )
        pages = pages_of(row for row in self.rows if row.shared_link_id is None)
        for row in sorted(self.rows, key=lambda row: row.url):
            if row.shared_link_id is None:
                yield self._entry(row, None, pages.get(row.url, []))
            # A link may have been deleted since the run began.
            elif link := links.get(row.shared_link_id):
                yield self._entry(row, {"id": link.pk, "name": link.name}, [])

    def _entry(self, row: LinkCheck, link: dict[str, Any] | None, pages: Any) -> dict[str, Any]:
        return {
            "shared_link": link,
            "pages": pages,
            "deep_path": row.deep_path,
            "url": row.url,
            "verdict": self._verdict(row).value,
            "status": row.status,
            "final_url": row.final_url,
            "detail": row.detail,
            "checked_at": row.checked_at,
            "last_good_at": row.last_good_at,
            "failing_days": row.failing_days,
            "dead": row.is_dead,
            "ignored_until": row.ignored_until if row.is_ignored else None,
        }

    def _verdict(self, row: LinkCheck) -> Verdict:
        return Verdict(row.verdict) if self._is_checked(row) else Verdict.NOT_CHECKED

    def _is_checked(self, row: LinkCheck) -> bool:
        """Return whether this run checked the address, not an earlier one."""
        return row.checked_at is not None and row.checked_at >= self.started_at


def pages_of(plain: Iterable[LinkCheck]) -> dict[str, list[dict[str, Any]]]:
    """Return the pages with plain links to the addresses in ``plain``, by address."""
    urls = {row.url for row in plain}
    if not urls:
        return {}
    uses = pages_with_plain_links(urls)
    page_model = swapper.load_model("wagtailcore", "Page")
    pks = {pk for found in uses.values() for pk in found}
    titles = {pk: page.draft_title for pk, page in page_model.objects.in_bulk(pks).items()}
    return {
        url: [{"id": pk, "title": titles[pk]} for pk in sorted(pks) if pk in titles]
        for url, pks in uses.items()
    }


def replaced_line(link: Any) -> str:
    """Describe a link from ``retired_in_use`` in one line."""
    line = ngettext(
        "Replaced by “%(new)s”, still used in %(count)d place: “%(old)s”",
        "Replaced by “%(new)s”, still used in %(count)d places: “%(old)s”",
        link.usage,
    )
    return line % {"old": link, "new": link.successor, "count": link.usage}


def address_line(row: LinkCheck) -> str:
    """Describe an address and its verdict in one line, which begins with the verdict."""
    facts = [str(row.get_verdict_display())]
    if row.status:
        facts.append(str(row.status))
    if row.is_dead:
        facts.append(_("dead"))
    elif row.failing_days:
        facts.append(
            _("day %(day)s of %(days)s")
            % {"day": row.failing_days, "days": get_settings().dead_after_days}
        )
    arrow = f" -> {row.final_url}" if row.final_url else ""
    detail = f" ({row.detail})" if row.detail else ""
    return f"{', '.join(facts)}: {row.url}{arrow}{detail}"
