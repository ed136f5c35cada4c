"""Rebuilds what is derived from role pages, and the records of links on all pages."""

import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import swapper
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from wagtail_careers import completeness, derived
from wagtail_careers.links.prose import models_with_prose
from wagtail_careers.links.recording import record_newest
from wagtail_careers.links.usage import newest_content
from wagtail_careers.management.console import Console
from wagtail_careers.management.database import require_writable
from wagtail_careers.role_models import role_page_models


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Rebuild the traits, steps and summary of every role page from its published version, "
            "and clear those of pages that are not live. Record how complete the latest versions "
            "are, and which shared links and plain "
            "links the latest versions of these and of other pages use. Record what the rules "
            "about content find on published roles. The exit code is 1 if a "
            "page cannot be read."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(self.stdout, self.stderr, colour=not options["no_color"])
        require_writable()
        counts: Counter[str] = Counter()
        page_model = swapper.load_model("wagtailcore", "Page")
        roles = role_page_models()
        for model in roles:
            counts.update(_for_each(model.objects.order_by("pk"), _rebuild_role, console))
        for model in models_with_prose():
            if model not in roles:
                pages = page_model.objects.exact_type(model).order_by("pk").specific()
                counts.update(_for_each(pages, _record_links, console))
        # Imported here because other commands start without the rules about content.
        from wagtail_careers.lint.recording import record_all

        with console.waiting(_("Recording the findings of rules about content")):
            recorded = record_all()
        numbers = {
            _("Rebuilt"): counts["rebuilt"],
            _("Cleared because not live"): counts["cleared"],
            _("Links recorded on other pages"): counts["recorded"],
            _("Findings recorded"): recorded,
            _("Failed"): counts["failed"],
        }
        console.summarise((_("Pages"), _("Number")), numbers)
        if counts["failed"]:
            sys.exit(1)


def _for_each(pages: Any, work: Callable[[Any], str], console: Console) -> Counter[str]:
    """Do ``work`` for each page, and return the number of pages for each result."""
    counts: Counter[str] = Counter()
    with console.tracked(
        pages.iterator(chunk_size=200),
        total=pages.count(),
        label=str(pages.model._meta.verbose_name_plural),
    ) as tracked:
        for page in tracked:
            try:
                counts[work(page)] += 1
            except Exception as error:  # noqa: BLE001 - one bad page must not stop the others
                console.complain(f"{page.url_path}: {type(error).__name__}: {error}")
                counts["failed"] += 1
    return counts


def _rebuild_role(page: Any) -> str:
    derived.rebuild(page)
    record_newest(page)
    completeness.record_completeness(page.pk, type(page), newest_content(page))
    return "rebuilt" if page.live else "cleared"


def _record_links(page: Any) -> str:
    record_newest(page)
    return "recorded"
