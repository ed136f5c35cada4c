"""The results of an audit: findings on pages. Values, which JSON can hold."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from wagtail_careers.testing.criteria import Criterion, find


@dataclass(frozen=True)
class Finding:
    """One element on a page and one rule that it breaks, in one or several modes.

    ``criterion`` is the number and name of a success criterion of WCAG, and is empty for a good
    practice. ``target`` is a CSS selector and ``html`` is the start of the element's HTML.
    """

    rule: str
    criterion: str
    message: str
    target: str
    html: str = ""
    fix: str = ""
    modes: tuple[str, ...] = ()

    @property
    def success_criterion(self) -> Criterion | None:
        return find(self.criterion)


@dataclass(frozen=True)
class PageAudit:
    """The results for one page.

    ``path`` is that in the address bar; for a page that is not on the default site, it begins with
    two slashes and the host name. ``version`` changes when the page is published. ``criteria`` are
    the numbers of the success criteria that checks were run for. ``undecided`` are findings that
    axe leaves to people. ``not_tested`` says which checks the browser could not do. ``error`` says
    why the page could not be tested; otherwise it is empty. ``transcript`` is what a screen reader
    says, line by line; it is empty if it was not taken.
    """

    path: str
    title: str
    url: str
    version: str = ""
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Finding, ...] = ()
    criteria: tuple[str, ...] = ()
    not_tested: tuple[str, ...] = ()
    error: str = ""
    transcript: str = ""
    seconds: float = 0


@dataclass(frozen=True)
class Audit:
    """The results for a site. ``started_at`` and ``finished_at`` are in ISO 8601."""

    site: str
    started_at: str
    finished_at: str
    modes: tuple[str, ...]
    tools: Mapping[str, str]
    pages: tuple[PageAudit, ...]

    @property
    def tested(self) -> list[PageAudit]:
        """The pages that could be tested."""
        return [page for page in self.pages if not page.error]

    @property
    def failed(self) -> list[PageAudit]:
        """The pages that could not be tested."""
        return [page for page in self.pages if page.error]

    @property
    def findings(self) -> list[tuple[PageAudit, Finding]]:
        """Each finding, with its page."""
        return [(page, finding) for page in self.pages for finding in page.findings]


def merge_modes(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings that differ in their modes alone as one, with the text of the first."""
    merged: dict[tuple[str, ...], Finding] = {}
    for each in findings:
        key = (each.rule, each.criterion, each.target, each.html)
        known = merged.get(key)
        modes = dict.fromkeys((*known.modes, *each.modes) if known else each.modes)
        merged[key] = replace(known or each, modes=tuple(modes))
    return tuple(merged.values())


def page_contents(page: PageAudit) -> dict[str, Any]:
    """Return the page's results for JSON."""
    return asdict(page)


def read_page(contents: Mapping[str, Any]) -> PageAudit:
    """Return the results that ``page_contents`` gave. Raises what a wrong value does."""
    return PageAudit(
        **{
            **contents,
            "findings": tuple(map(_read_finding, contents["findings"])),
            "undecided": tuple(map(_read_finding, contents["undecided"])),
            "criteria": tuple(contents["criteria"]),
            "not_tested": tuple(contents["not_tested"]),
        }
    )


def _read_finding(contents: Mapping[str, Any]) -> Finding:
    return Finding(**{**contents, "modes": tuple(contents["modes"])})
