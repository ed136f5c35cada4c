"""Template tags for role pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from wagtail_careers.rich_text.html import dead_link_note, missing_link_note, prose_html
from wagtail_careers.rich_text.targets import collect_ids, targets_of

register = template.Library()
register.simple_tag(dead_link_note)
register.simple_tag(missing_link_note)

#: The variable with the traits that the page lists. If it is set, prose highlights no others.
LISTED_TRAITS = "careers_traits"


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value: RichText | str) -> SafeString:
    """Render rich text with ``wagtail_careers.rich_text.html.prose_html``.

    ``value`` is the value of a rich-text block or the string of a ``RichTextField``.
    """
    source = value.source if isinstance(value, RichText) else value
    request = context.get("request")
    targets = targets_of(collect_ids(source))
    return prose_html(
        source,
        targets,
        lambda page: page.get_url(request),
        lambda page: page.get_full_url(request),
        listed_traits=context.get(LISTED_TRAITS),
    )


@register.simple_tag(takes_context=True)
def breadcrumb(context: template.Context, page: Any) -> list[Any]:
    """Return ``wagtail_careers.models.breadcrumb.breadcrumb`` of ``page``."""
    # Imported here because Django imports all template tags when a site starts.
    from wagtail_careers.models.breadcrumb import breadcrumb as pages_above

    return pages_above(page, context.get("request"))
