"""Redirects from the old addresses of a post to its page, with ``wagtail.contrib.redirects``."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import swapper
from django.apps import apps
from wagtail.models import Site

from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.old_addresses import old_addresses
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.importing.writing.site import SiteState
from wagtail_careers.safe_url import without_tracking

MAX_PATH = 255
#: The most old paths of one post that are redirected.
MAX_PATHS = 500


def redirect(site: SiteState, page: Any, post: Post) -> list[Flag]:
    """Redirect all old addresses of ``post`` to ``page``, and flag those that cannot be.

    An address keeps its query, by which WordPress tells posts apart. A path that is another
    page's is never redirected: as soon as that page was unpublished, its readers would land here.
    """
    if not apps.is_installed("wagtail.contrib.redirects"):
        return []
    model = apps.get_model("wagtailredirects", "Redirect")
    hosts, lost = _old_paths(site, model, post)
    main = next(iter(hosts), "")
    own = model.normalise_path(page.url or "")
    flags = [Flag("redirect_long", {"path": each[:100]}) for each in hosts if _is_long(each)]
    every = [path for path in hosts if not _is_long(path) and path != own]
    paths = every[:MAX_PATHS]
    if left := len(every) - len(paths):
        flags.append(Flag("redirects_many", {"number": str(left), "limit": str(MAX_PATHS)}))
    in_the_way = set(_paths_of_pages(site, page, paths))
    flags += [Flag("redirect_in_the_way", {"path": each}) for each in paths if each in in_the_way]
    flags += [Flag("redirect_taken", {"path": path}, review=False) for path in lost]
    known = _known(model, paths)
    for path in paths:
        if path not in in_the_way and not _add(site, model, page, path, hosts[path], known):
            # Few people use the plain address of a post that has a better one.
            is_main = path == main
            flags.append(Flag("redirect_taken", {"path": path}, review=is_main))
    return flags


def _old_paths(site: SiteState, model: Any, post: Post) -> tuple[dict[str, str], list[str]]:
    """Return the paths to redirect, as redirects have them, with the host of each.

    Paths that are those of another post by now are apart.
    """
    found: dict[str, str] = {}
    lost = []
    for address in old_addresses(post):
        parts = urlsplit(address)
        is_lost = site.index.post_at(parts.path) not in (None, post.key)
        if is_lost and address != post.permalink and not parts.query:
            # WordPress itself leads an earlier slug to the post that has it now.
            if address in post.aliases:
                lost.append(parts.path[:MAX_PATH])
            continue
        path = urlunsplit(("", "", parts.path, without_tracking(parts.query), ""))
        normal = model.normalise_path(path)
        if normal != "/":
            found.setdefault(normal, wordpress.host(address))
    return found, lost


def _is_long(path: str) -> bool:
    return len(path) > MAX_PATH


def _paths_of_pages(site: SiteState, page: Any, paths: Iterable[str]) -> Iterator[str]:
    """Yield those of ``paths`` that are addresses of pages other than ``page``."""
    roots = {each.root_path.rstrip("/") for each in Site.get_site_root_paths()}
    wanted = {f"{root}{path}/": path for path in paths for root in roots if "?" not in path}
    if not wanted:
        return
    pages = swapper.load_model("wagtailcore", "Page").objects.exclude(pk=page.pk)
    yield from (
        wanted[each]
        for each in pages.filter(url_path__in=wanted).values_list("url_path", flat=True)
    )
    if site.is_dry:
        parent = site.destination.parent.url_path
        for url_path, path in wanted.items():
            if url_path.startswith(parent) and site.has_page(url_path[len(parent) : -1]):
                yield path


def _known(model: Any, paths: Iterable[str]) -> dict[tuple[str, int | None], Any]:
    """Return the page to which each path redirects already, by path and site."""
    redirects = model.objects.filter(old_path__in=paths)
    facts = redirects.values_list("old_path", "site", "redirect_page")
    return {(path, site): page for path, site, page in facts}


def _add(
    site: SiteState,
    model: Any,
    page: Any,
    path: str,
    host: str,
    known: dict[tuple[str, int | None], Any],
) -> bool:
    """Redirect ``path`` on all sites, or on that of the ``host`` if it is taken. Return success.

    The blogs of a network on several hosts have the same paths.
    """
    for site_id in (None, *site.sites_at(host)):
        place = path, site_id
        if page.pk and known.get(place) == page.pk:
            return True
        if place in known or place in site.planned_redirects:
            continue
        if site.is_dry:
            site.planned_redirects.add(place)
        else:
            model.objects.create(
                old_path=path, site_id=site_id, redirect_page_id=page.pk, is_permanent=True
            )
        return True
    return False
