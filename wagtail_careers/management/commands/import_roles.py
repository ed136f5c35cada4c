"""Imports roles from a WordPress site."""

import sys
from argparse import ArgumentTypeError
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from wagtail_careers.conf import get_settings
from wagtail_careers.management.console import Console
from wagtail_careers.management.database import require_writable
from wagtail_careers.management.report_file import ReportFile

if TYPE_CHECKING:
    from wagtail_careers.importing.planning.destination import Destination
    from wagtail_careers.importing.planning.options import Options
    from wagtail_careers.importing.report import Report
    from wagtail_careers.importing.run import Import

#: The packages that the extra installs, by import name.
NEEDED = ("defusedxml", "frontmatter", "markdown_it", "mdit_py_plugins")

BAD_ARGUMENTS = 2


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Import roles from a WordPress site, as drafts unless --publish is given. Run it again "
            "when the source has changed: it keeps what editors have changed since. The exit code "
            "is 1 if anything was refused."
        )
        parser.add_argument(
            "sources",
            nargs="+",
            metavar="SOURCE",
            type=_path,
            help=_("a file with front matter, a WordPress export (WXR), a folder, or an archive"),
        )
        parser.add_argument(
            "--parent",
            required=True,
            metavar="URL_PATH",
            help=_("the page to import below, for example /roles/"),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("show the plan and change nothing")
        )
        parser.add_argument(
            "--publish", action="store_true", help=_("publish the roles that are complete")
        )
        parser.add_argument(
            "--report", type=_path, metavar="FILE.json", help=_("write a full report to this file")
        )
        parser.add_argument(
            "--category",
            metavar="SLUG",
            default="",
            help=_("the category of all roles, by its slug"),
        )
        parser.add_argument(
            "--map",
            type=_path,
            metavar="FILE.toml",
            help=_("a TOML file with choices for all posts or for single posts"),
        )
        parser.add_argument(
            "--media",
            type=_path,
            metavar="DIR",
            help=_("a copy of the old site's uploads, to import images and documents from"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check_installed()
        from wagtail_careers.importing.report import Report

        console = Console(self.stdout, self.stderr, colour=not options["no_color"])
        run, path = _run(options), options["report"]
        if not run.dry_run:
            require_writable()
        with ReportFile(path) if path else nullcontext() as file:
            report = Report(file.add if file else None)
            needs_attention = _import(run, report, console)
            if file:
                parent = run.destination.parent.url_path
                file.finish(report.contents(parent=parent, dry_run=run.dry_run, posts=file.entries))
        console.summarise((_("Posts"), _("Number")), report.numbers())
        links = run.destination.draft_links()
        steps = report.next_steps(dry_run=run.dry_run, publish=run.publish, draft_links=links)
        console.say("\n".join(steps))
        if needs_attention:
            sys.exit(1)


def _import(run: "Import", report: "Report", console: Console) -> bool:
    """Import everything, and return whether anything was refused or needs attention."""
    needs_attention = False
    with console.waiting(_("Reading the sources")):
        run.prepare()
    with console.tracked(run.steps(), total=len(run.index), label=_("Importing")) as steps:
        for step in steps:
            step.report_to(report, run.links)
            for warning in step.warnings():
                console.warn(f"{step.source}: {warning}")
            for complaint in step.complaints():
                console.complain(f"{step.source}: {complaint}")
                needs_attention = True
            if run.dry_run and (lines := step.plan_lines()):
                console.say("\n".join(lines))
    return needs_attention


def _run(options: dict[str, Any]) -> "Import":
    """Return the import that the arguments ask for. Raise ``CommandError`` for a bad one."""
    from wagtail_careers.importing.run import Import

    _check_sources(options["sources"])
    if options["media"] and not options["media"].is_dir():
        raise _bad(_("“%(name)s” is not a folder. Unpack an archive."), name=options["media"])
    destination = _destination(options["parent"])
    return Import(
        destination,
        options["sources"],
        _decisions(destination, options["category"], options["map"]),
        publish=options["publish"],
        dry_run=options["dry_run"],
        media=options["media"],
    )


def _check_sources(sources: list[Path]) -> None:
    missing = [str(source) for source in sources if not source.exists()]
    if missing:
        raise _bad(_("No such file or folder: %(names)s."), names=", ".join(missing))
    # A source is read more than once.
    streams = [str(source) for source in sources if not (source.is_file() or source.is_dir())]
    if streams:
        message = _("Save what comes from a pipe or a device as a file first: %(names)s.")
        raise _bad(message, names=", ".join(streams))


def _path(text: str) -> Path:
    """Return the path that an argument gives. An empty one would be the current folder."""
    if not text:
        raise ArgumentTypeError(_("The name of a file or folder is empty."))
    return Path(text)


def _check_installed() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = _("The import needs %(names)s. Install it with: pip install '%(package)s'")
        raise _bad(message, names=", ".join(missing), package="wagtail-careers[import]")


def _destination(url_path: str) -> "Destination":
    from wagtail_careers.importing.planning.destination import DestinationError, find_destination

    try:
        return find_destination(url_path)
    except DestinationError as error:
        raise CommandError(str(error), returncode=BAD_ARGUMENTS) from error


def _decisions(destination: "Destination", category: str, map_file: Path | None) -> "Options":
    """Return what the settings, the category and the map say."""
    from wagtail_careers.importing.planning.map_names import check_categories
    from wagtail_careers.importing.planning.options import apply_map, from_settings, read_map
    from wagtail_careers.importing.sources.conventions import MapError

    decided = from_settings(get_settings(), destination.kinds, category)
    try:
        if map_file:
            decided = apply_map(read_map(map_file), decided)
        check_categories(decided, destination.category_slugs())
    except MapError as error:
        raise CommandError(str(error), returncode=BAD_ARGUMENTS) from error
    return decided


def _bad(message: str, **names: Any) -> CommandError:
    return CommandError(message % names, returncode=BAD_ARGUMENTS)
