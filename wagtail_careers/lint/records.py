"""The records that bodies refer to, looked up in bulk."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import translation
from wagtail.models import PageViewRestriction

from wagtail_careers.choices import LinkState
from wagtail_careers.links.addresses import find_links
from wagtail_careers.links.states import LinkKey, link_states
from wagtail_careers.lint.places import AddressPlace, LinkPlace, PagePlace, Places, TraitPlace
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.models.fields import digest
from wagtail_careers.models.targets import find_targets
from wagtail_careers.models.trait import known_traits
from wagtail_careers.rich_text.similarity import Similar
from wagtail_careers.rich_text.targets import Ids


@dataclass(frozen=True)
class Record:
    """A shared link or a page: its name, and the part of it that readers get.

    ``is_live`` says whether readers can follow it, in their language, and ``was_live`` whether
    they ever could. ``restricted`` has the tree paths of the pages whose view restrictions cover
    it.
    """

    name: str
    is_live: bool = True
    was_live: bool = True
    successor: str = ""
    restricted: tuple[str, ...] = ()

    def is_private_on(self, path: str) -> bool:
        """Return whether readers of the page at a tree path may be unable to open it."""
        return any(not path.startswith(each) for each in self.restricted)


@dataclass(frozen=True)
class Records:
    """The records that some bodies refer to. Deleted records are missing.

    ``links`` and ``pages`` are by primary key, ``states`` and ``urls`` by use of a link.
    ``managed`` has the shared link of each plain address that belongs to one: its primary key and
    its name. ``traits`` has the names of all traits by key (see ``known_traits``).
    ``dead_addresses`` are the plain addresses that checks found dead.
    """

    links: Mapping[int, Record] = field(default_factory=dict)
    states: Mapping[LinkKey, LinkState] = field(default_factory=dict)
    urls: Mapping[LinkKey, str] = field(default_factory=dict)
    pages: Mapping[int, Record] = field(default_factory=dict)
    managed: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    traits: Mapping[str, str] = field(default_factory=dict)
    dead_addresses: frozenset[str] = frozenset()

    @cached_property
    def similar_traits(self) -> Similar:
        """The index of the traits, made once for all pages that are looked up together."""
        return Similar(self.traits)


def look_up(bodies: Iterable[Places], language: str) -> Records:
    """Return the records that bodies in ``language`` refer to, in a constant number of queries."""
    bodies = list(bodies)
    links = [place for body in bodies for place in body.of(LinkPlace)]
    pages = [place for body in bodies for place in body.of(PagePlace)]
    uses = {(place.shared_link, place.deep_path) for place in links}
    addresses = {place.address for body in bodies for place in body.of(AddressPlace)}
    ids = Ids(
        frozenset(place.shared_link for place in links), frozenset(place.page for place in pages)
    )
    with translation.override(language):
        targets = find_targets(ids)
        found = targets.shared_links
        live_links = {pk: targets.live_shared_link(pk) for pk in found}
        live_pages = {pk: targets.live_page(pk) for pk in targets.pages}
    has_traits = any(body.of(TraitPlace) for body in bodies)
    return Records(
        links=_link_records(found, live_links),
        states=_states_for_readers(uses, found, live_links),
        urls={
            use: (live_links[use[0]] or found[use[0]]).url_for(use[1])
            for use in uses
            if use[0] in found
        },
        pages=_page_records(targets.pages, live_pages),
        managed={
            address: (each.link.pk, each.link.name)
            for address, each in find_links(addresses).items()
        },
        traits=known_traits() if has_traits else {},
        dead_addresses=_dead_addresses(addresses) if addresses else frozenset(),
    )


def _dead_addresses(addresses: Collection[str]) -> frozenset[str]:
    checks = LinkCheck.objects.plain().dead().not_ignored()
    digests = [digest(address) for address in addresses]
    return frozenset(checks.filter(plain_digest__in=digests).values_list("url", flat=True))


def _states_for_readers(
    uses: Collection[LinkKey], links: Mapping[int, Any], live: Mapping[int, Any]
) -> dict[LinkKey, LinkState]:
    """Return the state of each use. It is dead if the address that readers get is dead.

    ``live`` has the link that readers get for each of ``links``, or None.
    """
    read = {use: (live[use[0]].pk, use[1]) for use in uses if live.get(use[0])}
    translated = {link.pk: link for link in live.values() if link}
    states = link_states({*uses, *read.values()}, {**links, **translated})
    by_link = {LinkState.LIVE, LinkState.DEAD}
    return {
        use: states[read.get(use, use)] if states[use] in by_link else states[use] for use in uses
    }


def _link_records(links: Mapping[int, Any], live: Mapping[int, Any]) -> dict[int, Record]:
    successors = SharedLink.objects.in_bulk(
        {link.successor_id for link in links.values() if link.successor_id}
    )
    return {
        pk: _record(
            link,
            live[pk],
            (live[pk] or link).name,
            successor=str(successors.get(link.successor_id, "")),
        )
        for pk, link in links.items()
    }


def _page_records(pages: Mapping[int, Any], live: Mapping[int, Any]) -> dict[int, Record]:
    restrictions = PageViewRestriction.objects.values_list("page__path", flat=True)
    paths = list(restrictions) if pages else []
    records = {}
    for pk, page in pages.items():
        shown = live[pk] or page
        restricted = tuple(path for path in paths if shown.path.startswith(path))
        records[pk] = _record(page, live[pk], str(shown.title), restricted=restricted)
    return records


def _record(target: Any, live: Any, name: str, **facts: Any) -> Record:
    was_live = bool(live or target.first_published_at)
    return Record(name, is_live=live is not None, was_live=was_live, **facts)
