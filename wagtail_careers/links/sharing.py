"""The shared links that plain links can become."""

from collections.abc import Collection
from typing import Any

from wagtail.models import Site

from wagtail_careers.conf import has_languages
from wagtail_careers.links.addresses import Found, find_links
from wagtail_careers.links.plain_links import (
    PlainLink,
    SharedTarget,
    plain_links,
    share_plain_links,
)
from wagtail_careers.links.rewriting import Rewrite
from wagtail_careers.models import PlainLinkUse
from wagtail_careers.safe_url import site_of

#: A place of a plain link: its address, and the primary key of its page's locale.
Place = tuple[str, int]


def own_hosts() -> frozenset[str]:
    """Return the hosts of this installation's sites. Links to them should be links to pages."""
    names = Site.objects.values_list("hostname", flat=True)
    return frozenset(site_of(f"https://{name}/") for name in names)


def is_own(host: str, own: Collection[str]) -> bool:
    """Return whether ``host`` is one of ``own``, whatever its port."""
    return host in own or host.rpartition(":")[0] in own


def fitting_links(places: Collection[Place]) -> dict[Place, Found]:
    """Return the shared link of each place that has one: in the page's language, or in any.

    Links to this site have none. Readers cannot follow a link that is not live, so a plain link
    becomes one of those only if ``is_ready``. The number of queries depends on the number of
    languages only.
    """
    own = own_hosts()
    outside = [place for place in places if not is_own(site_of(place[0]), own)]
    any_language = find_links({address for address, _locale in outside})
    found = {place: any_language[place[0]] for place in outside if place[0] in any_language}
    if has_languages():
        for locale in {locale for _address, locale in outside}:
            addresses = {address for address, of in outside if of == locale}
            own_language = find_links(addresses, locale)
            found |= {(address, locale): each for address, each in own_language.items()}
    return found


def is_ready(found: Found) -> bool:
    """Return whether readers can follow the link, so that plain links can become it."""
    return bool(found.link.live)


def pages_to_share(host: str) -> set[int]:
    """Return the primary keys of the pages with plain links to ``host`` that can be changed."""
    uses = PlainLinkUse.objects.filter(host=host).values_list(
        "page_id", "address", "page__locale_id"
    )
    fitting = fitting_links({(address, locale) for _page, address, locale in uses})
    return {
        page
        for page, address, locale in uses
        if (found := fitting.get((address, locale))) and is_ready(found)
    }


def sharing(page: Any, host: str) -> Rewrite:
    """Return the change of plain links to ``host`` on a specific page to shared links."""

    def change(content: dict[str, Any]) -> dict[str, Any]:
        links = [link for link in plain_links(type(page), content) if link.host == host]
        fitting = fitting_links({(link.address, page.locale_id) for link in links})

        def share(link: PlainLink) -> SharedTarget | None:
            found = fitting.get((link.address, page.locale_id))
            if found is None or not is_ready(found):
                return None
            return SharedTarget(found.link.pk, found.path)

        return share_plain_links(type(page), content, share)

    return change
