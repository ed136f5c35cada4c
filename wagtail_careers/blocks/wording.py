"""Blocks whose wording stays out of migrations.

Wagtail writes the labels, help texts and choices of all blocks into the migrations of a site. If
they stayed there, each release that rewords one of the package's own would ask every site for a
migration that changes nothing in the database.
"""

from collections.abc import Mapping
from typing import Any

from wagtail.blocks import StructBlock

#: The arguments of a block that only its form shows.
WORDING = ("help_text", "label")

Definition = tuple[str, list[Any], dict[str, Any]]


class WordlessStructBlock(StructBlock):
    """A block with fields, of which migrations have the structure without the wording."""

    def deconstruct_with_lookup(self, lookup: Any) -> Definition:
        wordless: Any = _WordlessLookup(lookup)
        return super().deconstruct_with_lookup(wordless)


class _WordlessLookup:
    """A builder of definitions that leaves out the wording of all blocks added to it."""

    def __init__(self, lookup: Any) -> None:
        self.lookup = lookup

    def add_block(self, block: Any) -> int:
        path, args, kwargs = block.deconstruct_with_lookup(self)
        index: int = self.lookup.add_block(_Defined((path, args, _without_wording(kwargs))))
        return index


class _Defined:
    """A definition in the place of the block that it defines."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    def deconstruct_with_lookup(self, lookup: Any) -> Definition:
        return self.definition


def _without_wording(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in kwargs.items() if name not in WORDING}
    if isinstance(choices := kept.get("choices"), (list, tuple)):
        kept["choices"] = [(value, value) for value, _label in choices]
    return kept
