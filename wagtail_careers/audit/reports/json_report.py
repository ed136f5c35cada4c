"""The report as JSON, which is also the baseline of later audits."""

import json
from collections.abc import Mapping
from typing import Any

from wagtail_careers.audit.outcomes import outcomes
from wagtail_careers.audit.results import Audit, page_contents, read_page

#: Changes with the keys of the report.
VERSION = 1


class ReportError(Exception):
    """A file that is not a report of an audit, or one of another version."""


def as_json(audit: Audit) -> str:
    """Return the audit as JSON. Its keys are documented in docs/reference/audit-report.md."""
    return f"{json.dumps(contents(audit), ensure_ascii=False, indent=2)}\n"


def contents(audit: Audit) -> dict[str, Any]:
    """Return the report as an object for JSON."""
    return {
        "version": VERSION,
        "site": audit.site,
        "started_at": audit.started_at,
        "finished_at": audit.finished_at,
        "modes": list(audit.modes),
        "tools": dict(audit.tools),
        "summary": {
            "pages": len(audit.pages),
            "tested": len(audit.tested),
            "with_findings": sum(bool(page.findings) for page in audit.pages),
            "findings": len(audit.findings),
            "errors": len(audit.failed),
        },
        "criteria": [
            {
                "number": each.criterion.number,
                "name": each.criterion.name,
                "level": each.criterion.level,
                "url": each.criterion.url,
                "result": each.result.value,
                "summary": each.summary,
                "pages": list(each.pages),
                "step": each.step,
            }
            for each in outcomes(audit)
        ],
        "pages": [page_contents(page) for page in audit.pages],
    }


def read_json(text: str) -> Audit:
    """Return the audit in a report. Raises ``ReportError`` if it is not one."""
    try:
        report = json.loads(text)
        if report["version"] != VERSION:
            raise ReportError(f"version {report['version']}")
        return _audit(report)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ReportError(f"{type(error).__name__}: {error}") from error


def _audit(report: Mapping[str, Any]) -> Audit:
    return Audit(
        site=report["site"],
        started_at=report["started_at"],
        finished_at=report["finished_at"],
        modes=tuple(report["modes"]),
        tools=report["tools"],
        pages=tuple(map(read_page, report["pages"])),
    )
