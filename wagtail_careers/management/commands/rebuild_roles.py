"""Rebuilds what is derived from published role pages."""

import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from wagtail_careers import derived
from wagtail_careers.links import usage
from wagtail_careers.management.console import Console
from wagtail_careers.role_models import role_page_models


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Rebuild the traits, steps and summary of every role page from its published version, "
            "and clear those of pages that are not live. Record which shared links the latest "
            "versions use. The exit code is 1 if a page cannot be read."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(self.stdout, self.stderr, colour=not options["no_color"])
        counts: Counter[str] = Counter()
        for model in role_page_models():
            pages = model.objects.order_by("pk")
            with console.tracked(
                pages.iterator(chunk_size=200),
                total=pages.count(),
                label=str(model._meta.verbose_name_plural),
            ) as tracked:
                for page in tracked:
                    counts[_rebuild(page, console)] += 1
        numbers = {
            _("Rebuilt"): counts["rebuilt"],
            _("Cleared because not live"): counts["cleared"],
            _("Failed"): counts["failed"],
        }
        console.summarise((_("Role pages"), _("Number")), numbers)
        if counts["failed"]:
            sys.exit(1)


def _rebuild(page: Any, console: Console) -> str:
    try:
        derived.rebuild(page)
        usage.record_newest(page.pk, usage.newest_content(page))
    except Exception as error:  # noqa: BLE001 - one bad page must not stop the others
        console.complain(f"{page.url_path}: {type(error).__name__}: {error}")
        return "failed"
    return "rebuilt" if page.live else "cleared"
