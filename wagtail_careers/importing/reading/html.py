"""The HTML of a post, which is hostile until it is parsed, read into content.

No markup is carried over: everything that a page can hold is rebuilt from values, and the rest
is text.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail_careers.importing.reading import editor_blocks, shortcodes
from wagtail_careers.importing.reading.content import (
    Block,
    Content,
    Embed,
    Image,
    Kind,
    TextRun,
    tidied,
)
from wagtail_careers.importing.reading.paragraphs import LINE_BREAK, ParagraphMaker, has_text
from wagtail_careers.importing.reading.tree import (
    BETWEEN_WORDS,
    BLOCK_LEVEL,
    INVISIBLE,
    parse,
    walk,
)
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions

EMBEDDING = frozenset({"audio", "embed", "iframe", "object", "video", "source", "frame"})
#: Codes of reasons for dropping text; ``tree.INVISIBLE`` has those of elements.
HIDDEN = "hidden"
STRUCK_OUT = "struck_out"

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"em", "i", "cite", "dfn", "var"})
_STRUCK_OUT = frozenset({"del", "s", "strike"})
#: Elements above or below the line.
_RAISED = frozenset({"sub", "sup"})
_LISTS = {"ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol"}
#: The cells of a row are lines of one paragraph.
_CELLS = frozenset({"td", "th"})

_NOT_DISPLAYED = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_STRUCK_OUT_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^:;]*line-through", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


def read_html(html: str, conventions: Conventions = DEFAULTS) -> Content:
    """Read ``html``, the content of a post."""
    return _Reader(html, conventions).read()


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element, with the effect that it and those around it have on the text in it."""

    tag: str = ""
    look: TextRun = field(default_factory=lambda: TextRun(""))
    classes: frozenset[str] = frozenset()
    group: int = 0
    level: int = 0
    lists: tuple[str, ...] = ()
    item: int = 0
    row: int = 0
    is_preformatted: bool = False
    is_raised: bool = False
    first_run: int = 0
    first_block: int = 0


