"""The content of a post as values: blocks of text in order, each made of runs.

Everything that a role's rich text can hold has a value here, and nothing else does. What a post
contains besides becomes text, or a run that is ``dropped`` for a reason.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, groupby

from wagtail_careers.text import has_words, one_line

#: Characters that are moved out of a link at its ends.
_AROUND_LINKS = " \t\n\xa0.,;:!?…"


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of text with one look; a newline in it is a line break.

    ``href`` is the address in the source, and ``link`` the number of the link, so that two links
    to one address stay two. ``dropped`` is the code of the reason why the text is not shown. An
    ``added`` run is shown although it is not text of the source, such as the alternative text of
    a linked image. ``titled`` text has a class that means a heading. Runs of one trait have its
    number in ``trait``; 0 means none. ``language`` is the tag of a known language that the source
    gives the text, or empty.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    dropped: str = ""
    added: bool = False
    titled: bool = False
    trait: int = 0
    link: int = 0
    language: str = ""

    @property
    def look(self) -> tuple[bool, bool, str, str, bool, bool, int, int, str]:
        """Return all fields but the text, in order: neighbours with the same look are one run."""
        return (
            self.bold,
            self.italic,
            self.href,
            self.dropped,
            self.added,
            self.titled,
            self.trait,
            self.link,
            self.language,
        )

    def with_text(self, text: str) -> "TextRun":
        """Return a run with this look and another text. Faster than ``replace``."""
        return self if text == self.text else TextRun(text, *self.look)

    @property
    def of_link(self) -> tuple[str, int]:
        """Return the address and the number of the link; equal for all runs of one link."""
        return self.href, self.link

    def without_link(self) -> "TextRun":
        return replace(self, href="", link=0)

    @property
    def is_shown(self) -> bool:
        return not self.dropped


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading of a ``level`` from 1 to 6, or an item of a list.

    ``lists`` are the lists around an item, outermost first (``ul`` or ``ol``). ``list_number`` is
    the number of the innermost one in the post, and ``item`` that of the item: blocks of one item
    share it. ``classes`` are those of the elements around the block, innermost first. ``field`` is
    the name of the custom field that the block comes from; empty for the content itself.
    """

    kind: Kind
    runs: tuple[TextRun, ...]
    level: int = 0
    lists: tuple[str, ...] = ()
    item: int = 0
    classes: tuple[str, ...] = ()
    list_number: int = 0
    in_table: bool = False
    field: str = ""

    @property
    def text(self) -> str:
        """Return the text that is shown, on one line."""
        return one_line(shown_text(self.runs))

    @property
    def is_wordless(self) -> bool:
        """Return True if the text has no letter or digit. It cannot be a heading (WCAG 2.4.6)."""
        text = self.text
        return bool(text) and not has_words(text)

    @property
    def looks_like_heading(self) -> bool:
        """Return True if all words are bold, or all have a class that means a heading."""
        worded = [run for run in self.runs if run.is_shown and has_words(run.text)]
        return bool(worded) and (
            all(run.bold for run in worded) or all(run.titled for run in worded)
        )


@dataclass(frozen=True, slots=True)
class Image:
    """An image of a post: its address there, and what is said about it.

    ``attachment`` is its ID in the old site's library, which also knows images without address.
    """

    src: str = ""
    alt: str = ""
    caption: str = ""
    title: str = ""
    description: str = ""
    attachment: str = ""
    is_featured: bool = False


@dataclass(frozen=True, slots=True)
class Embed:
    """An embedded object, which a page cannot hold, with the address that it loads."""

    element: str
    src: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Meaning that a page cannot hold: the code and the parameters of the flag that tells it."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """The whole content of a post, in order.

    ``unwritten`` are blocks of the editor whose output is not stored in the post. ``raised``
    are words with digits above or below the line, such as 10³ written with ``<sup>``.
    ``excerpt`` are the blocks of the excerpt, and ``field_blocks`` those of the custom fields
    that have a place on the page. ``galleries`` are the IDs of posts whose attached images
    the post shows; its own is empty.
    """

    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    embeds: tuple[Embed, ...] = ()
    unwritten: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    excerpt: tuple[Block, ...] = ()
    field_blocks: tuple[Block, ...] = ()
    galleries: tuple[str, ...] = ()

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield the address and the text of each link that the page can have."""
        for block in (*self.blocks, *self.excerpt, *self.field_blocks):
            yield from link_texts(block.runs)


def shown_text(runs: Iterable[TextRun]) -> str:
    """Join the text of the runs that are shown."""
    return "".join(run.text for run in runs if run.is_shown)


def merged(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Join neighbours with the same look, and remove empty runs."""
    worded = [run for run in runs if run.text]
    if len(worded) < 2:
        return tuple(worded)
    result = []
    for _look, group in groupby(worded, key=lambda run: run.look):
        first, *others = group
        if others:
            first = first.with_text("".join((first.text, *(run.text for run in others))))
        result.append(first)
    return tuple(result)


def tidied(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Move space and punctuation at the ends of links out of them.

    A link that has nothing but punctuation keeps it, because it would be lost otherwise.
    """
    result: list[TextRun] = []
    for (href, _link), group in groupby(runs, key=lambda run: run.of_link):
        if not href:
            result += group
            continue
        tape = Tape(group)
        text = tape.text
        around = _AROUND_LINKS if text.strip(_AROUND_LINKS) else None
        start = len(text) - len(text.lstrip(around))
        end = len(text.rstrip(around))
        result += (run.without_link() for run in tape.cut(0, min(start, len(text))))
        result += tape.cut(start, end)
        result += (run.without_link() for run in tape.cut(max(start, end), len(text)))
    return merged(result)


def shown_address(href: str) -> str:
    """Return the text of a link that has no other: its address without the scheme."""
    return href.partition("://")[2] or href.partition(":")[2] or href


def link_texts(runs: Iterable[TextRun]) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of each link."""
    shown = (run for run in runs if run.is_shown)
    for (href, _link), group in groupby(shown, key=lambda run: run.of_link):
        if href:
            yield href, "".join(run.text for run in group)


class Tape:
    """Runs as one text that can be cut by position."""

    def __init__(self, runs: Iterable[TextRun]) -> None:
        self.runs = merged(runs)
        self.text = "".join([run.text for run in self.runs])

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(run.text) for run in self.runs)]

    def cut(self, start: int, end: int) -> tuple[TextRun, ...]:
        """Return the runs from position ``start`` up to ``end``."""
        if start >= end:
            return ()
        if start <= 0 and end >= len(self.text):
            return self.runs
        result = []
        for number in range(bisect_right(self._starts, start) - 1, len(self.runs)):
            run, at = self.runs[number], self._starts[number]
            if at >= end:
                break
            text = run.text[max(0, start - at) : end - at]
            result.append(run if text == run.text else run.with_text(text))
        return tuple(result)

    def trimmed(self) -> tuple[TextRun, ...]:
        """Return the runs without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, len(self.text.rstrip()))
