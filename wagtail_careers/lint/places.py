"""The places of a body that refer to something else: links, pages, addresses and traits.

Nothing here queries the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from wagtail.blocks import PageChooserBlock, StructBlock

from wagtail_careers.blocks import SharedLinkChooserBlock
from wagtail_careers.links.plain_links import plain_address
from wagtail_careers.lint.passages import Passage, Span
from wagtail_careers.rich_text.entities import is_broken
from wagtail_careers.rich_text.targets import (
    PAGE_KEY,
    SHARED_LINK_KEY,
    SHARED_LINK_TYPE,
    parse_id,
    parse_path,
)
from wagtail_careers.text import one_line

AnyPlace = TypeVar("AnyPlace")


@dataclass(frozen=True)
class Section:
    """A section of a body: its place in the order, its label and the id of its block.

    The id is empty for a section that was never saved. ``name`` is the name of its block, and
    ``title`` the heading that readers see. ``language`` is empty if it is that of the page.
    """

    number: int
    label: str
    block_id: str
    name: str = ""
    title: str = ""
    language: str = ""


@dataclass(frozen=True)
class LinkPlace:
    """A use of a shared link. ``text`` is the link text in prose, and empty in a list of links."""

    section: Section
    shared_link: int
    deep_path: str
    text: str
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True)
class PagePlace:
    """A link to a page, in prose or as a step. ``text`` is the link text or the step's title."""

    section: Section
    page: int
    text: str
    is_step: bool = False
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True)
class AddressPlace:
    """A plain link in prose: the address that the editor entered, and the link text."""

    section: Section
    address: str
    text: str
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True)
class UnsafePlace:
    """A link in prose that readers get as text alone, because its address leads nowhere."""

    section: Section
    text: str
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True)
class TraitPlace:
    """A text that is highlighted as a trait, as it was typed."""

    section: Section
    text: str
    offset: int = field(default=0, compare=False)


Place = LinkPlace | PagePlace | AddressPlace | UnsafePlace | TraitPlace


@dataclass(frozen=True)
class Places:
    """All places of a body, in order."""

    all: tuple[Place, ...]

    def of(self, kind: type[AnyPlace]) -> list[AnyPlace]:
        """Return the places of one kind."""
        return [place for place in self.all if isinstance(place, kind)]


def places_in_struct(
    section: Section, block: StructBlock, raw: Mapping[str, Any], offset: int
) -> Iterator[Place]:
    """Yield the shared link and the page that are chosen in a block, such as an entry of a list."""
    link, page = parse_id(raw.get(SHARED_LINK_KEY)), parse_id(raw.get(PAGE_KEY))
    chooses_link = isinstance(block.child_blocks.get(SHARED_LINK_KEY), SharedLinkChooserBlock)
    if chooses_link and link is not None:
        yield LinkPlace(section, link, parse_path(raw.get("path")), "", offset)
    if isinstance(block.child_blocks.get(PAGE_KEY), PageChooserBlock) and page is not None:
        title = str(raw.get("title") or "")
        yield PagePlace(section, page, title, is_step=True, offset=offset)


def places_in_passage(section: Section, passage: Passage) -> Iterator[Place]:
    """Yield the links and the traits of rich text."""
    for link in passage.links:
        if place := _of_link(section, link):
            yield place
    for mark in passage.marks:
        yield TraitPlace(section, one_line(mark.text), mark.offset)


def _of_link(section: Section, link: Span) -> Place | None:
    text, attrs = one_line(link.text), link.attrs
    pk = parse_id(attrs.get("id"))
    if attrs.get("linktype") == SHARED_LINK_TYPE and pk is not None:
        return LinkPlace(section, pk, attrs.get("path", ""), text, link.offset)
    if attrs.get("linktype") == "page" and pk is not None:
        return PagePlace(section, pk, text, offset=link.offset)
    if "linktype" not in attrs and (address := plain_address(attrs.get("href", ""))):
        return AddressPlace(section, address, text, link.offset)
    if is_broken("a", attrs):
        return UnsafePlace(section, text, link.offset)
    return None
