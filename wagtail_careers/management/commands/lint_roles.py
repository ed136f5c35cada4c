"""Checks the content of all live role pages."""

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.lint.registry import all_profiles, rules_of, site_profiles
from wagtail_careers.lint.report import LintReport, finding_entry, finding_line
from wagtail_careers.lint.rule import Finding, Level, Rule
from wagtail_careers.lint.run import Role, read_roles, role_findings, site_of
from wagtail_careers.lint.words import own_words
from wagtail_careers.management.console import Console
from wagtail_careers.management.report_file import ReportFile


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Check the content of all live role pages against the rules of the site's profiles. "
            "The exit code is 1 if a rule found an error or a warning. Advice does not count."
        )
        parser.add_argument(
            "--profile",
            nargs="+",
            action="extend",
            metavar="NAME",
            help=_("check these profiles instead of those in the settings"),
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE.json",
            help=_("write all findings to this file, which is replaced"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(self.stdout, self.stderr, colour=not options["no_color"])
        profiles = _existing(options["profile"])
        rules = [rule for rule in rules_of(profiles) if rule.is_concern]
        path: Path | None = options["report"]
        report = LintReport(timezone.now(), profiles)
        with ReportFile(path) if path else nullcontext() as file:
            for role, found in _check(rules, report, console):
                for finding in found:
                    if file:
                        file.add(finding_entry(role, finding))
                    if finding.rule.level != Level.ADVICE:
                        console.say(finding_line(role, finding))
            if file:
                file.finish(report.contents(file.entries))
        console.summarise((_("Rule"), _("Findings")), report.numbers())
        if not report.is_all_well:
            sys.exit(1)


def _check(
    rules: Iterable[Rule], report: LintReport, console: Console
) -> Iterable[tuple[Role, tuple[Finding, ...]]]:
    """Yield each live role with the findings about it, and add them to the report."""
    with console.waiting(_("Reading the role pages")):
        roles = read_roles(own_words)
        site = site_of(roles)
    with console.tracked(roles, total=len(roles), label=_("Checking")) as tracked:
        for role in tracked:
            try:
                found = role_findings(role, site, rules)
            except Exception as error:  # noqa: BLE001 - one bad page must not stop the others
                console.complain(f"{role.url_path}: {type(error).__name__}: {error}")
                report.failed += 1
                continue
            report.add(found)
            yield role, found


def _existing(names: list[str] | None) -> tuple[str, ...]:
    """Return the profiles to check. Raise ``CommandError`` if one does not exist."""
    known = all_profiles()
    if unknown := [name for name in names or () if name not in known]:
        message = _("No such profile: %(names)s. The profiles are: %(known)s.")
        words = {"names": ", ".join(unknown), "known": ", ".join(known)}
        raise CommandError(message % words, returncode=2)
    return tuple(dict.fromkeys(names)) if names else site_profiles()