class _Reader:
    """Walks through the tree once and collects the content."""

    def __init__(self, html: str, conventions: Conventions) -> None:
        self.root = parse(html)
        self.conventions = conventions
        self.paragraphs = ParagraphMaker(
            from_block_editor=editor_blocks.are_in(html), ended=shortcodes.names_with_end(html)
        )
        self.unwritten = tuple(editor_blocks.without_html(html))
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.embeds: list[Embed] = []
        self.raised: list[str] = []
        self.runs: list[TextRun] = []
        self.added: list[TextRun] = []
        #: The open elements, outermost first.
        self.around: list[_Element] = [_Element()]
        self.items = 0
        self.groups = 0
        self.rows = 0

    def read(self) -> Content:
        for event, node in walk(self.root):
            if event == "text":
                self.take_text(node.text_content or "")
            elif event == "open":
                self.open(node)
            else:
                self.close()
        self.end_block()
        return Content(
            tuple(self.blocks),
            tuple(self.images),
            tuple(self.embeds),
            unwritten=self.unwritten,
            raised=tuple(self.raised),
        )

    @property
    def inside(self) -> "_Element":
        return self.around[-1]

    def take_text(self, text: str) -> None:
        if self.inside.look.dropped:
            text = " ".join(text.split("\n"))
        elif self.inside.is_preformatted:
            text = text.replace("\n", LINE_BREAK)
        elif self.inside.is_raised and any(character.isdigit() for character in text):
            before = self.runs[-1].text if self.runs else ""
            self.raised.append(f"{before}{text}".split()[-1])
        self.runs.append(self.inside.look.with_text(text))

    def open(self, node: Any) -> None:
        tag = node.tag
        attributes = node.attributes
        outside = self.inside
        if tag in _CELLS and outside.row and self.runs and not outside.look.dropped:
            self.runs.append(outside.look.with_text(LINE_BREAK))
        elif tag in BLOCK_LEVEL:
            self.end_block()
        self.around.append(self.element(outside, tag, attributes))
        if self.inside.look.dropped:
            if tag in BETWEEN_WORDS:
                self.runs.append(self.inside.look.with_text(" "))
            if tag in EMBEDDING and (src := attributes.get("src") or attributes.get("data")):
                self.embeds.append(Embed(tag, src))
        elif tag == "br":
            self.runs.append(self.inside.look.with_text(LINE_BREAK))
        elif tag == "img":
            self.take_image(attributes)
        elif tag == "area":
            self.take_area(attributes)

    def close(self) -> None:
        element = self.around.pop()
        if element.tag == "a" and not element.look.dropped:
            self.take_wordless_link(element)
        if element.tag in _CELLS and element.row:
            # A script may follow a cell, and does not continue its last word.
            self.runs.append(self.inside.look.with_text(" "))
        elif element.tag in BLOCK_LEVEL:
            self.around.append(element)
            self.end_block()
            self.around.pop()

    def element(self, outside: "_Element", tag: str, attributes: dict[str, Any]) -> "_Element":
        """Derive the effect of an element with these attributes on the text in it."""
        inside = replace(outside, tag=tag, first_run=len(self.runs), first_block=len(self.blocks))
        style = attributes.get("style") or ""
        look = inside.look
        if not look.dropped:
            if tag in INVISIBLE:
                look = replace(look, dropped=INVISIBLE[tag])
            elif "hidden" in attributes or _NOT_DISPLAYED.search(style):
                look = replace(look, dropped=HIDDEN)
            elif tag in _STRUCK_OUT or _STRUCK_OUT_STYLE.search(style):
                look = replace(look, dropped=STRUCK_OUT)
        if tag in _BOLD or tag == "th" or _BOLD_STYLE.search(style):
            look = replace(look, bold=True)
        if tag in _ITALIC:
            look = replace(look, italic=True)
        if tag == "a" and attributes.get("href"):
            look = replace(look, href=attributes["href"].strip())
        if self.is_title(tag, attributes.get("class") or ""):
            look = replace(look, titled=True)
        if names := (attributes.get("class") or "").split():
            self.groups += 1
            inside = replace(inside, classes=inside.classes | set(names), group=self.groups)
        if tag in _HEADINGS and not inside.lists:
            inside = replace(inside, level=int(tag[1]))
        if tag in _LISTS:
            inside = replace(inside, lists=(*inside.lists, _LISTS[tag]), item=0)
        if tag == "li":
            self.items += 1
            inside = replace(inside, item=self.items, lists=inside.lists or ("ul",), level=0)
        if tag == "tr":
            self.rows += 1
            inside = replace(inside, row=self.rows)
        if tag in _RAISED:
            inside = replace(inside, is_raised=True)
        if tag == "pre":
            inside = replace(inside, is_preformatted=True)
        return replace(inside, look=look)

    def is_title(self, tag: str, classes: str) -> bool:
        title_class = self.conventions.title_class
        return tag in self.conventions.title_elements and bool(title_class.search(classes))

    def take_image(self, attributes: dict[str, Any]) -> None:
        src, alt = attributes.get("src") or "", _alt(attributes)
        if src:
            self.images.append(Image(src, alt))
        # An image separates the words on either side of it.
        self.runs.append(self.inside.look.with_text(" "))
        if self.inside.look.href and alt:
            # Without the image, its alternative text is the text of the link.
            self.runs.append(replace(self.inside.look, text=alt, added=True))
            self.runs.append(self.inside.look.with_text(" "))

    def take_area(self, attributes: dict[str, Any]) -> None:
        """Add the link of an image map's area, with its alternative text."""
        look = replace(self.inside.look, href=(attributes.get("href") or "").strip())
        self.add_link(look, _alt(attributes))

    def take_wordless_link(self, element: "_Element") -> None:
        """Show the address of a link that has no text; nobody could follow it otherwise."""
        if not self.has_words(element):
            self.add_link(element.look)

    def has_words(self, link: "_Element") -> bool:
        """Return True if readers see text in a link that is about to end."""
        ended = [run for block in self.blocks[link.first_block :] for run in block.runs]
        # If a block has ended within the link, text before the link may be in that block.
        runs = ended + self.runs if ended else self.runs[link.first_run :]
        return any(run.href == link.look.href and run.is_shown and run.text.strip() for run in runs)

    def add_link(self, look: TextRun, text: str = "") -> None:
        """Add a link that has no text in the source, with ``text`` or its address as its text."""
        href = look.href
        if not href or href.startswith("#"):
            return
        shown = text or href.partition("://")[2] or href.partition(":")[2] or href
        # At the end of the paragraph, so that it does not divide a word.
        self.added += (TextRun(" "), replace(look, text=shown, added=True))

    def end_block(self) -> None:
        runs, self.runs, self.added = self.runs + self.added, [], []
        if has_text(runs):
            self.blocks += (self.block(part) for part in self.paragraphs.make(runs))

    def block(self, runs: tuple[TextRun, ...]) -> Block:
        element = self.inside
        block = Block(Kind.PARAGRAPH, tidied(runs), classes=element.classes, group=element.group)
        if element.item and element.lists:
            return replace(block, kind=Kind.ITEM, lists=element.lists, item=element.item)
        if element.level:
            return replace(block, kind=Kind.HEADING, level=element.level)
        return block


def _alt(attributes: dict[str, Any]) -> str:
    return " ".join((attributes.get("alt") or "").split())
