"""The states of links to shared links: what an editor should know before readers follow them."""

from collections.abc import Collection, Mapping

from wagtail_careers.choices import LinkState
from wagtail_careers.models import LinkCheck, SharedLink

#: A use of a shared link: its primary key, and the deep path.
LinkKey = tuple[int, str]


def link_states(
    uses: Collection[LinkKey], links: Mapping[int, SharedLink]
) -> dict[LinkKey, LinkState]:
    """Return the state of each use, in one query. ``links`` are those in use, by primary key.

    A use with a deep path is dead only if the address with that path is.
    """
    dead = _dead_uses(links) if links else frozenset()
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
