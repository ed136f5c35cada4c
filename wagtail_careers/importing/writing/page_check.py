"""The check that a page shows all words of its post.

The page is rendered as a preview, with the site's own templates. Unlike a live page, a preview also
shows what cannot be published yet: a section without text, or a shared link that is a draft.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http.request import split_domain_port, validate_host
from django.test import RequestFactory
from wagtail.models import Site

from wagtail_careers.importing.reading.tree import visible_words
from wagtail_careers.importing.roles.account import Placement, around
from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.text import is_seen

_LOCAL = ["localhost", "127.0.0.1", "[::1]"]


def page_flags(account: Iterable[Placement], shown: Iterable[str]) -> list[Flag]:
    """Flag the first of the placed words that is not among those ``shown``, in order."""
    words = not_shown(account, shown)
    return [Flag("not_shown", {"words": words})] if words else []


def not_shown(account: Iterable[Placement], shown: Iterable[str]) -> str:
    """Return the first placed word that a page does not show, with those around it.

    ``shown`` are the words of the page. The text is empty if all are there, in their order.
    """
    placed = placed_words(account)
    left = iter(shown)
    for position, word in enumerate(placed):
        if word not in left:  # It takes from “left” up to the word.
            return around(placed, position)
    return ""


def placed_words(account: Iterable[Placement]) -> list[str]:
    """Return the words that readers see on the page. A block always begins a new word."""
    text = "".join(
        each.text if not each.dropped else "\n" * each.text.startswith("\n") for each in account
    )
    return [word for word in text.split() if is_seen(word)]


def shown_words(page: Any, image_field: str = "") -> list[str]:
    """Return the words in a preview of ``page``, saved or not, for a visitor who is not logged in.

    The image in ``image_field`` is left out: in a dry run it is not saved, and a template would
    save a rendition of it.
    Middleware takes no part, because it could redirect to https or ask for a password.
    """
    mode = page.default_preview_mode if page.is_previewable() else ""
    with _without(page, image_field):
        response = page.serve_preview(_request(page.get_site(), mode), mode)
        if hasattr(response, "render"):
            response.render()
    content: bytes = response.content
    return visible_words(content.decode(response.charset or "utf-8"))


@contextmanager
def _without(page: Any, field: str) -> Iterator[None]:
    if not field:
        yield
        return
    kept = getattr(page, field)
    setattr(page, field, None)
    try:
        yield
    finally:
        setattr(page, field, kept)


def _request(site: Site | None, mode: str) -> Any:
    """Return a request for a preview, as Wagtail makes it."""
    request: Any = RequestFactory().get("/", headers={"host": _host(site)})
    request.user = AnonymousUser()
    request.is_dummy = True
    request.is_preview = True
    request.preview_mode = mode
    if site:
        request._wagtail_site = site  # Else Wagtail would look for it, for each page.
    return request


def _host(site: Site | None) -> str:
    """Return the host of a page's site, or one that the settings allow."""
    allowed = settings.ALLOWED_HOSTS or _LOCAL
    if site and validate_host(split_domain_port(site.hostname)[0], allowed):
        return str(site.hostname)
    return "localhost" if "*" in allowed else str(allowed[0]).lstrip(".")
