"""Recomputes all that follows from published role pages."""

import sys
from collections import Counter
from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import track
from rich.table import Table

from wagtail_careers import derived
from wagtail_careers.links import usage
from wagtail_careers.role_models import role_page_models


class Command(BaseCommand):
    help = (
        "Recomputes the traits, steps and summaries of all role pages from what is published, "
        "and removes those of pages that are not live; notes which shared links their newest "
        "versions use. Exits with 1 if a page could not be read."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts: Counter[str] = Counter()
        progress = Console(file=sys.stderr)
        for model in role_page_models():
            pages = model.objects.order_by("pk")
            for page in track(
                pages.iterator(chunk_size=200),
                total=pages.count(),
                description=str(model._meta.verbose_name_plural),
                console=progress,
                disable=not sys.stderr.isatty(),
            ):
                counts[self._rebuild(page)] += 1
        self._print_summary(counts)
        if counts["failed"]:
            sys.exit(1)

    def _rebuild(self, page: Any) -> str:
        try:
            derived.rebuild(page)
            usage.record_newest(page.pk, usage.newest_content(page))
        except Exception as error:  # noqa: BLE001 - one bad page must not stop the others
            self.stderr.write(f"{page.url_path}: {type(error).__name__}: {error}")
            return "failed"
        return "rebuilt" if page.live else "removed"

    def _print_summary(self, counts: Counter[str]) -> None:
        table = Table("Pages", "Number")
        table.add_row("Rebuilt", str(counts["rebuilt"]))
        table.add_row("Not live: removed", str(counts["removed"]))
        table.add_row("Failed", str(counts["failed"]))
        Console(file=cast(IO[str], self.stdout)).print(table)
