"""The check that a page shows all words of its post, in the form in which readers get it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http.request import split_domain_port, validate_host
from django.test import RequestFactory
from django.utils.translation import gettext as _

from wagtail_careers.importing.reading.tree import visible_words
from wagtail_careers.importing.roles.account import AccountError, Placement

_LOCAL = ["localhost", "127.0.0.1", "[::1]"]


def check_page(account: Iterable[Placement], page: str) -> None:
    """Raise ``AccountError`` unless the HTML ``page`` shows each placed word, in order."""
    placed = placed_words(account)
    shown = iter(visible_words(page))
    for position, word in enumerate(placed):
        if not any(word == each for each in shown):
            message = _(
                "The page would not show “%(word)s” in “%(around)s”. Check the page template."
            )
            around = " ".join(placed[max(0, position - 4) : position + 3])
            raise AccountError(message % {"word": word, "around": around})


def placed_words(account: Iterable[Placement]) -> list[str]:
    """Return the words that are on the page. A block always begins a new word."""
    return "".join(
        each.text if not each.dropped else "\n" * each.text.startswith("\n") for each in account
    ).split()


def rendered(page: Any) -> str:
    """Return the HTML of ``page``, live or not, for a visitor who is not logged in.

    The page is served with the site's own templates, but without middleware, which could
    redirect to https or ask for a password.
    """
    request = RequestFactory().get("/", headers={"host": _host(page)})
    request.user = AnonymousUser()
    request.is_dummy = True  # type: ignore[attr-defined]
    request.is_preview = True  # type: ignore[attr-defined]
    response = page.serve(request)
    if hasattr(response, "render"):
        response.render()
    content: bytes = response.content
    return content.decode(response.charset or "utf-8")


def _host(page: Any) -> str:
    """Return the host of the page's site, or one that the settings allow."""
    site = page.get_site()
    allowed = settings.ALLOWED_HOSTS or _LOCAL
    if site and validate_host(split_domain_port(site.hostname)[0], allowed):
        return str(site.hostname)
    return "localhost" if "*" in allowed else str(allowed[0]).lstrip(".")
