"""The content of a role page as values, which the rules read. Nothing here queries the database."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from wagtail.blocks import Block, CharBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock

from wagtail_careers.blocks.completeness import completeness
from wagtail_careers.blocks.raw_data import walk
from wagtail_careers.blocks.sections.base import default_title
from wagtail_careers.blocks.shared_link import DeepPathBlock
from wagtail_careers.lint.passages import Kind, Passage, line, read_passages
from wagtail_careers.lint.places import (
    Place,
    Places,
    Section,
    places_in_passage,
    places_in_struct,
)


@dataclass(frozen=True)
class SectionContent:
    """A section with its passages in order. The first is its title, if it has one."""

    section: Section
    passages: tuple[Passage, ...]
    places: tuple[Place, ...] = ()

    @cached_property
    def text(self) -> str:
        """The visible text. Offsets of passages, spans and findings are positions in it."""
        return "".join(f"{passage.text}\n" for passage in self.passages)

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The passages of running text: paragraphs and list items that have any text."""
        running = (Kind.PARAGRAPH, Kind.ITEM)
        return tuple(each for each in self.passages if each.kind in running and each.text)

    @cached_property
    def headings(self) -> tuple[Passage, ...]:
        """The title, unless it is the default one, and the sub-headings."""
        kinds = (Kind.TITLE, Kind.HEADING)
        return tuple(each for each in self.passages if each.kind in kinds and not each.is_default)

    @cached_property
    def lists(self) -> tuple[tuple[Passage, ...], ...]:
        """The items of each list, in order."""
        items: dict[int, list[Passage]] = {}
        for each in self.passages:
            if each.kind is Kind.ITEM:
                items.setdefault(each.list_number, []).append(each)
        return tuple(map(tuple, items.values()))


@dataclass(frozen=True)
class Content:
    """The content of a role page: its title, its language and its sections.

    ``language`` is a code such as “en-gb”. ``missing`` has the labels of the sections that a
    complete role has and this one lacks. ``page`` is the primary key, if the page was saved.
    """

    title: str
    language: str
    sections: tuple[SectionContent, ...]
    missing: tuple[str, ...] = ()
    page: int | None = None

    @cached_property
    def places(self) -> Places:
        """All links, steps and traits, in order."""
        return Places(tuple(place for each in self.sections for place in each.places))

    @cached_property
    def as_section(self) -> Section:
        """The place of findings about the page as a whole: its title."""
        return Section(-1, "", "", "title", self.title)

    def in_languages(self, languages: Collection[str]) -> "Content":
        """Return the content with only the sections that are in some languages, such as “en”."""
        sections = tuple(each for each in self.sections if self.language_of(each) in languages)
        return replace(self, sections=sections)

    def language_of(self, content: SectionContent) -> str:
        """Return the language of a section without its region: “en” for “en-gb”."""
        return (content.section.language or self.language).partition("-")[0].lower()

    def passages(self) -> Iterator[tuple[Section, Passage]]:
        """Yield all passages with their sections."""
        for each in self.sections:
            for passage in each.passages:
                yield each.section, passage

    def prose(self) -> Iterator[tuple[Section, Passage]]:
        """Yield the paragraphs and list items that have text, with their sections."""
        for each in self.sections:
            for passage in each.prose:
                yield each.section, passage


def read(
    body: StreamBlock,
    raw_body: Iterable[Mapping[str, Any]],
    *,
    title: str = "",
    language: str = "en",
    page: int | None = None,
) -> Content:
    """Return the content of a page. ``body`` is the block of its stream, ``raw_body`` its data."""
    raw_body = list(raw_body)
    sections = tuple(
        _section_content(number, block, child)
        for number, child in enumerate(raw_body)
        if (block := body.child_blocks.get(child["type"]))
    )
    complete = completeness(body, raw_body)
    missing = tuple(
        str(body.child_blocks[name].label) for name in (*complete.empty, *complete.unused)
    )
    return Content(title, language, sections, missing, page)


def places(body: StreamBlock, raw_body: Iterable[Mapping[str, Any]]) -> Places:
    """Return the places in a stream's raw data; ``body`` is the block of the stream."""
    return read(body, raw_body).places


def _section_content(number: int, block: Block, child: Mapping[str, Any]) -> SectionContent:
    title = _title(block, child["value"])
    section = _section(number, block, child, title.text if title else "")
    title_block = block.child_blocks.get("title") if isinstance(block, StructBlock) else None
    passages = [title] if title else []
    found: list[Place] = []
    for part, value in walk(block, child["value"]):
        offset = passages[-1].end if passages else 0
        if isinstance(part, StructBlock) and isinstance(value, Mapping):
            found += places_in_struct(section, part, value, offset)
        elif isinstance(part, RichTextBlock) and isinstance(value, str):
            lists = max((each.list_number for each in passages), default=0)
            read_now = read_passages(value, offset, lists)
            found += (each for new in read_now for each in places_in_passage(section, new))
            passages += read_now
        elif _is_line(part) and part is not title_block and isinstance(value, str) and value:
            passages.append(line(Kind.LINE, value, offset))
    return SectionContent(section, tuple(passages), tuple(found))


def _is_line(block: Block) -> bool:
    return isinstance(block, (CharBlock, TextBlock)) and not isinstance(block, DeepPathBlock)


def _title(block: Block, raw: Any) -> Passage | None:
    """Return the title that readers see, or None for a section without titles."""
    if not isinstance(block, StructBlock) or "title" not in block.child_blocks:
        return None
    own = raw.get("title") if isinstance(raw, Mapping) else ""
    default = default_title(block) if hasattr(block.meta, "default_title") else ""
    shown = str(own or default or block.label)
    return line(Kind.TITLE, shown, 0, is_default=not own or shown == default)


def _section(number: int, block: Block, child: Mapping[str, Any], title: str) -> Section:
    label = str(block.label)
    value = child["value"]
    facts = value if isinstance(value, Mapping) else {}
    own = facts.get("title")
    # The label alone would not tell one text section from another.
    if own and getattr(block.meta, "repeats", True):
        label = f"{label}: {own}"
    block_id, name = str(child.get("id") or ""), str(child["type"])
    return Section(number, label, block_id, name, title, str(facts.get("language") or ""))
