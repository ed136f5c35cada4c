"""The results of an audit in a few lines, for the console."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_careers.audit.outcomes import LABELS, outcomes
from wagtail_careers.audit.reports.wording import Rule, rules
from wagtail_careers.audit.results import Audit, Finding, PageAudit

Found = list[tuple[PageAudit, Finding]]


def numbers(audit: Audit, new: Found) -> dict[str, int]:
    """Return the numbers of pages and of findings, by label."""
    return {
        _("Pages tested"): len(audit.tested),
        _("Pages with findings"): sum(bool(page.findings) for page in audit.pages),
        _("Pages not tested"): len(audit.failed),
        _("Findings"): len(audit.findings),
        _("New findings"): len(new),
    }


def result_numbers(audit: Audit) -> dict[str, int]:
    """Return the number of success criteria for each result, by label."""
    counts = Counter(outcome.result for outcome in outcomes(audit))
    return {str(label): counts[result] for result, label in LABELS.items()}


def finding_lines(audit: Audit, new: Found) -> Iterator[str]:
    """Yield a line for each page that could not be tested, and for each rule that is broken."""
    for page in audit.failed:
        yield _("%(page)s: not tested: %(error)s") % {"page": page.path, "error": page.error}
    for rule in rules(new):
        yield _line(rule)


def _line(rule: Rule) -> str:
    page, finding = rule.places[0]
    pages = len({each.path for each, _finding in rule.places})
    text = ngettext(
        "%(rule)s: %(message)s: on %(pages)d page: %(page)s %(element)s",
        "%(rule)s: %(message)s: on %(pages)d pages, first: %(page)s %(element)s",
        pages,
    )
    return text % {
        "rule": rule.criterion or rule.name,
        "message": rule.message,
        "pages": pages,
        "page": page.path,
        "element": finding.target,
    }
