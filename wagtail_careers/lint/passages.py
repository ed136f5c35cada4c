"""Passages: rich text as the paragraphs, headings and list items that readers see.

Rich text is in Wagtail's database form. It is parsed once, and every rule reads the result.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from wagtail_careers.text import storable

_BLOCKS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "li", "div", "blockquote", "ul", "ol", "hr"}
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
#: The attribute of a span that holds another element than a link.
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Kind(Enum):
    """The kind of a passage."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    #: A line of text without markup, such as the note of a link or the title of a step.
    LINE = "line"


@dataclass(frozen=True)
class Span:
    """A part of a section's text. ``offset`` counts the characters of the text before it."""

    text: str
    offset: int
    #: The attributes of a link, and the language of a phrase (``lang``).
    attrs: Mapping[str, str] = field(default_factory=lambda: _NOTHING, compare=False)

    @property
    def end(self) -> int:
        return self.offset + len(self.text)


@dataclass(frozen=True)
class Passage:
    """A paragraph, a heading, a list item, a title or a line.

    ``text`` has each run of white space as one space, and a forced line break as a line break.
    ``offset`` counts the characters of the section's text before it, as the offsets of the spans
    do. ``list_number`` tells one list of a section from another. It is 0 outside lists. ``depth``
    is the number of lists around the passage.
    """

    kind: Kind
    text: str
    offset: int = 0
    links: tuple[Span, ...] = ()
    bold: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    languages: tuple[Span, ...] = ()
    list_number: int = 0
    depth: int = 0
    #: Whether the title is the default of its section, which its editor did not write.
    is_default: bool = False

    @property
    def end(self) -> int:
        """The offset of the next passage: each is followed by a line break."""
        return self.offset + len(self.text) + 1


def read_passages(html: str, offset: int = 0, list_number: int = 0) -> list[Passage]:
    """Return the passages of rich text, empty ones too.

    ``offset`` is that of the first passage, and ``list_number`` the number of lists before it.
    """
    reader = _Reader(offset, list_number)
    body: Any = LexborHTMLParser(f"<!doctype html><body>{storable(html)}").body
    for node, is_start in _events(body):
        (reader.start if is_start else reader.end)(node)
    reader.finish()
    return reader.passages


def line(kind: Kind, text: str, offset: int, *, is_default: bool = False) -> Passage:
    """Return a passage without markup."""
    return Passage(kind, " ".join(text.split()), offset, is_default=is_default)


def _events(root: Any) -> Iterator[tuple[Any, bool]]:
    """Yield each node below ``root`` at its start and at its end, at any depth."""
    # Counted, because two nodes are compared by all that they contain.
    node, depth = root.child, 0
    while node is not None:
        yield node, True
        if node.child is not None:
            node, depth = node.child, depth + 1
            continue
        yield node, False
        while node.next is None:
            if not depth:
                return
            node, depth = node.parent, depth - 1
            yield node, False
        node = node.next


class _Reader:
    """The passages of the nodes read so far, and the one that is being read."""

    def __init__(self, offset: int, list_number: int) -> None:
        self.passages: list[Passage] = []
        self._offset = offset
        self._list_number = list_number
        self._lists: list[int] = []
        self._open_spans: list[tuple[str, int, dict[str, str]]] = []
        self._text = ""
        self._begin(Kind.PARAGRAPH, is_implied=True)

    def start(self, node: Any) -> None:
        tag = node.tag
        if tag == "-text":
            self._add(node.text_content or "")
        elif tag == "br":
            self._text = self._text.rstrip(" ") + "\n"
        elif tag in _BLOCKS:
            self.finish()
            if tag in ("ul", "ol"):
                self._list_number += 1
                self._lists.append(self._list_number)
            elif tag == "li":
                self._begin(Kind.ITEM)
            elif tag in _HEADINGS:
                self._begin(Kind.HEADING)
            elif tag != "hr":
                self._begin(Kind.ITEM if self._lists else Kind.PARAGRAPH)
        else:
            attrs = {name: value for name, value in node.attributes.items() if value is not None}
            self._open_spans.append((tag, len(self._text), attrs))

    def end(self, node: Any) -> None:
        tag = node.tag
        if tag in _BLOCKS:
            self.finish()
            if tag in ("ul", "ol"):
                self._lists.pop()
        elif tag not in ("-text", "br"):
            self._close(*self._open_spans.pop())

    def finish(self) -> None:
        """Add the passage that is being read, unless no element opened it and it has no text."""
        if self._is_implied and not self._text.strip() and not self._spans["a"]:
            self._begin(Kind.PARAGRAPH, is_implied=True)
            return
        # A block inside a link or a style is damaged markup: the span ends where it began.
        self._open_spans = [(tag, 0, attrs) for tag, _start, attrs in self._open_spans]
        passage = Passage(
            self._kind,
            self._text.rstrip(),
            self._offset,
            links=tuple(self._spans["a"]),
            bold=tuple(_joined(self._spans["b"], self._text, self._offset)),
            marks=tuple(_joined(self._spans["mark"], self._text, self._offset)),
            languages=tuple(self._spans["lang"]),
            list_number=self._lists[-1] if self._lists else 0,
            depth=len(self._lists),
        )
        self.passages.append(passage)
        self._offset = passage.end
        self._begin(Kind.PARAGRAPH, is_implied=True)

    def _begin(self, kind: Kind, *, is_implied: bool = False) -> None:
        self._kind = kind
        self._is_implied = is_implied
        self._text = ""
        self._spans: dict[str, list[Span]] = {"a": [], "b": [], "mark": [], "lang": []}

    def _add(self, data: str) -> None:
        words = " ".join(data.split())
        spaced = bool(data) and data[0].isspace()
        if self._text and not self._text[-1].isspace() and spaced:
            self._text += " "
        self._text += words
        if words and data[-1].isspace():
            self._text += " "

    def _close(self, tag: str, start: int, attrs: dict[str, str]) -> None:
        raw = self._text[start:]
        text = raw.strip()
        begin = start + len(raw) - len(raw.lstrip()) if text else start
        span = Span(text, self._offset + begin, attrs)
        if tag in ("a", "mark"):
            self._spans[tag].append(span)
        elif tag in _BOLD:
            self._spans["b"].append(span)
        if attrs.get("lang"):
            self._spans["lang"].append(span)


def _joined(spans: list[Span], text: str, offset: int) -> list[Span]:
    """Return ``spans`` with those joined that only another style divides.

    The editor's converter closes a style where a link or another style begins or ends.
    """
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: each.offset):
        if (
            joined
            and joined[-1].end >= span.offset - 1
            and (
                joined[-1].text and not text[joined[-1].end - offset : span.offset - offset].strip()
            )
        ):
            start = joined.pop().offset
            whole = text[start - offset : max(span.end, start) - offset]
            joined.append(Span(whole, start))
        else:
            joined.append(span)
    return joined
