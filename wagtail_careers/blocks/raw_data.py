"""A walk through the raw data of a stream, together with its blocks."""

from collections.abc import Iterator, Mapping
from typing import Any

from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock


def walk(block: Block, raw: Any) -> Iterator[tuple[Block, Any]]:
    """Yield ``block`` with its raw data, then each block inside it with its own, in order.

    Raw data is the stored form of a stream. Data of blocks that no longer exist is skipped.
    """
    yield block, raw
    for child, value in _children(block, raw):
        yield from walk(child, value)


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
    """Return the value of a list's item. Before Wagtail 2.16, items were stored without ids."""
    is_item = isinstance(item, Mapping) and item.get("type") == "item" and "value" in item
    return item["value"] if is_item else item
