"""Imports roles from a WordPress site."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track
from rich.table import Table

from wagtail_careers.conf import get_settings
from wagtail_careers.models import RoleCategory

if TYPE_CHECKING:
    from wagtail_careers.importing.planning.destination import Destination
    from wagtail_careers.importing.planning.options import Options
    from wagtail_careers.importing.run import Handled as Step

#: What the extra brings, by the name that it is imported by.
NEEDED = ("defusedxml", "frontmatter", "selectolax")

BAD_ARGUMENTS = 2


class Command(BaseCommand):
    help = (
        "Imports roles from a WordPress site: from Markdown files with front matter, folders of "
        "them, or WordPress exports (WXR). Without --publish, pages are drafts. It can be run "
        "again: what editors have changed since is kept. Exits with 1 if anything was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="SOURCE", type=Path)
        parser.add_argument("--parent", required=True, metavar="URL_PATH", help="such as /roles/")
        parser.add_argument("--dry-run", action="store_true", help="print the plan, write nothing")
        parser.add_argument("--publish", action="store_true", help="publish what is complete")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write a full report")
        parser.add_argument("--category", metavar="SLUG", default="", help="for all roles")
        parser.add_argument("--map", type=Path, metavar="FILE.toml", help="decisions, post by post")
        parser.add_argument("--media", type=Path, metavar="DIR", help="the old site's uploads")

    def handle(self, *args: Any, **options: Any) -> None:
        self.check_installed()
        from wagtail_careers.importing.report import Report, ReportFile
        from wagtail_careers.importing.run import Import as Run

        sources, media = self.existing(options["sources"]), options["media"]
        if media and not media.is_dir():
            raise CommandError(f"{media} is no folder.", returncode=BAD_ARGUMENTS)
        if options["report"] and options["report"].is_dir():
            message = f"{options['report']} cannot be written: it is a folder."
            raise CommandError(message, returncode=BAD_ARGUMENTS)
        destination = self.destination(options["parent"])
        run = Run(
            destination,
            sources,
            self.options(options),
            publish=options["publish"],
            dry_run=options["dry_run"],
            media=media,
        )
        facts = {"parent": destination.parent.url_path, "dry_run": options["dry_run"]}
        with ExitStack() as stack:
            file = None
            if options["report"]:
                try:
                    file = stack.enter_context(ReportFile(options["report"], facts))
                except OSError as error:
                    message = f"{options['report']} cannot be written: {error.strerror}"
                    raise CommandError(message, returncode=BAD_ARGUMENTS) from error
            report = Report(file)
            needs_attention = False
            for step in self.progress(run):
                step.report_to(report, run.links)
                needs_attention |= self.say(step)
                if options["dry_run"]:
                    self.stdout.write("\n".join(step.plan_lines()))
            report.finish()
        self.print_summary(report.summary, dry_run=options["dry_run"])
        if needs_attention:
            sys.exit(1)

    def check_installed(self) -> None:
        missing = [name for name in NEEDED if find_spec(name) is None]
        if missing:
            raise CommandError(
                f"The import needs {', '.join(missing)}: pip install 'wagtail-careers[import]'",
                returncode=BAD_ARGUMENTS,
            )

    def existing(self, sources: list[Path]) -> list[Path]:
        missing = [str(source) for source in sources if not source.exists()]
        if missing:
            message = f"There is no file or folder {', '.join(missing)}."
            raise CommandError(message, returncode=BAD_ARGUMENTS)
        return sources

    def destination(self, url_path: str) -> "Destination":
        from wagtail_careers.importing.planning.destination import (
            DestinationError,
            find_destination,
        )

        try:
            return find_destination(url_path)
        except DestinationError as error:
            raise CommandError(str(error), returncode=BAD_ARGUMENTS) from error

    def options(self, options: dict[str, Any]) -> "Options":
        from wagtail_careers.importing.planning.options import (
            MapError,
            apply_map,
            from_settings,
            read_map,
        )

        category = options["category"]
        known = RoleCategory.objects.order_by("slug").values_list("slug", flat=True)
        if category and category not in known:
            message = f"There is no category {category}. There are: {', '.join(known) or 'none'}."
            raise CommandError(message, returncode=BAD_ARGUMENTS)
        decided = from_settings(get_settings(), category)
        if not options["map"]:
            return decided
        try:
            return apply_map(read_map(options["map"]), decided)
        except MapError as error:
            raise CommandError(str(error), returncode=BAD_ARGUMENTS) from error

    def progress(self, run: Any) -> Iterator["Step"]:
        console = Console(file=sys.stderr)
        is_hidden = not sys.stderr.isatty()
        with console.status("Reading the sources") if not is_hidden else ExitStack():
            run.prepare()
        yield from track(
            run.steps(),
            total=len(run.index),
            description="Importing",
            console=console,
            disable=is_hidden,
        )

    def say(self, step: "Step") -> bool:
        """Write a line for whatever was refused; whether there was any."""
        for message in step.complaints():
            self.stderr.write(" ".join(f"{step.source}: {message}".split()))
        return bool(step.complaints())

    def print_summary(self, summary: dict[str, int], *, dry_run: bool) -> None:
        console = Console(file=cast(IO[str], self.stdout))
        table = Table("Posts", "Number")
        for label, name in (
            ("Created", "created"),
            ("Updated", "updated"),
            ("Unchanged", "unchanged"),
            ("Conflicts", "conflict"),
            ("Skipped", "skipped"),
            ("Needs review", "needs_review"),
            ("Errors", "error"),
        ):
            table.add_row(label, str(summary[name]))
        console.print(table)
        console.print(next_step(summary, dry_run=dry_run))


def next_step(summary: dict[str, int], *, dry_run: bool) -> str:
    """What the person who imports should do now."""
    if summary["error"]:
        return "Next: put right what is listed as an error, and run the same command again."
    if dry_run:
        return "Next: run the same command without --dry-run."
    if summary["conflict"] or summary["needs_review"]:
        return "Next: open Reports, Imported roles in the admin, and look at what it flags."
    return "Next: nothing. Run the same command again when the source has changed."
