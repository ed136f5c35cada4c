"""The conversion of rich text from the database form to the HTML that readers get."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.rewriters import LinkRewriter

from wagtail_careers.rich_text.cleaning import for_readers
from wagtail_careers.rich_text.directions import with_directions
from wagtail_careers.rich_text.entities import (
    MISSING_TAG,
    without_broken_entities,
    without_missing_links,
    without_unsafe_links,
)
from wagtail_careers.rich_text.phrase_languages import with_sound_languages
from wagtail_careers.rich_text.targets import Targets, parse_id
from wagtail_careers.rich_text.traits import with_highlights
from wagtail_careers.text import plain_text, seen

#: The opening tag of a link to one of ``Targets.dead_urls``, until ``prose_html`` replaces it.
DEAD_TAG = "<a data-careers-dead>"

#: Returns the address of a page; None or an empty string if it has none.
PageURL = Callable[[Any], str | None]

_DEAD_LINK = re.compile(rf"{DEAD_TAG}(.*?)</a>", re.DOTALL)
_CONTACT = re.compile(r'<a href="((?:mailto|tel):([^"?]+)[^"]*)">(.*?)</a>', re.DOTALL)
_LINK = re.compile(r"<a (href=[^>]*)>((?:[^<]|<(?!/?a\b))*+)</a>")
_BETWEEN_DIGITS = re.compile(r"[\s().-]+")

#: So many letters are 24 pixels wide in any proportional font, however narrow they are.
_WIDE_ENOUGH = 6


def _no_address(page: Any) -> None:
    """Return None: the default for pages of which no address is printed."""


def prose_html(
    source: str,
    targets: Targets,
    page_url: PageURL,
    full_page_url: PageURL = _no_address,
    *,
    listed_traits: Iterable[str] | None = None,
) -> SafeString:
    """Return ``source`` as HTML: links resolved, links without target as text.

    The addresses from ``full_page_url`` are those that print shows after links to pages. If
    ``listed_traits`` are given, no other traits are highlighted. Phrases in another
    language than the text around have ``lang``, and ``dir`` if they need it.

    ``source`` is rich text in Wagtail's database form. Its markup is trusted, as by Wagtail's own
    ``richtext`` filter, because the editor's converter wrote it and allows no other. Its addresses
    are not, because scripts store some too.
    Other links than shared links and page links are expanded by their own handlers.
    """
    html = with_sound_languages(for_readers(without_broken_entities(source)))
    if "linktype=" in html:
        html = _with_resolved_links(html, targets, page_url, full_page_url)
    html = without_unsafe_links(without_missing_links(expand_db_html(html)))
    html = _DEAD_LINK.sub(lambda match: f"{match[1]} {dead_link_note()}", html)
    html = _LINK.sub(_wide_enough, _with_contacts_to_print(html))
    html = with_highlights(html, listed_traits)
    html = with_directions(html, is_rtl=get_language_bidi())
    return mark_safe(html)  # noqa: S308 - see above


def dead_link_note() -> SafeString:
    """Return the note that follows the text of a link that does not work."""
    return format_html(
        '<span class="careers-dead-link">{}</span>',
        _("(this link is not working at the moment)"),
    )


def missing_link_note() -> SafeString:
    """Return the note that follows the name of a link whose record is not published."""
    return format_html(
        '<span class="careers-missing-link">{}</span>', _("(there is no link at the moment)")
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


def _page_tag(
    targets: Targets, attrs: Mapping[str, str], page_url: PageURL, full_page_url: PageURL
) -> str:
    page = targets.live_page(parse_id(attrs.get("id")))
    url = page_url(page) if page else None
    if not url:
        return MISSING_TAG
    printed = full_page_url(page)
    data = f' data-careers-print="{escape(printed)}"' if printed else ""
    return f'<a href="{escape(url)}"{data}>'


def _with_contacts_to_print(html: str) -> str:
    """Return ``html`` with the mail address or the telephone number of each link that hides it."""
    return _CONTACT.sub(_contact, html) if "mailto:" in html or "tel:" in html else html


def _contact(match: re.Match[str]) -> str:
    href, address, content = match.groups()
    shown = _BETWEEN_DIGITS.sub("", plain_text(content)).lower()
    if _BETWEEN_DIGITS.sub("", plain_text(address)).lower() in shown:
        return match[0]
    return f'<a href="{href}" data-careers-print="{address}">{content}</a>'


def _wide_enough(match: re.Match[str]) -> str:
    """Return the link, with a class that gives it the width of a target if its text is short.

    Without it, the letters of an A–Z index are smaller and closer than WCAG 2.5.8 allows.
    """
    attributes, content = match.groups()
    if "class=" in attributes or len(seen(plain_text(content))) >= _WIDE_ENOUGH:
        return match[0]
    return f'<a {attributes} class="careers-short-link">{content}</a>'


def _with_resolved_links(
    source: str, targets: Targets, page_url: PageURL, full_page_url: PageURL
) -> str:
    """Return ``source`` with the links to ``targets`` resolved, without queries."""
    rules = {
        "shared-link": lambda found: [shared_link_tag(targets, attrs) for attrs in found],
        "page": lambda found: [
            _page_tag(targets, attrs, page_url, full_page_url) for attrs in found
        ],
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
