"""Drafts keep everything that an editor has entered, even what cannot be published.

Wagtail makes the fields of a draft optional, but it still refuses a text that is too long, a list
with too many items or an address that is not one. The editor would lose what was typed since the
last save, because autosave is refused as well.
"""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import Block, ListBlock, StreamBlock, StreamValue, StructBlock
from wagtail.blocks.list_block import ListValue


def keep(block: Block, value: Any) -> Any:
    """Return ``value`` cleaned, and as it was entered wherever ``block`` refuses it.

    Raises the ``ValidationError`` of a value that the database would not give back, for example
    a date that is not one.
    """
    try:
        return block.clean(value)
    except ValidationError:
        if isinstance(block, StreamBlock):
            return keep_stream(block, value)
        if isinstance(block, ListBlock):
            return _keep_list(block, value)
        if isinstance(block, StructBlock):
            parts = [(name, keep(block.child_blocks[name], part)) for name, part in value.items()]
            return block.meta.value_class(block, parts)
        if not _can_be_read_again(block, value):
            raise
        return value


def keep_stream(block: StreamBlock, value: Any) -> StreamValue:
    """Return ``value`` with each of its blocks as ``keep`` returns it, however many there are."""
    kept: Any = [(child.block_type, keep(child.block, child.value), child.id) for child in value]
    return StreamValue(block, kept)


def _keep_list(block: ListBlock, value: Any) -> ListValue:
    return ListValue(
        block,
        bound_blocks=[
            ListValue.ListChild(child.block, keep(child.block, child.value), id=child.id)
            for child in value.bound_blocks
        ],
    )


def _can_be_read_again(block: Block, value: Any) -> bool:
    if isinstance(value, str) and "\x00" in value:
        return False  # PostgreSQL refuses it.
    try:
        return bool(block.to_python(block.get_prep_value(value)) == value)
    except (ArithmeticError, AttributeError, TypeError, ValidationError, ValueError):
        return False
