"""The pages above a page, as its breadcrumb shows them."""

from typing import Any, NamedTuple


class Crumb(NamedTuple):
    """A page in a breadcrumb: its title and its address."""

    title: str
    url: str


def breadcrumb(page: Any, request: Any = None) -> list[Crumb]:
    """Return the live pages above ``page`` on its site, from the home page down.

    It takes one query, and is empty for a page outside all sites. A reader who can open a page has
    passed the view restrictions of all pages above it, because a page inherits them.
    """
    site = _site(page, request)
    if site is None:
        return []
    above = page.get_ancestors().filter(depth__gt=1, live=True)
    # A site can be inside another one: the pages of that are not above this page on its own site.
    own = [each for each in above if _site(each, request) == site]
    addresses = [(each.title, each.get_url(request)) for each in own]
    return [Crumb(title, url) for title, url in addresses if url]


def _site(page: Any, request: Any) -> int | None:
    """Return the primary key of the site of a page; None for a page outside all sites."""
    parts = page.get_url_parts(request)
    return parts[0] if parts else None
