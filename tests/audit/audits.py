"""Audits for the tests, as values."""

from typing import Any

from wagtail_careers.audit.results import Audit, Finding, PageAudit
from wagtail_careers.testing.criteria import CRITERIA, Reach

TESTED = tuple(each.number for each in CRITERIA if each.reach is not Reach.PERSON)


def finding(**changes: Any) -> Finding:
    values = {
        "rule": "color-contrast",
        "criterion": "1.4.3 Contrast (Minimum)",
        "message": "Elements must meet minimum color contrast ratio thresholds",
        "target": "p:nth-child(2) > a",
        "html": '<a class="pale" href="/apply/">Apply</a>',
        "fix": "Use a darker colour.",
        "modes": ("light",),
    }
    return Finding(**{**values, **changes})


def page(path: str = "/roles/cook/", *findings: Finding, **changes: Any) -> PageAudit:
    values = {
        "path": path,
        "title": "Cook",
        "url": f"https://careers.example{path}",
        "findings": findings,
        "criteria": TESTED,
    }
    return PageAudit(**{**values, **changes})


def audit(*pages: PageAudit) -> Audit:
    return Audit(
        site="Careers",
        started_at="2026-03-01T10:00:00+00:00",
        finished_at="2026-03-01T10:05:00+00:00",
        modes=("light", "dark"),
        tools={"axe-core": "4.10.2"},
        pages=pages,
    )
