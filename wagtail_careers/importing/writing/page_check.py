"""A page as its readers would get it, whether it is live or not."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http.request import split_domain_port, validate_host
from django.test import RequestFactory

_LOCAL = ["localhost", "127.0.0.1", "[::1]"]


def rendered(page: Any) -> str:
    """The HTML of ``page`` for somebody who is not logged in.

    The page is served as the site serves it, with its own templates, but without middleware:
    one that redirects to https or asks for a password would leave nothing to read.
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
    """The host of the page's site, or one that the settings allow."""
    site = page.get_site()
    allowed = settings.ALLOWED_HOSTS or _LOCAL
    if site and validate_host(split_domain_port(site.hostname)[0], allowed):
        return str(site.hostname)
    return "localhost" if "*" in allowed else str(allowed[0]).lstrip(".")
