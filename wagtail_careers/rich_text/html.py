"""The conversion of rich text from the database form to the HTML that readers get."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.rewriters import LinkRewriter

from wagtail_careers.rich_text.cleaning import without_empty_elements
from wagtail_careers.rich_text.entities import (
    MISSING_TAG,
    without_broken_entities,
    without_missing_links,
    without_unsafe_links,
)
from wagtail_careers.rich_text.targets import Targets, parse_id

#: The opening tag of a link to one of ``Targets.dead_urls``, until ``prose_html`` replaces it.
DEAD_TAG = "<a data-careers-dead>"

#: Returns the address of a page; None or an empty string if it has none.
PageURL = Callable[[Any], str | None]

_DEAD_LINK = re.compile(rf"{DEAD_TAG}(.*?)</a>", re.DOTALL)


def prose_html(source: str, targets: Targets, page_url: PageURL) -> SafeString:
    """Return ``source`` as HTML: links resolved, traits highlighted, links without target as text.

    ``source`` is rich text in Wagtail's database form. Its markup is trusted, as by Wagtail's own
    ``richtext`` filter, because the editor's converter wrote it and allows no other. Its addresses
    are not, because scripts store some too.
    Other links than shared links and page links are expanded by their own handlers.
    """
    html = without_empty_elements(without_broken_entities(source))
    html = _with_resolved_links(html, targets, page_url) if "linktype=" in html else html
    html = without_unsafe_links(without_missing_links(expand_db_html(html)))
    html = _DEAD_LINK.sub(lambda match: f"{match[1]} {dead_link_note()}", html)
    html = html.replace("<mark>", '<mark class="careers-trait">')
    return mark_safe(html)  # noqa: S308 - see above


def dead_link_note() -> SafeString:
    """Return the note that follows the text of a link that does not work."""
    return format_html(
        '<span class="careers-dead-link">{}</span>',
        _("(this link is not working at the moment)"),
    )


def shared_link_tag(targets: Targets, attrs: Mapping[str, str]) -> str:
    """Return the opening tag for a shared link with these database attributes."""
    link = targets.live_shared_link(parse_id(attrs.get("id")))
    if link is None:
        return MISSING_TAG
    url = link.href_for(attrs.get("path"))
    if not url:
        return MISSING_TAG
    return DEAD_TAG if url in targets.dead_urls else f'<a href="{escape(url)}">'


def _page_tag(targets: Targets, attrs: Mapping[str, str], page_url: PageURL) -> str:
    page = targets.live_page(parse_id(attrs.get("id")))
    url = page_url(page) if page else None
    return f'<a href="{escape(url)}">' if url else MISSING_TAG


def _with_resolved_links(source: str, targets: Targets, page_url: PageURL) -> str:
    """Return ``source`` with the links to ``targets`` resolved, without queries."""
    rules = {
        "shared-link": lambda found: [shared_link_tag(targets, attrs) for attrs in found],
        "page": lambda found: [_page_tag(targets, attrs, page_url) for attrs in found],
    }
    html: str = _OurLinks(bulk_rules=rules)(source)
    return html


class _OurLinks(LinkRewriter):
    """A rewriter that leaves other links to Wagtail's, where its base class would empty them."""

    def get_tag_replacements(
        self, tag_type: str | None, attrs_list: list[dict[str, str]]
    ) -> list[str]:
        if tag_type not in self.bulk_rules:
            return []
        replacements: list[str] = super().get_tag_replacements(tag_type, attrs_list)
        return replacements
