"""The formats of the report, by the ending of a file's name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from wagtail_careers.audit.reports.earl import as_earl
from wagtail_careers.audit.reports.html import as_html
from wagtail_careers.audit.reports.json_report import as_json
from wagtail_careers.audit.reports.markdown import as_markdown
from wagtail_careers.audit.results import Audit

FORMATS: Mapping[str, Callable[[Audit], str]] = {
    ".html": as_html,
    ".json": as_json,
    ".jsonld": as_earl,
    ".md": as_markdown,
}


def format_of(path: Path) -> Callable[[Audit], str]:
    """Return the function that makes the text of a report. Raises ``KeyError`` for none."""
    return FORMATS[path.suffix.lower()]
