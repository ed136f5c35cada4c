"""The endpoint by which the editor's script finds shared links for addresses, and their states."""

import json
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse, RawPostDataException
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.models import Locale, Site

from wagtail_careers.choices import LinkState
from wagtail_careers.links.addresses import find_links
from wagtail_careers.links.states import LinkKey, link_states
from wagtail_careers.models import SharedLink
from wagtail_careers.rich_text.targets import parse_id, parse_path
from wagtail_careers.safe_url import clean_base_url
from wagtail_careers.text import storable

#: The limits of one request: more than a long page needs.
MAX_BYTES = 500_000
MAX_LINKS = 1000
MAX_ADDRESS = 2000

#: Raised by what is no JSON or cannot mean anything. The check of the CSRF token reads the body of
#: a form with files, which cannot be read again.
_UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RecursionError,
    RawPostDataException,
)


class ResolveView(View):
    """Addresses taken apart into shared links and paths, and the states of links, as JSON.

    The body of the request is ``{"addresses": [...], "links": [{"id": 3, "path": ""}, ...]}``, and
    optionally ``"locale"``, the code of the language in which links are wanted. The answer's
    ``"unknown"`` are the addresses that have no shared link, but could: those of other sites.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        try:
            if len(request.body) > MAX_BYTES:
                return JsonResponse({"error": _("Too many links in one request.")}, status=413)
            addresses, uses, locale = _parsed(json.loads(request.body))
        except _UNREADABLE:
            return JsonResponse({"error": _("The request could not be read.")}, status=400)
        if len(addresses) + len(uses) > MAX_LINKS:
            return JsonResponse({"error": _("Too many links in one request.")}, status=413)
        found = find_links(addresses, locale)
        own = _own_hosts(request)
        keys = {address: (each.link.pk, each.path) for address, each in found.items()}
        described = describe({*keys.values(), *uses})
        return JsonResponse(
            {
                "addresses": {address: described[key] for address, key in keys.items()},
                "unknown": [
                    address
                    for address in addresses
                    if address not in keys and _is_elsewhere(address, own)
                ],
                "links": [described[use] for use in uses],
            }
        )


def describe(uses: Iterable[LinkKey]) -> dict[LinkKey, dict[str, Any]]:
    """Return what the editor shows of each use of a shared link, in two queries."""
    uses = set(uses)
    links = SharedLink.objects.in_bulk({pk for pk, _path in uses})
    states = link_states(uses, links)
    return {use: _described(use, links.get(use[0]), states[use]) for use in uses}


def _described(use: LinkKey, link: SharedLink | None, state: LinkState) -> dict[str, Any]:
    pk, path = use
    return {
        "id": pk,
        "path": path,
        "url": link.href_for(path) if link else "",
        "title": link.name if link else _("Missing shared link"),
        "state": state.value,
        "stateLabel": str(state.label),
    }


def _own_hosts(request: HttpRequest) -> set[str | None]:
    """Return the hosts of this project's sites, and of the request."""
    roots = [site.root_url for site in Site.get_site_root_paths()]
    return {urlsplit(url).hostname for url in (*roots, f"//{request.get_host()}")}


def _is_elsewhere(address: str, own: Collection[str | None]) -> bool:
    """Return whether a shared link can have ``address``, which is on none of our ``own`` hosts."""
    try:
        return urlsplit(clean_base_url(address)).hostname not in own
    except ValidationError:
        return False


def _parsed(data: dict[str, Any]) -> tuple[list[str], list[LinkKey], Locale | None]:
    """Return what the request asks about. Raises ``TypeError`` etc. for what it cannot mean."""
    given = data.get("addresses", [])
    if not all(isinstance(address, str) for address in given):
        raise TypeError
    addresses = [address for address in given if len(address) <= MAX_ADDRESS]
    uses = [
        (parse_id(link["id"]) or 0, parse_path(link.get("path"))) for link in data.get("links", [])
    ]
    code = storable(str(data.get("locale") or ""))
    return addresses, uses, Locale.objects.filter(language_code=code).first()
