"""The raw data of a role page's body, built from a role's sections."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail_careers.blocks.registry import FREE_TEXT, INTRODUCTION, SectionKind
from wagtail_careers.blocks.sections.base import MAX_TITLE
from wagtail_careers.importing.planning.merge import keys
from wagtail_careers.importing.roles.sections import Section
from wagtail_careers.importing.writing import rich_text
from wagtail_careers.importing.writing.rich_text import Anchor
from wagtail_careers.text import shortened

Kinds = Mapping[str, SectionKind]


def raw_body(
    sections: Sequence[Section],
    kinds: Kinds,
    anchor: Anchor,
    steps: Sequence[Mapping[str, Any]],
    key: str,
) -> list[dict[str, Any]]:
    """Return the blocks of the body as StreamField stores them.

    ``kinds`` are those that the body can have, and the first section with a list of steps gets
    ``steps``. The IDs of blocks derive from the post's ``key``, so that a post has the same IDs
    each time.
    """
    of_steps = next((each for each in sections if kinds[each.kind].steps), None)
    blocks = [
        _block(section, kinds, anchor, steps if section is of_steps else ()) for section in sections
    ]
    for block, block_key in zip(blocks, keys(blocks), strict=True):
        block["id"] = str(uuid5(NAMESPACE_URL, f"{key} {block_key}"))
    return blocks


def step(page: int | None, relation: str, key: str) -> dict[str, Any]:
    """Return one step of a progression, with the title of the page."""
    value = {"page": page, "title": "", "relation": relation, "note": ""}
    return {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_URL, f"{key} {page}"))}


def _block(
    section: Section, kinds: Kinds, anchor: Anchor, steps: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    kind = kinds[section.kind]
    if section.kind == INTRODUCTION:
        introduction = rich_text.introduction(section.blocks, anchor)
        return {"type": INTRODUCTION, "value": {kind.prose: introduction}}
    prose = rich_text.prose(section.blocks, anchor)
    lists = {name: list(steps) if name == kind.steps else [] for name in kind.lists}
    value = {"title": _title(section), kind.prose: prose, **lists}
    return {"type": section.kind, "value": value}


def _title(section: Section) -> str:
    """Return the heading of the source, shortened if it is too long; the text has all of it."""
    title = section.title_text
    if len(title) > MAX_TITLE and section.kind != FREE_TEXT:
        return ""  # The default title of the section.
    return shortened(title, MAX_TITLE)
