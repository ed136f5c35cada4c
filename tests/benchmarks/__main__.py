"""Times the package against what one would otherwise have: ``make bench``.

Times of pages are medians of rounds in which each page is asked for once, so that a busy moment of
the machine falls on all of them alike. Compare the ratios, not the milliseconds.
"""

import argparse
import os
import statistics
import time
from typing import Any

import django

from tests.benchmarks import checks

ROUNDS = 200
QUICK_ROUNDS = 40
WARM_UP_ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, for a first look")
    quick = parser.parse_args().quick
    rounds = QUICK_ROUNDS if quick else ROUNDS

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.conf import settings
    from django.test.utils import (
        get_runner,
        setup_test_environment,
        teardown_test_environment,
    )

    from tests.benchmarks import audits, editing, imports, purges, startup
    from tests.benchmarks.pages import make_pages
    from tests.conftest import plant_home

    # As on a site. Most tests do without.
    settings.WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = True
    setup_test_environment(debug=False)
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        pages = make_pages(plant_home())
        print_table(measure(pages, rounds), rounds)
        # First, because the others plant pages and sites of their own.
        audits.run(quick, pages)
        editing.run(quick, pages)
        purges.run(quick)
        checks.run(quick)
        imports.run(quick)
        startup.run(quick)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()


def measure(pages: dict[str, Any], rounds: int) -> dict[str, dict[str, float]]:
    """For each page: the median time in milliseconds, the queries and the bytes."""
    from django.test import Client

    client = Client()
    urls = {name: page.get_url() for name, page in pages.items()}
    for _round in range(WARM_UP_ROUNDS):
        for url in urls.values():
            fetch(client, url)
    times: dict[str, list[float]] = {name: [] for name in urls}
    for _round in range(rounds):
        for name, url in urls.items():
            started = time.perf_counter()
            fetch(client, url)
            times[name].append((time.perf_counter() - started) * 1000)
    return {
        name: {
            "median": statistics.median(times[name]),
            "queries": count_queries(client, url),
            "bytes": len(fetch(client, url).content),
        }
        for name, url in urls.items()
    }


def fetch(client: Any, url: str) -> Any:
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}")
    return response


def count_queries(client: Any, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        fetch(client, url)
    return len(queries)


def print_table(results: dict[str, dict[str, float]], rounds: int) -> None:
    from rich.console import Console
    from rich.table import Table

    yardstick = results["Do-it-yourself page: 12 links"]["median"]
    table = Table(
        "Page", "Median (ms)", "Ratio", "Queries", "Bytes", title=f"Medians of {rounds} requests"
    )
    for name, result in results.items():
        table.add_row(
            name,
            f"{result['median']:.2f}",
            f"{result['median'] / yardstick:.2f}",
            f"{result['queries']:.0f}",
            f"{result['bytes']:.0f}",
        )
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
