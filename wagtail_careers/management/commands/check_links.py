"""Checks the addresses of shared links."""

import json
import sys
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from rich.console import Console
from rich.progress import track
from rich.table import Table

from wagtail_careers.choices import CHANGEABLE, FAULTS, Verdict
from wagtail_careers.conf import get_settings
from wagtail_careers.link_checks import health
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.rich_text.targets import parse_id

#: What a shell says of a program that Ctrl-C has ended.
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Asks for the address of each shared link, and for each address that pages make of one, "
        "and saves what was found. Exits with 1 if something is wrong with an address, or if "
        "not all could be checked."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "links", nargs="*", type=int, metavar="ID", help="check only these shared links"
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE.json", help="write what was found to this file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pks = _existing(options["links"])
        file: Path | None = options["report"]
        if file:
            # Better now than after an hour.
            _write(file, "")
        results = Results(timezone.now())
        interrupted = self._check(results, pks)
        self._print_summary(results)
        if file:
            _write(file, results.as_json())
        if interrupted:
            self.stderr.write("Interrupted. What was found until then is saved.")
            sys.exit(INTERRUPTED)
        if results.wrong or results.unchecked:
            sys.exit(1)

    def _check(self, results: "Results", pks: list[int] | None) -> bool:
        """Check all; True when that was interrupted."""
        try:
            results.rows = health.prepare(pks)
            with closing(health.check_addresses(results.rows)) as checks:
                for _row in track(
                    checks,
                    total=len(results.rows),
                    description="addresses",
                    console=Console(file=sys.stderr),
                    disable=not sys.stderr.isatty(),
                ):
                    pass
        except KeyboardInterrupt:
            return True
        return False

    def _print_summary(self, results: "Results") -> None:
        table = Table("Verdict", "Addresses")
        for verdict, number in results.summary().items():
            table.add_row(str(verdict.label), str(number))
        Console(file=cast(IO[str], self.stdout)).print(table)
        if results.rows and len(results.unchecked) == len(results.rows):
            self.stdout.write("Nothing was checked, and no link counts as failing for it.")
        # Lines rather than a table, which would break addresses.
        for row in results.wrong:
            self.stdout.write(_describe(row))


class Results:
    """What a run found: the rows that it was to check, updated by the checks."""

    def __init__(self, started_at: datetime) -> None:
        self.started_at = started_at
        self.rows: list[LinkCheck] = []

    @property
    def wrong(self) -> list[LinkCheck]:
        """Those with a fault or an address to change that nobody has chosen to ignore."""
        return [
            row
            for row in self.rows
            if self._is_done(row) and row.verdict in FAULTS | CHANGEABLE and not row.is_ignored
        ]

    @property
    def unchecked(self) -> list[LinkCheck]:
        return [row for row in self.rows if not self._is_done(row)]

    def summary(self) -> dict[Verdict, int]:
        """How many addresses have each verdict that any has, in the order of the verdicts."""
        counts = Counter(self._verdict(row) for row in self.rows)
        return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}

    def as_json(self) -> str:
        names = SharedLink.objects.in_bulk({row.shared_link_id for row in self.rows})
        report = {
            "started_at": self.started_at,
            "finished_at": timezone.now(),
            "summary": {verdict.value: number for verdict, number in self.summary().items()},
            "addresses": [
                self._as_dict(row, names[row.shared_link_id].name)
                for row in sorted(self.rows, key=lambda row: row.url)
                if row.shared_link_id in names
            ],
        }
        return json.dumps(report, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"

    def _as_dict(self, row: LinkCheck, name: str) -> dict[str, Any]:
        return {
            "shared_link": {"id": row.shared_link_id, "name": name},
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
        return Verdict(row.verdict) if self._is_done(row) else Verdict.NOT_CHECKED

    def _is_done(self, row: LinkCheck) -> bool:
        """Whether this run has checked it, rather than one before."""
        return row.checked_at is not None and row.checked_at >= self.started_at


def _describe(row: LinkCheck) -> str:
    facts = [str(row.get_verdict_display())]
    if row.status:
        facts.append(str(row.status))
    if row.failing_days:
        facts.append(
            "dead" if row.is_dead else f"day {row.failing_days} of {get_settings().dead_after_days}"
        )
    arrow = f" -> {row.final_url}" if row.final_url else ""
    detail = f" ({row.detail})" if row.detail else ""
    return f"{', '.join(facts)}: {row.url}{arrow}{detail}"


def _existing(pks: list[int]) -> list[int] | None:
    """``pks``, or None for all. Raises ``CommandError`` if there is no such link."""
    if not pks:
        return None
    # A number that no id can be would be an error of the database.
    possible = [pk for pk in pks if parse_id(pk)]
    known = set(SharedLink.objects.filter(pk__in=possible).values_list("pk", flat=True))
    if unknown := sorted(set(pks) - known):
        names = ", ".join(str(pk) for pk in unknown)
        raise CommandError(f"There is no shared link with the id {names}.", returncode=2)
    return pks


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Cannot write {file}: {error.strerror}.", returncode=2) from error
