"""The report as one HTML page, without scripts and without other files."""

from django.template.loader import render_to_string

from wagtail_careers.audit.outcomes import outcomes
from wagtail_careers.audit.reports import wording
from wagtail_careers.audit.results import Audit

TEMPLATE = "wagtail_careers/audit/report.html"


def as_html(audit: Audit) -> str:
    """Return the audit as an HTML page."""
    return render_to_string(
        TEMPLATE,
        {
            "title": wording.title(audit),
            "caveat": wording.caveat(),
            "facts": list(wording.facts(audit)),
            "outcomes": outcomes(audit),
            "rules": wording.rules(audit.findings),
            "undecided": wording.rules(
                [(page, finding) for page in audit.pages for finding in page.undecided]
            ),
            "audit": audit,
        },
    )
