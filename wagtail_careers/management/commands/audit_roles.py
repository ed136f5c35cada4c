"""Tests the live role pages of the site in a real browser."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from wagtail_careers.management.console import Console
from wagtail_careers.management.report_file import TextFile

if TYPE_CHECKING:
    from wagtail_careers.audit.carrying_out import Running
    from wagtail_careers.audit.plan import Plan
    from wagtail_careers.audit.results import Audit

#: The packages that the extra installs, by import name.
NEEDED = ("axe_selenium_python", "selenium")

BAD_ARGUMENTS = 2

#: The exit code that shells give a program that Ctrl-C has ended.
INTERRUPTED = 130


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Open all live, public role pages and index pages in a browser, as different readers "
            "see them, and report what breaks a rule of accessibility. The exit code is 1 if "
            "something was found or a page could not be tested."
        )
        parser.add_argument(
            "--base-url",
            metavar="URL",
            default="",
            help=_("the address of a running site; without it, the command serves the site itself"),
        )
        parser.add_argument(
            "--mode",
            nargs="+",
            action="extend",
            metavar="NAME",
            help=_("test only in these modes, for example light narrow; without it, in all"),
        )
        parser.add_argument(
            "--limit-to",
            nargs="+",
            action="extend",
            default=[],
            metavar="PATH",
            help=_("test only these pages and those below them, for example /roles/nursing/"),
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=1,
            metavar="N",
            help=_("the number of browsers that work at the same time; 1 by default"),
        )
        _add_files(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        _check_installed()
        from wagtail_careers.audit.plan import PlanError, make_plan

        console = Console(self.stdout, self.stderr, colour=not options["no_color"])
        try:
            plan = make_plan(
                base_url=options["base_url"],
                modes=options["mode"],
                workers=options["workers"],
                paths=options["limit_to"],
                baseline=options["baseline"],
                reports=options["report"],
            )
            with ExitStack() as stack:
                files = [stack.enter_context(TextFile(path)) for path in options["report"]]
                with _running(plan, options["resume"], console) as running:
                    audit = running.audit()
                    for file, format_report in zip(files, plan.formats, strict=True):
                        file.finish(format_report(audit))
                    running.forget_progress()
        except PlanError as error:
            raise CommandError(str(error), returncode=BAD_ARGUMENTS) from error
        except KeyboardInterrupt:
            console.complain(_interrupted(options["resume"]))
            sys.exit(INTERRUPTED)
        _show(audit, plan, console)


def _add_files(parser: CommandParser) -> None:
    parser.add_argument(
        "--report",
        nargs="+",
        action="extend",
        type=Path,
        default=[],
        metavar="FILE",
        help=_("write reports to these files: .html, .json, .jsonld (EARL) or .md"),
    )
    parser.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE.json",
        help=_("the report of an earlier audit, whose findings do not count"),
    )
    parser.add_argument(
        "--resume",
        type=Path,
        metavar="FILE",
        help=_("keep the progress in this file, and go on from it after an interruption"),
    )


def _check_installed() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = _("The audit needs %(names)s. Install it with: pip install '%(package)s'")
        names = {"names": ", ".join(missing), "package": "wagtail-careers[testing]"}
        raise CommandError(message % names, returncode=BAD_ARGUMENTS)


@contextmanager
def _running(plan: "Plan", resume: Path | None, console: Console) -> Iterator["Running"]:
    """Give the audit when all of its pages are done."""
    from wagtail_careers.audit.carrying_out import carry_out

    with carry_out(plan, resume) as running:
        with (
            closing(running.pages()) as pages,
            console.tracked(pages, total=running.total, label=_("Testing")) as tracked,
        ):
            for _page in tracked:
                pass
        yield running


def _show(audit: "Audit", plan: "Plan", console: Console) -> None:
    """Print the results, and exit with 1 if there is something to mend."""
    from wagtail_careers.audit.summary import finding_lines, numbers, result_numbers

    new = plan.new_findings(audit)
    console.summarise((_("Pages and findings"), _("Number")), numbers(audit, new))
    console.summarise((_("Criteria"), _("Number")), result_numbers(audit))
    for line in finding_lines(audit, new):
        console.say(line)
    if new or audit.failed:
        sys.exit(1)


def _interrupted(resume: Path | None) -> str:
    if resume:
        return _("Interrupted. Run the command again to go on from %(file)s.") % {"file": resume}
    return _("Interrupted. With --resume FILE, the next run goes on from there.")
