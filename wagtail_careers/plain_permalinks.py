"""Plain permalinks of WordPress: addresses such as ``/?p=12`` that name a post by its ID.

WordPress answers them for every post, with anything else in the query, such as the name of a
campaign. ``wagtail.contrib.redirects`` looks only at addresses where no page is found, and for
the whole query or none. So it never sees these on the start page, where most of them are.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.apps import apps
from django.db.models import F
from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from wagtail.models import Site

from wagtail_careers.safe_url import without_tracking

#: The parameters that name a post.
ID_PARAMETERS = ("p", "page_id")


def id_in(address: str) -> str:
    """Return the ID of the post in a plain permalink; empty if ``address`` is not one."""
    try:
        query = parse_qs(urlsplit(address).query, max_num_fields=100)
    except ValueError:
        return ""
    found = (value for name in ID_PARAMETERS for value in query.get(name, ()))
    return next((value for value in found if value.isascii() and value.isdigit()), "")


def redirect_on_a_page(
    page: Any, request: HttpRequest, _args: Any, _kwargs: Any
) -> HttpResponseBase | None:
    """Redirect a plain permalink on the address of a page, before that page is served.

    The page is served if there is no redirect. This is for Wagtail's hook ``before_serve_page``.
    """
    paths = _plain_paths(request)
    site = Site.find_for_request(request)
    if site and site.root_page_id == page.pk:
        # The posts of other types have their names there: /?job=porter.
        paths += _whole_path(request)
    return _redirect(request, paths)


def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Redirect plain permalinks on addresses that no page has, such as ``/blog/?p=12``."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != 404:
            return response
        return _redirect(request, _plain_paths(request)) or response

    return respond


def _plain_paths(request: HttpRequest) -> list[str]:
    """Return the plain permalinks of the post that ``request`` names by its ID."""
    path, _mark, query = request.get_full_path().partition("?")
    post_id = id_in(f"?{query}")
    return [f"{path}?{name}={post_id}" for name in ID_PARAMETERS] if post_id else []


def _whole_path(request: HttpRequest) -> list[str]:
    path, _mark, query = request.get_full_path().partition("?")
    query = without_tracking(query)
    return [f"{path}?{query}"] if query else []


def _redirect(request: HttpRequest, paths: list[str]) -> HttpResponseBase | None:
    """Return the redirect from one of ``paths`` to a live page, if there is one."""
    is_reading = request.method in ("GET", "HEAD")
    if not paths or not is_reading or not apps.is_installed("wagtail.contrib.redirects"):
        return None
    model: Any = apps.get_model("wagtailredirects", "Redirect")
    redirects = model.get_for_site(Site.find_for_request(request))
    found = redirects.filter(
        old_path__in=[model.normalise_path(path) for path in paths], redirect_page__live=True
    )
    # The redirect of one site goes before that of all.
    best = found.order_by(F("site").asc(nulls_last=True)).first()
    if best is None or not best.link:
        return None
    answer = HttpResponsePermanentRedirect if best.is_permanent else HttpResponseRedirect
    return answer(best.link)
