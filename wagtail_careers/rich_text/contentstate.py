"""The form in which the editor sends rich text, with only what can be converted.

It is the raw content state of Draft.js. Wagtail's editor sends nothing else, but scripts and
damaged requests do, and Draft.js's exporter raises errors for it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeGuard

#: The deepest level of a list. Wagtail's editor allows less.
MAX_DEPTH = 10


def sound_state(contentstate_json: str, entity_types: Collection[str]) -> dict[str, Any]:
    """Return the content state in ``contentstate_json`` without what cannot be converted.

    Text in an entity that cannot be converted is kept. A block that is nothing but such an entity
    is left out. Text that is not a content state gives an empty one.
    """
    try:
        state = json.loads(contentstate_json)
    except (RecursionError, ValueError):
        state = None
    state = state if isinstance(state, Mapping) else {}
    given = state.get("entityMap")
    entities = {
        key: entity
        for key, entity in (given.items() if isinstance(given, Mapping) else ())
        if _is_sound(entity, entity_types)
    }
    return {"blocks": list(_blocks(state, entities)), "entityMap": entities}


def _is_sound(entity: Any, entity_types: Collection[str]) -> bool:
    if not (isinstance(entity, Mapping) and isinstance(entity.get("type"), str)):
        return False
    data = entity.get("data")
    if entity["type"] not in entity_types or not isinstance(data, Mapping):
        return False
    is_address = entity["type"] == "LINK" and data.get("id") is None
    return isinstance(data.get("url"), str) if is_address else True


def _blocks(state: Mapping[str, Any], entities: Collection[str]) -> Iterator[dict[str, Any]]:
    for block in _mappings(state.get("blocks")):
        kind, text, depth = block.get("type"), block.get("text"), block.get("depth")
        links = list(_entity_ranges(block, entities))
        if links or kind != "atomic":
            yield {
                **block,
                "type": kind if isinstance(kind, str) else "unstyled",
                "text": text if isinstance(text, str) else "",
                "depth": min(depth, MAX_DEPTH) if _is_count(depth) else 0,
                "data": {},
                "inlineStyleRanges": [
                    each
                    for each in _ranges(block.get("inlineStyleRanges"))
                    if isinstance(each.get("style"), str)
                ],
                "entityRanges": links,
            }


def _entity_ranges(
    block: Mapping[str, Any], entities: Collection[str]
) -> Iterator[Mapping[str, Any]]:
    """Yield the ranges of ``entities`` in order. Of two that overlap, the first one is kept."""
    end = 0
    ranges = _ranges(block.get("entityRanges"))
    for each in sorted(ranges, key=lambda each: each["offset"]):
        if str(each.get("key")) in entities and each["offset"] >= end:
            end = each["offset"] + each["length"]
            yield each


def _ranges(given: Any) -> list[Mapping[str, Any]]:
    return [
        each
        for each in _mappings(given)
        if _is_count(each.get("offset")) and _is_count(each.get("length"))
    ]


def _mappings(given: Any) -> list[Mapping[str, Any]]:
    return [each for each in given if isinstance(each, Mapping)] if isinstance(given, list) else []


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
