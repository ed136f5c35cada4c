"""What the HTML of a post says, as values: blocks of text in order, each made of runs.

All that a role page's prose can hold has a value here, and nothing else has: what a post
holds besides is told as text, or kept as a run that is ``dropped`` for a reason.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, groupby


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; a newline in it is a line break.

    ``href`` is as the source has it. ``dropped`` says why the text is not shown. An ``added``
    run is shown although it is no text of the source, such as the alternative text of an
    image that is a link. ``titled`` text has a class that calls it a heading.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    dropped: str = ""
    added: bool = False
    titled: bool = False

    @property
    def look(self) -> tuple[object, ...]:
        """What makes two runs one, if they are neighbours."""
        return (self.bold, self.italic, self.href, self.dropped, self.added, self.titled)

    def with_text(self, text: str) -> "Run":
        """The same look with another text. Quicker than ``replace``, and called for each word."""
        return Run(text, self.bold, self.italic, self.href, self.dropped, self.added, self.titled)

    @property
    def is_source(self) -> bool:
        return not self.added

    @property
    def is_shown(self) -> bool:
        return not self.dropped


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading of a ``level`` from 1 to 6, or an item of a list.

    ``lists`` are the lists around an item, outermost first (``ul`` or ``ol``), and ``item``
    its number in the post: blocks of one item have the same. ``classes`` are those of all
    elements around the block, and ``group`` tells elements with a class apart.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0
    lists: tuple[str, ...] = ()
    item: int = 0
    classes: frozenset[str] = frozenset()
    group: int = 0

    @property
    def text(self) -> str:
        """The text that is shown, on one line."""
        return " ".join(shown_text(self.runs).split())

    @property
    def looks_like_heading(self) -> bool:
        """Whether all words are bold, or in elements that are called headings."""
        worded = [
            run
            for run in self.runs
            if run.is_shown and any(character.isalnum() for character in run.text)
        ]
        return bool(worded) and (
            all(run.bold for run in worded) or all(run.titled for run in worded)
        )


@dataclass(frozen=True, slots=True)
class Image:
    """An image of a post: its address there and its alternative text."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Embed:
    """Something that a page cannot hold, with the address that it loads."""

    element: str
    src: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that a post says, in order.

    ``unwritten`` are blocks of the editor that showed what the post itself does not have.
    ``raised`` are words with digits above or below the line, such as the 3 of 10 to the third.
    """

    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    embeds: tuple[Embed, ...] = ()
    unwritten: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()


def shown_text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs if run.is_shown)


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """``runs`` with neighbours of one look as one, and none that is empty."""
    worded = (run for run in runs if run.text)
    result = []
    for _look, group in groupby(worded, key=lambda run: run.look):
        first, *others = group
        if others:
            first = first.with_text("".join((first.text, *(run.text for run in others))))
        result.append(first)
    return tuple(result)


class Tape:
    """Runs as one text, of which parts can be cut by position."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self.runs = merged(runs)
        self.text = "".join(run.text for run in self.runs)
        self._starts = [0, *accumulate(len(run.text) for run in self.runs)]

    def cut(self, start: int, end: int) -> tuple[Run, ...]:
        """The part from position ``start`` up to ``end``."""
        if start >= end:
            return ()
        first = bisect_right(self._starts, start) - 1
        result = []
        for run, at in zip(self.runs[first:], self._starts[first:], strict=False):
            if at >= end:
                break
            text = run.text[max(0, start - at) : end - at]
            result.append(run if text == run.text else run.with_text(text))
        return tuple(result)

    def trimmed(self) -> tuple[Run, ...]:
        """All of it but the white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, len(self.text.rstrip()))
