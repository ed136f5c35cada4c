"""The raw data of a role page's body, built from a role's sections."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail_careers.importing.planning.merge import keys
from wagtail_careers.importing.roles.sections import INTRODUCTION, MAX_TITLE, TEXT, Section
from wagtail_careers.importing.writing import rich_text
from wagtail_careers.importing.writing.rich_text import Anchor

#: The lists of sections besides their title and prose (``wagtail_careers.blocks``).
_LISTS = {"application_links": "links", "progression": "steps"}


def raw_body(
    sections: Iterable[Section], anchor: Anchor, steps: Iterable[Mapping[str, Any]], key: str
) -> list[dict[str, Any]]:
    """Return the blocks of the body as StreamField stores them.

    Their IDs derive from the post's ``key``, so that a post has the same IDs each time.
    """
    blocks = [_block(section, anchor, list(steps)) for section in sections]
    for block, block_key in zip(blocks, keys(blocks), strict=True):
        block["id"] = str(uuid5(NAMESPACE_URL, f"{key} {block_key}"))
    return blocks


def step(page: int | None, relation: str, key: str) -> dict[str, Any]:
    """Return one step of a progression, with the title of the page."""
    value = {"page": page, "title": "", "relation": relation, "note": ""}
    return {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_URL, f"{key} {page}"))}


def _block(section: Section, anchor: Anchor, steps: list[Mapping[str, Any]]) -> dict[str, Any]:
    if section.kind == INTRODUCTION:
        introduction = rich_text.introduction(section.blocks, anchor)
        return {"type": INTRODUCTION, "value": {"introduction": introduction}}
    prose = rich_text.prose(section.blocks, anchor)
    value: dict[str, Any] = {"title": _title(section), "prose": prose}
    if section.kind in _LISTS:
        value[_LISTS[section.kind]] = steps if section.kind == "progression" else []
    return {"type": section.kind, "value": value}


def _title(section: Section) -> str:
    """Return the heading of the source, shortened if it is too long; the text has all of it."""
    title = section.title_text
    if len(title) <= MAX_TITLE:
        return title
    if section.kind != TEXT:
        return ""  # The default title of the section.
    return f"{title[: MAX_TITLE - 1].rpartition(' ')[0] or title[: MAX_TITLE - 1]}…"
