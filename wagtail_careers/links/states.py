"""The states of links to shared links: what an editor should know before readers follow them."""

from collections.abc import Collection

from wagtail_careers.choices import LinkState
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.rich_text.targets import parse_id

#: A use of a shared link: its primary key, and the deep path.
LinkKey = tuple[int, str]


def link_states(uses: Collection[LinkKey]) -> dict[LinkKey, LinkState]:
    """Return the state of each use, in two queries.

    A use with a deep path is dead only if the address with that path is.
    """
    pks = {pk for pk, _path in uses if parse_id(pk) is not None}
    links = SharedLink.objects.in_bulk(pks) if pks else {}
    dead = _dead_uses(pks) if pks else frozenset()
    return {use: _state(links.get(use[0]), use in dead) for use in uses}


def _dead_uses(pks: Collection[int]) -> frozenset[LinkKey]:
    checks = LinkCheck.objects.dead().not_ignored().filter(shared_link__in=pks)
    return frozenset(checks.values_list("shared_link_id", "deep_path"))


def _state(link: SharedLink | None, is_dead: bool) -> LinkState:
    if link is None:
        return LinkState.MISSING
    if link.successor_id:
        return LinkState.RETIRED
    if not link.live:
        return LinkState.DRAFT
    return LinkState.DEAD if is_dead else LinkState.LIVE
