"""The places of a body that refer to something else: links, pages, addresses and traits.

A body is given as the block of the stream and its raw data. Nothing here queries the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from wagtail.blocks import Block, PageChooserBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.rich_text.rewriters import extract_attrs

from wagtail_careers.blocks import SharedLinkChooserBlock
from wagtail_careers.blocks.raw_data import walk
from wagtail_careers.links.plain_links import address_of
from wagtail_careers.rich_text.entities import is_broken
from wagtail_careers.rich_text.targets import (
    ANCHOR,
    PAGE_KEY,
    SHARED_LINK_KEY,
    SHARED_LINK_TYPE,
    parse_id,
    parse_path,
)
from wagtail_careers.rich_text.traits import marked_texts
from wagtail_careers.text import plain_text

AnyPlace = TypeVar("AnyPlace")


@dataclass(frozen=True)
class Section:
    """A section of a body: its place in the order, its label and the id of its block.

    The id is empty for a section that was never saved.
    """

    number: int
    label: str
    block_id: str


@dataclass(frozen=True)
class LinkPlace:
    """A use of a shared link. ``text`` is the link text in prose, and empty in a list of links."""

    section: Section
    shared_link: int
    deep_path: str
    text: str


@dataclass(frozen=True)
class PagePlace:
    """A link to a page, in prose or as a step. ``text`` is the link text or the step's title."""

    section: Section
    page: int
    text: str
    is_step: bool = False


@dataclass(frozen=True)
class AddressPlace:
    """A plain link in prose: the address that the editor entered, and the link text."""

    section: Section
    address: str
    text: str


@dataclass(frozen=True)
class UnsafePlace:
    """A link in prose that readers get as text alone, because its address leads nowhere."""

    section: Section
    text: str


@dataclass(frozen=True)
class TraitPlace:
    """A text that is highlighted as a trait, as it was typed."""

    section: Section
    text: str


Place = LinkPlace | PagePlace | AddressPlace | UnsafePlace | TraitPlace


@dataclass(frozen=True)
class Places:
    """All places of a body, in order."""

    all: tuple[Place, ...]

    def of(self, kind: type[AnyPlace]) -> list[AnyPlace]:
        """Return the places of one kind."""
        return [place for place in self.all if isinstance(place, kind)]


def places(body: StreamBlock, raw_body: Iterable[Mapping[str, Any]]) -> Places:
    """Return the places in a stream's raw data; ``body`` is the block of the stream."""
    return Places(
        tuple(
            place
            for number, child in enumerate(raw_body)
            if (block := body.child_blocks.get(child["type"]))
            for place in _in_section(_section(number, block, child), block, child["value"])
        )
    )


def _section(number: int, block: Block, child: Mapping[str, Any]) -> Section:
    label = str(block.label)
    value = child["value"]
    title = value.get("title") if isinstance(value, Mapping) else ""
    # The label alone would not tell one text section from another.
    if title and getattr(block.meta, "repeats", True):
        label = f"{label}: {title}"
    return Section(number, label, str(child.get("id") or ""))


def _in_section(section: Section, block: Block, raw: Any) -> Iterator[Place]:
    for part, value in walk(block, raw):
        if isinstance(part, RichTextBlock) and isinstance(value, str):
            yield from _in_prose(section, value)
        elif isinstance(part, StructBlock) and isinstance(value, Mapping):
            yield from _in_struct(section, part, value)


def _in_struct(section: Section, block: StructBlock, raw: Mapping[str, Any]) -> Iterator[Place]:
    """Yield the shared link and the page that are chosen in a block, such as an entry of a list."""
    link, page = parse_id(raw.get(SHARED_LINK_KEY)), parse_id(raw.get(PAGE_KEY))
    chooses_link = isinstance(block.child_blocks.get(SHARED_LINK_KEY), SharedLinkChooserBlock)
    if chooses_link and link is not None:
        yield LinkPlace(section, link, parse_path(raw.get("path")), "")
    if isinstance(block.child_blocks.get(PAGE_KEY), PageChooserBlock) and page is not None:
        yield PagePlace(section, page, str(raw.get("title") or ""), is_step=True)


def _in_prose(section: Section, html: str) -> Iterator[Place]:
    for opening, content in ANCHOR.findall(html):
        attrs, text = extract_attrs(opening), plain_text(content)
        pk = parse_id(attrs.get("id"))
        if attrs.get("linktype") == SHARED_LINK_TYPE and pk is not None:
            yield LinkPlace(section, pk, attrs.get("path", ""), text)
        elif attrs.get("linktype") == "page" and pk is not None:
            yield PagePlace(section, pk, text)
        elif address := address_of(opening):
            yield AddressPlace(section, address, text)
        elif is_broken("a", attrs):
            yield UnsafePlace(section, text)
    yield from (TraitPlace(section, text) for text in marked_texts(html))
