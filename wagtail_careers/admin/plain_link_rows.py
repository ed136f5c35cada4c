"""The rows of the report on plain links: by host, and by page and address."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from wagtail_careers.admin.policies import SHARED_LINKS
from wagtail_careers.admin.usage import title_of
from wagtail_careers.links.addresses import Found
from wagtail_careers.links.sharing import Place, fitting_links, is_own, is_ready, own_hosts
from wagtail_careers.models import PlainLinkUse, SharedLink
from wagtail_careers.safe_url import web_address


class Fit(NamedTuple):
    """A shared link that plain links fit, and their number."""

    link: SharedLink
    number: int
    is_ready: bool


class HostRow(NamedTuple):
    """The plain links to one host. ``new_url`` is empty for people who cannot add shared links."""

    host: str
    links: int
    pages: int
    is_own: bool
    fits: tuple[Fit, ...]
    new_url: str

    @property
    def url(self) -> str:
        return host_url(self.host)

    @property
    def ready(self) -> int:
        """The number of links that can become shared links now."""
        return sum(fit.number for fit in self.fits if fit.is_ready)

    @property
    def staying(self) -> int:
        return self.links - self.ready

    @property
    def unfit(self) -> int:
        """The number of links that no shared link fits, not even one that is not live yet."""
        return self.links - sum(fit.number for fit in self.fits)


def host_rows(counts: Iterable[Mapping[str, Any]], user: Any) -> list[HostRow]:
    """Return the rows for hosts, each a mapping with ``host``, ``links`` and ``pages``."""
    counts = list(counts)
    places: dict[str, Counter[Place]] = defaultdict(Counter)
    uses = PlainLinkUse.objects.filter(host__in=[each["host"] for each in counts])
    for host, address, locale, number in uses.values_list(
        "host", "address", "page__locale_id", "number"
    ):
        places[host][(address, locale)] += number
    fitting = fitting_links({place for found in places.values() for place in found})
    own = own_hosts()
    may_add = SHARED_LINKS.user_has_permission(user, "add")
    return [
        HostRow(
            **count,
            is_own=is_own(count["host"], own),
            fits=_fits(places[count["host"]], fitting),
            new_url=new_link_url(count["host"], places[count["host"]]) if may_add else "",
        )
        for count in counts
    ]


def _fits(places: Mapping[Place, int], fitting: Mapping[Place, Found]) -> tuple[Fit, ...]:
    found: dict[int, Found] = {}
    numbers: Counter[int] = Counter()
    for place, number in places.items():
        if place in fitting:
            pk = fitting[place].link.pk
            found[pk] = fitting[place]
            numbers[pk] += number
    fits = [Fit(each.link, numbers[pk], is_ready(each)) for pk, each in found.items()]
    return tuple(sorted(fits, key=lambda fit: fit.link.name.casefold()))


def new_link_url(host: str, places: Mapping[Place, int]) -> str:
    """Return the URL of the form for a shared link, filled in with the origin of most addresses.

    An origin with https comes first.
    """
    origins: Counter[tuple[bool, str]] = Counter()
    for (address, _locale), number in places.items():
        if parts := web_address(address) and urlsplit(address):
            origins[(parts.scheme == "https", f"{parts.scheme}://{parts.netloc}/")] += number
    (_is_secure, base_url), _number = max(
        origins.items(), key=lambda item: (item[0][0], item[1]), default=((False, ""), 0)
    )
    query = urlencode({"name": host, "base_url": base_url})
    return f"{reverse('careers_shared_links:add')}?{query}"


def describe_uses(uses: Iterable[Any], user: Any) -> list[Any]:
    """Return ``uses`` with the shared link of each, and its page as ``user`` may see it.

    Addresses are private to editors of the page, as its title is.
    """
    uses = list(uses)
    finder = AdminURLFinder(user)
    fitting = fitting_links({(use.address, use.page.locale_id) for use in uses})
    for use in uses:
        found = fitting.get((use.address, use.page.locale_id))
        use.link = found.link if found else None
        use.is_ready = bool(found and is_ready(found))
        use.new_address = found.link.url_for(found.path) if found else ""
        use.edit_url = finder.get_edit_url(use.page)
        use.page_title = title_of(use.page, use.edit_url)
        if not use.edit_url:
            use.address = use.new_address = ""
    return uses


def host_url(host: str) -> str:
    """Return the URL of the pages with plain links to ``host``, or of the report without one."""
    if not host or "/" in host:
        return reverse("careers_plain_links:index")
    return reverse("careers_plain_links:host", args=[host])
