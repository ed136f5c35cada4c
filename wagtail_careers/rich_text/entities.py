"""Links and embeds in rich text whose attributes cannot lead to anything.

Wagtail's editor writes no such tag, but scripts, imports and damaged requests do. Wagtail's
handlers raise errors for them, which would stop a page from being opened, saved or shown.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.rich_text.rewriters import FIND_A_TAG, FIND_EMBED_TAG, extract_attrs
from wagtail.whitelist import check_url

from wagtail_careers.rich_text.targets import parse_id
from wagtail_careers.safe_url import outside_address

#: The opening tag that Wagtail renders for a link without a target.
MISSING_TAG = "<a>"

_MISSING_LINK = re.compile(rf"{MISSING_TAG}(.*?)</a>", re.DOTALL)
#: The start of what nearly all links are: it needs no parser to be seen as harmless. It ends before
#: the address, because only a parser knows where that ends, and what of it is another attribute.
_HARMLESS_LINK = re.compile(
    r'<a href="(?=https?://[\w.-]+(?::\d+)?[/?#"]|mailto:|tel:|[#?]|/[\w#?"])', re.ASCII
)
_LINKS_BY_ID = frozenset({"page", "document", "shared-link"})


def is_broken(tag: str, attrs: Mapping[str, str | None]) -> bool:
    """Return whether Wagtail cannot handle the tag, because its id or its address is impossible.

    The id of an object that does not exist is possible: the object may come back.
    """
    if tag == "a":
        by_id = attrs.get("linktype") in _LINKS_BY_ID and parse_id(attrs.get("id")) is None
        return by_id or ("href" in attrs and not _is_address(attrs["href"]))
    if tag == "embed":
        if attrs.get("embedtype") == "image":
            return parse_id(attrs.get("id")) is None or not attrs.get("format")
        return attrs.get("embedtype") == "media" and not attrs.get("url")
    return False


def _is_address(href: str | None) -> bool:
    """Return whether browsers go to ``href``, and do not run it as they do ``javascript:``.

    An address with a user name or a password does not lead where it seems to.
    """
    if href is None or check_url(href) is None:
        return False
    try:
        outside_address(href)
    except ValidationError:
        return False
    return True


def without_broken_entities(html: str) -> str:
    """Return ``html`` with its broken links as ``MISSING_TAG`` and without its broken embeds."""
    if "linktype" in html:
        html = FIND_A_TAG.sub(_sound_link, html)
    if "embedtype" in html:
        html = FIND_EMBED_TAG.sub(_sound_embed, html)
    return html


def without_missing_links(html: str) -> str:
    """Return ``html`` with the text alone of each link whose tag is ``MISSING_TAG``."""
    return _MISSING_LINK.sub(r"\1", html)


def without_unsafe_links(html: str) -> str:
    """Return ``html`` as readers get it, with the text alone of links that are no addresses.

    Wagtail's editor stores no such link, but scripts can, in any spelling that browsers read.
    """
    if "href" not in _HARMLESS_LINK.sub("", html).lower():
        return html
    # Imported here because hardly any text needs it.
    from selectolax.lexbor import LexborHTMLParser

    body: Any = LexborHTMLParser(f"<!doctype html><body>{html}").body
    unsafe = [node for node in body.css("[href]") if not _is_address(node.attributes["href"])]
    for node in unsafe:
        # An empty element is not unwrapped.
        if node.child is None:
            node.decompose()
        else:
            node.unwrap()
    return str(body.html).removeprefix("<body>").removesuffix("</body>") if unsafe else html


def _sound_link(match: re.Match[str]) -> str:
    return MISSING_TAG if is_broken("a", extract_attrs(match[1])) else match[0]


def _sound_embed(match: re.Match[str]) -> str:
    return "" if is_broken("embed", extract_attrs(match[1])) else match[0]
