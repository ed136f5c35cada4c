"""Checks the addresses of shared links."""

import sys
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.link_checks import health
from wagtail_careers.link_checks.report import CheckReport
from wagtail_careers.management.console import Console
from wagtail_careers.management.database import require_writable
from wagtail_careers.management.report_file import ReportFile
from wagtail_careers.models import SharedLink
from wagtail_careers.rich_text.targets import parse_id
from wagtail_careers.tasks import continue_interrupted

#: The exit code that shells give a program that Ctrl-C has ended.
INTERRUPTED = 130


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Check the address of every shared link, and every address that pages make from one "
            "with a deep path, and save the results. The exit code is 1 if an address needs "
            "attention or was not checked."
        )
        parser.add_argument(
            "links",
            nargs="*",
            type=int,
            metavar="ID",
            help=_("check only the shared links with these IDs"),
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE.json",
            help=_("write the results to this file, which is replaced"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(self.stdout, self.stderr, colour=not options["no_color"])
        pks = _existing(options["links"])
        require_writable()
        path: Path | None = options["report"]
        for replacement in continue_interrupted():
            console.say(_("Continued: %(replacement)s") % {"replacement": replacement.title})
        report = CheckReport(timezone.now())
        with ReportFile(path) if path else nullcontext() as file:
            interrupted = _check(report, pks, console)
            if file:
                for entry in report.entries():
                    file.add(entry)
                file.finish(report.contents(file.entries))
        numbers = {str(verdict.label): number for verdict, number in report.summary().items()}
        console.summarise((_("Verdict"), _("Addresses")), numbers)
        for line in report.lines():
            console.say(line)
        if interrupted:
            console.complain(_("Interrupted. The results so far are saved."))
            sys.exit(INTERRUPTED)
        if not report.is_all_well:
            sys.exit(1)


def _check(report: CheckReport, pks: list[int] | None, console: Console) -> bool:
    """Check the addresses, and return whether Ctrl-C ended that early."""
    # Other commands, which load this module for its help, need no connections.
    from wagtail_careers.link_checks.run import check_addresses

    try:
        report.rows = health.prepare(pks)
        with (
            closing(check_addresses(report.rows)) as checks,
            console.tracked(checks, total=len(report.rows), label=_("Checking")) as tracked,
        ):
            for _row in tracked:
                pass
    except KeyboardInterrupt:
        return True
    return False


def _existing(pks: list[int]) -> list[int] | None:
    """Return ``pks``, or None for all links. Raise ``CommandError`` if a link does not exist."""
    if not pks:
        return None
    # A number that no ID can be would be an error of the database.
    possible = [pk for pk in pks if parse_id(pk)]
    known = set(SharedLink.objects.filter(pk__in=possible).values_list("pk", flat=True))
    if unknown := sorted(set(pks) - known):
        ids = ", ".join(str(pk) for pk in unknown)
        message = _("No shared link has this ID: %(ids)s.")
        raise CommandError(message % {"ids": ids}, returncode=2)
    return pks
