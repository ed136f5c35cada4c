"""An audit in one mode, against the least time that it could take: the pages' and axe's own.

Each round does both in turn on the same pages, so that a busy moment of the machine falls on all
alike. A second browser is worth what the machine has cores for.
"""

import statistics
import time
from itertools import cycle, islice
from typing import Any

PAGES = 50
QUICK_PAGES = 8
ROUNDS = 5
QUICK_ROUNDS = 2


def run(quick: bool, pages: dict[str, Any]) -> None:
    """Measure and print."""
    from importlib.util import find_spec

    if find_spec("axe_selenium_python") is None:
        print("Audits: not measured. Install the extra: testing")
        return
    from rich.console import Console
    from rich.table import Table

    rounds = QUICK_ROUNDS if quick else ROUNDS
    number = QUICK_PAGES if quick else PAGES
    # With the first round, the browser and the server warm up.
    measured = measure(list(pages.values()), number, rounds + 1)[1:]
    table = Table("Audit", "Median (s)", "Ratio", title=f"{number} pages: {rounds} rounds")
    names = ("load and axe", "all checks, 1 browser", "all checks, 2 browsers")
    for name, times in zip(names, zip(*measured, strict=True), strict=True):
        ratio = statistics.median(own / each[0] for own, each in zip(times, measured, strict=True))
        table.add_row(name, f"{statistics.median(times):.2f}", f"{ratio:.2f}")
    Console(width=100).print(table)


def measure(pages: list[Any], number: int, rounds: int) -> list[tuple[float, float, float]]:
    """The seconds of each round: page load and axe alone, all checks in one browser and in two."""
    from wagtail_careers.audit.pages import Target
    from wagtail_careers.audit.server import serving
    from wagtail_careers.testing import axe, browser

    site = pages[0].get_site().pk
    paths = islice(cycle(page.get_url_parts()[2] for page in pages), number)
    targets = [Target(path, path, site, path, path) for path in paths]
    plain, *drivers = [browser.chrome() for _browser in range(3)]
    for driver in drivers:
        axe.preload(driver)
    quit_all = [driver.quit for driver in (plain, *drivers)]
    for driver in drivers:
        # An audit ends its browsers. The next round needs them again.
        driver.quit = lambda: None  # type: ignore[method-assign]
    try:
        with serving([site]) as addresses:
            return [
                (
                    least_seconds(plain, targets, addresses[site]),
                    audit_seconds(drivers[:1], targets, addresses[site]),
                    audit_seconds(drivers, targets, addresses[site]),
                )
                for _round in range(rounds)
            ]
    finally:
        for quit_driver in quit_all:
            quit_driver()


def least_seconds(driver: Any, targets: list[Any], address: str) -> float:
    """The seconds that it takes to load the pages, and to add axe to each and run it."""
    from wagtail_careers.testing import axe

    started = time.perf_counter()
    for target in targets:
        driver.get(f"{address}{target.path}")
        axe.run(driver)
    return time.perf_counter() - started


def audit_seconds(drivers: list[Any], targets: list[Any], address: str) -> float:
    """The seconds of an audit, without the start of the browsers."""
    from wagtail_careers.audit.run import Work, results
    from wagtail_careers.audit.visit import audit_page
    from wagtail_careers.testing.modes import LIGHT

    first, *others = drivers
    work = Work(
        start=lambda: others[0],
        do=lambda driver, target: audit_page(driver, target, f"{address}{target.path}", [LIGHT]),
        give_up=lambda target, reason: expect_no_error(f"{target.path}: {reason}"),
    )
    started = time.perf_counter()
    for audit in results(work, targets, len(drivers), first):
        expect_no_error(audit.error)
    return time.perf_counter() - started


def expect_no_error(error: str) -> Any:
    """Nothing is measured that went wrong."""
    if error:
        raise RuntimeError(error)
