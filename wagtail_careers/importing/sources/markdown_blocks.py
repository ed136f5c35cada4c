"""The blocks of a text in Markdown, as many as memory can hold."""

from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

#: A text of more blocks is kept as typed, because each takes memory. A list item counts five.
MAX_BLOCKS = 200_000
#: The most characters of addresses that all references together add.
_MAX_REFERENCES = 500_000


class TooManyBlocksError(Exception):
    """The text has more blocks than any post."""


class _Blocks(list[Token]):
    """The blocks of one text."""

    def append(self, token: Token) -> None:
        if len(self) >= MAX_BLOCKS:
            raise TooManyBlocksError
        super().append(token)


class _References(dict[str, dict[str, Any]]):
    """The addresses that links refer to by labels, until they are too long altogether.

    A label of one letter can repeat an address of any length.
    """

    def __init__(self) -> None:
        self._room = _MAX_REFERENCES

    def get(self, label: str, default: Any = None) -> Any:
        found = super().get(label)
        if found:
            self._room -= sum(map(len, found.values()))
        return found if found and self._room >= 0 else default


def read_blocks(state: StateCore) -> None:
    """Divide a text into blocks, with the addresses of its references."""
    state.env["references"] = _References()
    state.tokens = _Blocks()
    state.md.block.parse(state.src, state.md, state.env, state.tokens)
