"""Template tags for the admin, where role pages are edited."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

#: No page has this primary key. The script puts in that of a page that was just created.
UNSAVED = 0


@register.simple_tag
def before_publication(panel: Any) -> dict[str, Any]:
    """Return the findings about the page in whose form ``panel`` is, and their URL.

    A page that was never saved has no findings.
    """
    # Imported here because Django imports all template tags when a site starts.
    from wagtail_careers.admin.findings import page_summary

    page = panel.instance
    return {
        "summary": page_summary(page, panel.request.user) if page.pk else None,
        "url": reverse("careers_before_publication", args=[page.pk or UNSAVED]),
    }


@register.simple_tag
def heard(panel: Any) -> Any:
    """Return the side panel “As heard” for the form that ``panel`` is in."""
    from wagtail_careers.admin.heard import HeardSidePanel

    return HeardSidePanel(panel.instance, panel.request)
