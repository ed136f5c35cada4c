"""Plain links in prose, and prose with plain links changed to shared links.

A plain link is an external link that a page has by itself: ``<a href="https://…">`` in rich text.
Links to e-mail addresses, telephone numbers and anchors are not plain links, nor are those that
readers get without an address. Nothing here queries the database.
"""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.html import escape

from wagtail_careers.links.prose import change_prose
from wagtail_careers.models.link_check import host_of
from wagtail_careers.models.plain_link_use import MAX_HOST
from wagtail_careers.rich_text.targets import ANCHOR, SHARED_LINK_TYPE
from wagtail_careers.safe_url import outside_address, site_of
from wagtail_careers.text import plain_text

_HREF = re.compile(r'(?<![\w-])href="([^"]*)"')
#: Without the semicolon, ``&copy=1`` in an address is a parameter.
_ENTITY = re.compile(r"&#?\w+;")


class PlainLink(NamedTuple):
    """A plain link: its address (see ``outside_address``), text and the name of its section."""

    address: str
    text: str
    section: str

    @property
    def host(self) -> str:
        """The site that the link leads to, cut to the length of ``PlainLinkUse.host``."""
        # No shared link can have an address without a public name, but readers can follow it.
        return site_of(self.address)[:MAX_HOST] or host_of(self.address)


class SharedTarget(NamedTuple):
    """The shared link that a plain link becomes, with the deep path that is added to it."""

    shared_link: int
    deep_path: str


#: Returns the target of a plain link, or None to leave the link unchanged.
Share = Callable[[PlainLink], SharedTarget | None]


def plain_links(model: type[Any], content: Mapping[str, Any]) -> list[PlainLink]:
    """Return the plain links in ``content``, in order. ``prose`` describes the arguments."""
    found: list[PlainLink] = []

    def note(link: PlainLink) -> None:
        found.append(link)

    share_plain_links(model, content, note)
    return found


def share_plain_links(model: type[Any], content: Mapping[str, Any], share: Share) -> dict[str, Any]:
    """Return ``content`` with plain links changed to shared links, and all else unchanged."""

    def change(html: str, section: str) -> str:
        if "href=" not in html:
            return html
        return ANCHOR.sub(lambda match: _shared(match, section, share), html)

    return change_prose(model, content, change)


def _shared(match: re.Match[str], section: str, share: Share) -> str:
    opening, content = match.groups()
    address = address_of(opening)
    if not address:
        return match.group(0)
    target = share(PlainLink(address, plain_text(content), section))
    if target is None:
        return match.group(0)
    path = f' path="{escape(target.deep_path)}"' if target.deep_path else ""
    return f'<a linktype="{SHARED_LINK_TYPE}" id="{target.shared_link}"{path}>{content}</a>'


def address_of(attributes: str) -> str:
    """Return the address in the attributes of a plain link, or "" for any other link."""
    href = _HREF.search(attributes)
    if href is None or "linktype=" in attributes:
        return ""
    return plain_address(_ENTITY.sub(lambda entity: unescape(entity[0]), href[1]))


def plain_address(href: str) -> str:
    """Return ``href`` as the address of a plain link, or "" if it is none."""
    try:
        return outside_address(href) if href else ""
    except ValidationError:
        return ""
