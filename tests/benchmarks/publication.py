"""Prints the queries that the publication of a page takes, by model, as JSON.

Run as a program, with or without the package (see ``startup_settings``).
"""

import json
import os

import django

PAGES = ("BarePage", "TextPage")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.publication_settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    print(json.dumps(count_queries()))


def count_queries() -> dict[str, int]:
    from django.apps import apps
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import Locale, Page

    Locale.objects.create(language_code="en-gb")
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    counts = {}
    for name in PAGES:
        page = root.add_child(instance=apps.get_model("bare", name)(title=name))
        page.save_revision().publish()  # Fills caches, for example of content types.
        page = page.specific_class.objects.get(pk=page.pk)
        page.search_description = "New"
        with CaptureQueriesContext(connection) as captured:
            page.save_revision().publish()
        counts[name] = len(captured)
    return counts


if __name__ == "__main__":
    main()
