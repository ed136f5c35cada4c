"""One page in a browser: what the testing tools find on it."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.audit.pages import Target
from wagtail_careers.audit.results import Finding, PageAudit, merge_modes
from wagtail_careers.testing.accessibility_tree import fetch
from wagtail_careers.testing.axe import AxeError
from wagtail_careers.testing.browser import PageError, open_page
from wagtail_careers.testing.checks import check_page
from wagtail_careers.testing.criteria import CRITERIA, Criterion, Reach
from wagtail_careers.testing.modes import Mode
from wagtail_careers.testing.report import Found, Ran, Report
from wagtail_careers.testing.rules import RULES
from wagtail_careers.testing.transcript import spoken


def audit_page(driver: WebDriver, target: Target, address: str, modes: Sequence[Mode]) -> PageAudit:
    """Open the page at ``address`` and run all checks in ``modes``.

    A page that cannot be opened or checked is a result with an error. Raises ``WebDriverException``
    if the browser has stopped.
    """
    started = time.perf_counter()
    audit = PageAudit(target.name, target.title, target.url, target.version)
    try:
        open_page(driver, address)
        tree = fetch(driver)
        # The browser is at work meanwhile.
        with ThreadPoolExecutor(max_workers=1) as aside:
            heard = aside.submit(lambda: str(spoken(tree.root())))
            try:
                audit = with_report(audit, check_page(driver, modes))
            finally:
                audit = replace(audit, transcript=heard.result())
    except (AxeError, PageError) as error:
        audit = replace(audit, error=str(error))
    return replace(audit, seconds=round(time.perf_counter() - started, 3))


def with_report(audit: PageAudit, report: Report) -> PageAudit:
    """Return ``audit`` with what the testing tools report of the page."""
    return replace(
        audit,
        findings=merge_modes(map(_finding, report.found)),
        undecided=merge_modes(map(_finding, report.undecided)),
        criteria=tuple(each.number for each in _tested(report.ran)),
        not_tested=tuple(
            f"{each.check} ({each.mode.name}): {each.reason}" for each in report.not_tested
        ),
    )


def _finding(found: Found) -> Finding:
    problem = found.problem
    return Finding(
        problem.rule,
        problem.criterion,
        problem.message,
        problem.target,
        problem.html,
        problem.fix,
        (found.mode.name,),
    )


def _tested(ran: Iterable[Ran]) -> Iterator[Criterion]:
    """Yield the criteria that checks were run for.

    One that checks cover fully counts if all of the kit's own rules for it were looked for, which
    takes several modes.
    """
    ran = list(ran)
    looked_for = {rule for each in ran for rule in each.rules}
    has_axe = any(each.check == "axe" for each in ran)
    for criterion in CRITERIA:
        own = {rule for rule, known in RULES.items() if known.criterion == criterion.title}
        is_by_axe = criterion.has_axe_rules and has_axe
        if criterion.reach is Reach.AUTOMATIC:
            if own <= looked_for and (own or is_by_axe):
                yield criterion
        elif is_by_axe or own & looked_for:
            yield criterion
