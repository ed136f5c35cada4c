"""The findings about a body before its publication. They inform editors and stop nothing.

``findings`` is pure: it compares the places of a body with the records that they refer to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import ValidationError

from wagtail_careers.choices import LinkState
from wagtail_careers.lint.places import (
    AddressPlace,
    LinkPlace,
    PagePlace,
    Places,
    Section,
    TraitPlace,
    UnsafePlace,
)
from wagtail_careers.lint.records import Record, Records
from wagtail_careers.rich_text.trait_review import PhraseKind, review
from wagtail_careers.rich_text.traits import trait_key, trimmed, visible
from wagtail_careers.safe_url import clean_deep_path


class Rule(Enum):
    """The subject of a finding. ``lint.wording`` says each in words."""

    LINK_NEVER_PUBLISHED = "link_never_published"
    LINK_UNPUBLISHED = "link_unpublished"
    LINK_REPLACED = "link_replaced"
    LINK_DEAD = "link_dead"
    LINK_DELETED = "link_deleted"
    LINK_PATH_UNSAFE = "link_path_unsafe"
    PAGE_NEVER_PUBLISHED = "page_never_published"
    PAGE_UNPUBLISHED = "page_unpublished"
    PAGE_DELETED = "page_deleted"
    PAGE_PRIVATE = "page_private"
    PLAIN_LINK = "plain_link"
    PLAIN_LINK_DEAD = "plain_link_dead"
    PLAIN_LINK_UNSAFE = "plain_link_unsafe"
    TRAIT_KNOWN = "trait_known"
    TRAIT_NEW = "trait_new"
    TRAIT_SIMILAR = "trait_similar"
    TRAIT_TOO_LONG = "trait_too_long"
    TRAIT_TOO_SHORT = "trait_too_short"


class Effect(Enum):
    """The effect of a finding on what readers see."""

    NONE = "none"
    HIDDEN = "hidden"
    NO_LINK = "no_link"


@dataclass(frozen=True)
class Finding:
    """One place of a body, and what an editor should know about it before publication.

    ``text`` is the text of the place, or else the name of what it refers to. ``link`` and ``page``
    are the primary keys of the record that the finding is about, and ``trait`` the name of the
    trait. ``other`` is the successor of a replaced link, the address of a dead or plain link, or a
    path that leads out of the site of its link.
    """

    rule: Rule
    section: Section
    text: str
    effect: Effect = Effect.NONE
    name: str = ""
    other: str = ""
    link: int | None = None
    page: int | None = None
    trait: str = ""

    @property
    def is_concern(self) -> bool:
        """Return whether there is anything to do. A known trait is listed, but is no concern."""
        return self.rule is not Rule.TRAIT_KNOWN


_TRAIT_RULES = {
    PhraseKind.KNOWN: Rule.TRAIT_KNOWN,
    PhraseKind.NEW: Rule.TRAIT_NEW,
    PhraseKind.SIMILAR: Rule.TRAIT_SIMILAR,
    PhraseKind.TOO_LONG: Rule.TRAIT_TOO_LONG,
    PhraseKind.TOO_SHORT: Rule.TRAIT_TOO_SHORT,
}


def findings(body: Places, records: Records, shown_on: str = "") -> tuple[Finding, ...]:
    """Return the findings about a body in the order of its sections, each once.

    ``records`` are the ones that ``body`` refers to (see ``look_up``). ``shown_on`` is the tree
    path of the page with the body.
    """
    found = [
        *(each for place in body.of(LinkPlace) for each in _of_link(place, records)),
        *(each for place in body.of(PagePlace) for each in _of_page(place, records, shown_on)),
        *(each for place in body.of(AddressPlace) for each in _of_address(place, records)),
        *(_of_unsafe(place) for place in body.of(UnsafePlace)),
        *_of_traits(body.of(TraitPlace), records),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: finding.section.number))


def _of_link(place: LinkPlace, records: Records) -> Iterator[Finding]:
    use = place.shared_link, place.deep_path
    link = records.links.get(place.shared_link)
    state = records.states.get(use, LinkState.MISSING)
    if link is None or state == LinkState.MISSING:
        yield Finding(Rule.LINK_DELETED, place.section, place.text, _without_target(place.text))
        return
    text = place.text or link.name
    if state == LinkState.RETIRED:
        yield Finding(
            Rule.LINK_REPLACED,
            place.section,
            text,
            _effect(link, place.text),
            link.name,
            link.successor,
            link=place.shared_link,
        )
    elif state == LinkState.DEAD:
        yield Finding(
            Rule.LINK_DEAD,
            place.section,
            text,
            name=link.name,
            other=records.urls.get(use, ""),
            link=place.shared_link,
        )
    elif not link.is_live:
        rule = Rule.LINK_UNPUBLISHED if link.was_live else Rule.LINK_NEVER_PUBLISHED
        yield Finding(
            rule,
            place.section,
            text,
            _effect(link, place.text),
            link.name,
            link=place.shared_link,
        )
    if not _is_path(place.deep_path):
        yield Finding(
            Rule.LINK_PATH_UNSAFE,
            place.section,
            text,
            name=link.name,
            other=place.deep_path,
            link=place.shared_link,
        )


def _is_path(text: str) -> bool:
    """Return whether ``text`` can be added to the address of a shared link."""
    try:
        clean_deep_path(text)
    except ValidationError:
        return False
    return True


def _of_page(place: PagePlace, records: Records, shown_on: str) -> Iterator[Finding]:
    page = records.pages.get(place.page)
    if page is None:
        yield Finding(Rule.PAGE_DELETED, place.section, place.text, _without_target(place.text))
    elif not page.is_live:
        rule = Rule.PAGE_UNPUBLISHED if page.was_live else Rule.PAGE_NEVER_PUBLISHED
        yield Finding(
            rule,
            place.section,
            place.text or page.name,
            _effect(page, place.text),
            page.name,
            page=place.page,
        )
    elif page.is_private_on(shown_on):
        # A link in prose asks readers to log in.
        effect = _without_target(place.text) if place.is_step else Effect.NONE
        text = place.text or page.name
        yield Finding(Rule.PAGE_PRIVATE, place.section, text, effect, page.name, page=place.page)


def _without_target(text: str) -> Effect:
    """Return the effect of a target that readers do not get on a place with ``text``."""
    return Effect.NO_LINK if text else Effect.HIDDEN


def _effect(record: Record, text: str) -> Effect:
    """Return the effect of a record that is not live on a place with ``text`` of its own."""
    if record.is_live:
        return Effect.NONE
    return Effect.NO_LINK if text or record.was_live else Effect.HIDDEN


def _of_address(place: AddressPlace, records: Records) -> Iterator[Finding]:
    text = place.text or place.address
    if managed := records.managed.get(place.address):
        pk, name = managed
        yield Finding(Rule.PLAIN_LINK, place.section, text, name=name, other=place.address, link=pk)
    if place.address in records.dead_addresses:
        yield Finding(Rule.PLAIN_LINK_DEAD, place.section, text, other=place.address)


def _of_unsafe(place: UnsafePlace) -> Finding:
    rule = Rule.PLAIN_LINK_UNSAFE
    return Finding(rule, place.section, place.text, _without_target(place.text))


def _of_traits(places: list[TraitPlace], records: Records) -> Iterator[Finding]:
    sections: dict[str, Section] = {}
    for place in places:
        sections.setdefault(_identity(place.text), place.section)
    for note in review([place.text for place in places], records.traits):
        yield Finding(
            _TRAIT_RULES[note.kind],
            sections[_identity(note.phrase)],
            note.phrase,
            trait=note.similar_to,
        )


def _identity(text: str) -> str:
    """Return what ``review`` takes for the same phrase."""
    phrase = trimmed(text) or visible(text)
    return trait_key(phrase) or phrase
