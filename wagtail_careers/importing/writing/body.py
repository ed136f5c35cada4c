"""The raw data of a role page's body, out of a role's sections."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail_careers.importing.planning.merge import keys
from wagtail_careers.importing.roles.sections import HEADING, MAX_TITLE, PERSON_SPEC, TEXT, Section
from wagtail_careers.importing.writing import rich_text
from wagtail_careers.importing.writing.rich_text import Anchor

#: What the sections have besides a title and prose (``wagtail_careers.blocks``).
_LISTS = {"application_links": "links", "progression": "steps"}
_WRITERS: Mapping[str, Callable[..., str]] = {
    HEADING: rich_text.introduction,
    PERSON_SPEC: rich_text.person_prose,
}


def raw_body(
    sections: Iterable[Section], anchor: Anchor, steps: Iterable[Mapping[str, Any]], key: str
) -> list[dict[str, Any]]:
    """The blocks of the body as StreamField stores them.

    Their ids follow from the post's ``key``: the same post has the same ids each time.
    """
    blocks = [_block(section, anchor, list(steps)) for section in sections]
    for block, block_key in zip(blocks, keys(blocks), strict=True):
        block["id"] = str(uuid5(NAMESPACE_URL, f"{key} {block_key}"))
    return blocks


def step(page: int | None, relation: str, key: str) -> dict[str, Any]:
    """One step of a progression; its title is that of the page."""
    value = {"page": page, "title": "", "relation": relation, "note": ""}
    return {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_URL, f"{key} {page}"))}


def _block(section: Section, anchor: Anchor, steps: list[Mapping[str, Any]]) -> dict[str, Any]:
    prose = _WRITERS.get(section.kind, rich_text.prose)(section.blocks, anchor)
    if section.kind == HEADING:
        return {"type": HEADING, "value": {"introduction": prose}}
    value: dict[str, Any] = {"title": _title(section), "prose": prose}
    if section.kind in _LISTS:
        value[_LISTS[section.kind]] = steps if section.kind == "progression" else []
    return {"type": section.kind, "value": value}


def _title(section: Section) -> str:
    """The heading of the source. One that is too long is in the text, and stands cut here."""
    title = section.title_text
    if len(title) <= MAX_TITLE:
        return title
    if section.kind != TEXT:
        return ""  # The default title of the section.
    return f"{title[: MAX_TITLE - 1].rpartition(' ')[0] or title[: MAX_TITLE - 1]}…"
