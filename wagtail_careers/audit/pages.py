"""The pages of the site that an audit opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import swapper
from django.apps import apps
from wagtail.models import Site

from wagtail_careers.models import RoleIndexPageMixin, RolePageMixin


@dataclass(frozen=True)
class Target:
    """A page to open: its path in the address bar, its title, and the key of its site.

    ``name`` is the path, after the host name if the page is not on the default site. ``url`` is the
    address for readers. ``version`` changes when the page is published.
    """

    path: str
    title: str
    site: int
    name: str
    url: str
    version: str = ""


def targets(*mixins: type[Any]) -> list[Target]:
    """Return the live, public pages of all sites with one of ``mixins``, by site and path.

    Without any, these are role pages and index pages.
    """
    kinds = mixins or (RoleIndexPageMixin, RolePageMixin)
    page_model = swapper.load_model("wagtailcore", "Page")
    models = [model for model in apps.get_models() if issubclass(model, kinds)]
    pages = page_model.objects.live().public().type(*models).order_by("path")
    default = Site.objects.filter(is_default_site=True).values_list("pk", flat=True).first()
    found = (_target(page, default) for page in pages.iterator(chunk_size=500))
    return sorted((each for each in found if each), key=lambda each: (each.site, each.path))


def _target(page: Any, default_site: int | None) -> Target | None:
    parts = page.get_url_parts()
    if parts is None or not parts[2]:
        return None  # Below the root of no site.
    site, root, path = parts
    published = page.last_published_at
    return Target(
        path,
        page.title,
        site,
        name=path if site == default_site else f"//{urlsplit(root).netloc}{path}",
        url=f"{root}{path}",
        version=published.isoformat() if published else "",
    )


def limit(found: Iterable[Target], paths: Iterable[str]) -> list[Target]:
    """Return the targets at or below one of the paths."""
    beginnings = tuple(f"/{path.strip('/')}/".replace("//", "/") for path in paths)
    return [each for each in found if f"{each.path.rstrip('/')}/".startswith(beginnings)]


def of_site(found: Iterable[Target], base_url: str) -> list[Target]:
    """Return the targets that a site at ``base_url`` serves.

    That is the site of Wagtail with its host name, or else the default site, as for a copy on a
    developer's machine.
    """
    host = urlsplit(base_url).hostname or ""
    site = (
        Site.objects.filter(hostname=host).first()
        or Site.objects.filter(is_default_site=True).first()
    )
    return [each for each in found if site is None or each.site == site.pk]
