"""Custom fields on the page: each joins the section that the map chooses for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from wagtail_careers.blocks.registry import FREE_TEXT, INTRODUCTION, SectionKind
from wagtail_careers.blocks.sections.base import MAX_TITLE
from wagtail_careers.importing.reading.content import Block, Kind, TextRun
from wagtail_careers.importing.roles.sections import Section
from wagtail_careers.importing.sources.conventions import TRAITS, Conventions
from wagtail_careers.text import one_line


def places(kinds: Mapping[str, SectionKind]) -> tuple[str, ...]:
    """Return the places that a field can have on pages with these ``kinds`` of sections."""
    sections = tuple(
        name
        for name, kind in kinds.items()
        if kind.is_begun_by_heading or name in (INTRODUCTION, FREE_TEXT)
    )
    return (*sections, TRAITS) if _of_traits(kinds) else sections


def with_fields(
    sections: tuple[Section, ...],
    blocks: Iterable[Block],
    kinds: Mapping[str, SectionKind],
    conventions: Conventions,
) -> tuple[Section, ...]:
    """Add the ``blocks`` of fields to the sections that they belong to."""
    for name, group in groupby(blocks, key=lambda block: block.field):
        place = conventions.section_of_field(name)
        if place == TRAITS:
            sections = _with_blocks(sections, _of_traits(kinds), _as_traits(group), kinds)
        elif place == FREE_TEXT:
            sections = (*sections, Section(FREE_TEXT, _title(name), tuple(group)))
        else:
            sections = _with_blocks(sections, place, tuple(group), kinds)
    return sections


def _of_traits(kinds: Mapping[str, SectionKind]) -> str:
    """Return the section in which bold means a trait; empty if there is none."""
    return next((name for name, kind in kinds.items() if kind.bold_is_trait), "")


def _as_traits(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Set ``blocks`` in bold: in the section of the traits, ``traits`` marks what is bold."""
    return tuple(
        replace(
            block,
            kind=Kind.PARAGRAPH if block.kind == Kind.HEADING else block.kind,
            runs=tuple(replace(run, bold=True) for run in block.runs),
        )
        for block in blocks
    )


def _with_blocks(
    sections: tuple[Section, ...],
    kind: str,
    blocks: tuple[Block, ...],
    kinds: Mapping[str, SectionKind],
) -> tuple[Section, ...]:
    """Add ``blocks`` to the section of this ``kind``, or a section with them in its usual place."""
    for number, section in enumerate(sections):
        if section.kind == kind:
            longer = replace(section, blocks=(*section.blocks, *blocks))
            return (*sections[:number], longer, *sections[number + 1 :])
    title = None if kinds[kind].has_default_title else _title(blocks[0].field)
    later = set(_after(kind, kinds))
    number = next(
        (number for number, section in enumerate(sections) if section.kind in later), len(sections)
    )
    return (*sections[:number], Section(kind, title, blocks), *sections[number:])


def _after(kind: str, kinds: Mapping[str, SectionKind]) -> Iterator[str]:
    """Yield the kinds that usually come after ``kind``; text can be anywhere."""
    order = list(kinds)
    yield from (name for name in order[order.index(kind) + 1 :] if name != FREE_TEXT)


def _title(name: str) -> Block:
    """Make a heading of the name of a field: “how_do_i_apply” is “How do i apply”."""
    text = one_line(name.replace("_", " ").replace("-", " ")).capitalize() or name
    return Block(Kind.HEADING, (TextRun(text[:MAX_TITLE], added=True),), level=2)
