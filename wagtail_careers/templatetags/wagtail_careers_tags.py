"""Template tags for role pages."""

import re
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText, expand_db_html
from wagtail.rich_text.rewriters import LinkRewriter

from wagtail_careers.links import resolve

register = template.Library()

_MISSING_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_DEAD_LINK = re.compile(rf"{resolve.DEAD_TAG}(.*?)</a>", re.DOTALL)


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value: RichText | str) -> SafeString:
    """Rich text as HTML: links resolved, traits highlighted, dead links as text.

    ``value`` is that of a block, or the string that a ``RichTextField`` holds. It is trusted,
    as it is by Wagtail's own ``richtext`` filter: the editor's converter wrote it and lets no
    other markup through.
    """
    source = value.source if isinstance(value, RichText) else value
    html = _link_pages(source, context.get("request"))
    html = _MISSING_LINK.sub(r"\1", expand_db_html(html))
    html = _DEAD_LINK.sub(lambda match: f"{match[1]} {dead_link_note()}", html)
    html = html.replace("<mark>", '<mark class="careers-trait">')
    return mark_safe(html)  # noqa: S308 - see above


@register.simple_tag
def dead_link_note() -> SafeString:
    """What stands behind the text of a link that does not work."""
    return format_html(
        '<span class="careers-dead-link">{}</span>',
        _("(this link is not working at the moment)"),
    )


def _link_pages(html: str, request: Any) -> str:
    """Page links from the body's targets, at no query each, and without the unpublished."""
    if 'linktype="page"' not in html:
        return html

    def opening_tags(attrs_list: list[dict[str, str]]) -> list[str]:
        pks = [resolve.parse_id(attrs.get("id")) for attrs in attrs_list]
        ids = resolve.Ids(pages=frozenset(pk for pk in pks if pk is not None))
        targets = resolve.targets_of(ids)
        return [_page_tag(targets, pk, request) for pk in pks]

    return _PageLinkRewriter(bulk_rules={"page": opening_tags})(html)


class _PageLinkRewriter(LinkRewriter):
    """Leaves other links as they are, for Wagtail's rewriter; the base class would empty them."""

    def get_tag_replacements(
        self, tag_type: str | None, attrs_list: list[dict[str, str]]
    ) -> list[str]:
        if tag_type != "page":
            return []
        replacements: list[str] = super().get_tag_replacements(tag_type, attrs_list)
        return replacements


def _page_tag(targets: resolve.Targets, pk: int | None, request: Any) -> str:
    page = targets.live_page(pk) if pk is not None else None
    url = page.get_url(request) if page else None
    return f'<a href="{escape(url)}">' if url else "<a>"
