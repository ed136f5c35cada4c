"""Walks through the raw data of a stream, together with its blocks.

Raw data is the stored form of a stream. Data of blocks that no longer exist is left alone.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock


def walk(block: Block, raw: Any) -> Iterator[tuple[Block, Any]]:
    """Yield ``block`` with its raw data, then each block inside it with its own, in order."""
    yield block, raw
    for child, value in _children(block, raw):
        yield from walk(child, value)


def rich_texts(block: Block, raw: Any) -> list[str]:
    """Return the rich texts in the raw data of ``block``, in order, without empty ones."""
    return [
        text
        for part, text in walk(block, raw)
        if isinstance(part, RichTextBlock) and isinstance(text, str) and text
    ]


def change_values(block: Block, raw: Any, change: Callable[[Block, Any], Any]) -> Any:
    """Return ``raw`` with the data of each innermost block changed.

    ``change`` gets an innermost block with its raw data, and returns what to store instead.
    """
    if isinstance(block, StreamBlock) and isinstance(raw, list):
        return [_changed_item(block.child_blocks.get(item["type"]), item, change) for item in raw]
    if isinstance(block, StructBlock) and isinstance(raw, Mapping):
        return {
            name: change_values(child, value, change)
            if (child := block.child_blocks.get(name))
            else value
            for name, value in raw.items()
        }
    if isinstance(block, ListBlock) and isinstance(raw, list):
        return [
            _changed_item(block.child_block, item, change)
            if _is_item(item)
            else change_values(block.child_block, item, change)
            for item in raw
        ]
    return change(block, raw)


def _changed_item(block: Block | None, item: Mapping[str, Any], change: Any) -> Mapping[str, Any]:
    if block is None:
        return item
    return {**item, "value": change_values(block, item["value"], change)}


def _children(block: Block, raw: Any) -> Iterator[tuple[Block, Any]]:
    if isinstance(block, StreamBlock):
        for item in raw or ():
            if child := block.child_blocks.get(item["type"]):
                yield child, item["value"]
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if isinstance(raw, Mapping) and name in raw:
                yield child, raw[name]
    elif isinstance(block, ListBlock):
        for item in raw or ():
            yield block.child_block, _list_item(item)


def _list_item(item: Any) -> Any:
    return item["value"] if _is_item(item) else item


def _is_item(item: Any) -> bool:
    """Return whether ``item`` has an id. Before Wagtail 2.16, values were stored without."""
    return isinstance(item, Mapping) and item.get("type") == "item" and "value" in item
