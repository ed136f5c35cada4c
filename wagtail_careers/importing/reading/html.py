"""Reads the HTML of a post, which is hostile until it is parsed, into content.

The parser is that of browsers (https://html.spec.whatwg.org/multipage/parsing.html): it makes
a tree of any text, and the same tree that readers saw. Nothing of the markup is carried over;
what a page can hold is told anew from the values, and all else is text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from wagtail_careers.importing.reading import bare_links, editor_blocks, paragraphs, shortcodes
from wagtail_careers.importing.reading.content import (
    Block,
    Content,
    Embed,
    Image,
    Kind,
    Run,
    Tape,
    merged,
)

#: Elements whose text no reader sees, with the reason that the account gives.
INVISIBLE = {
    "audio": "an embedded player",
    "canvas": "a drawing by a script",
    "datalist": "suggestions of a form",
    "embed": "an embedded object",
    "frame": "a frame",
    "frameset": "a frame",
    "head": "not part of the text",
    "iframe": "an embedded frame",
    "noembed": "an embedded object",
    "noframes": "a frame",
    "noscript": "for browsers without scripts",
    "object": "an embedded object",
    "script": "a script",
    "style": "a style sheet",
    "svg": "a drawing",
    "template": "a template",
    "title": "not part of the text",
    "video": "an embedded player",
}
EMBEDDING = frozenset({"audio", "embed", "iframe", "object", "video", "source", "frame"})
HIDDEN = "hidden from readers"
SHORTCODE = "a shortcode"
STRUCK_OUT = "struck out"

#: Elements between which text is not one line; all others are within lines.
BLOCK_LEVEL = frozenset(
    """
    address article aside blockquote body caption center col colgroup dd details dialog dir
    div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr
    html legend li main menu nav ol optgroup option p pre search section select summary
    table tbody td textarea tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Elements within lines that stand between the words on either side.
BETWEEN_WORDS = frozenset({"br", "img"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"em", "i", "cite", "dfn", "var"})
_STRUCK_OUT = frozenset({"del", "s", "strike"})
#: What stands above or below the line.
_RAISED = frozenset({"sub", "sup"})
_LISTS = {"ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol"}
#: Cells of one row are lines of one paragraph.
_CELLS = frozenset({"td", "th"})

_NOT_DISPLAYED = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_STRUCK_OUT_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^:;]*line-through", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
#: Elements that some sites give the class of a heading, and names of such classes.
_TITLED = frozenset({"span", "p", "strong", "b", "font"})
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sub)?[_-]?(?:heading|headline|title)s?(?:$|[\s_-])", re.I
)


def parse(html: str) -> Any:
    """The tree of ``html``, as the inside of a body."""
    return LexborHTMLParser(f"<!doctype html><body>{html}").root


def walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Each node in order: ``open``, ``close`` or ``text``, however deep they are nested."""
    stack = [("open", root)]
    while stack:
        event, node = stack.pop()
        if node.tag == "-text":
            yield "text", node
            continue
        if node.tag is None or node.tag.startswith("-"):
            continue  # Processing instructions, comments and the document type.
        yield event, node
        if event == "close":
            continue
        stack.append(("close", node))
        children = []
        child = node.child
        while child is not None:
            children.append(("open", child))
            child = child.next
        stack.extend(reversed(children))


def read_html(html: str) -> Content:
    """What ``html``, the content of a post, says."""
    return _Reader(html).read()


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that is open, with what it and those around it make of the text in it."""

    tag: str = ""
    look: Run = field(default_factory=lambda: Run(""))
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
    """Goes through the tree once, and collects."""

    def __init__(self, html: str) -> None:
        self.root = parse(html)
        self.paragraphs = (
            paragraphs.paragraphs_in_blocks if editor_blocks.are_in(html) else paragraphs.paragraphs
        )
        self.unwritten = tuple(editor_blocks.without_html(html))
        self.ended_shortcodes = shortcodes.names_with_end(html)
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.embeds: list[Embed] = []
        self.raised: list[str] = []
        self.runs: list[Run] = []
        self.added: list[Run] = []
        #: The elements around, with what each changes for the text in it.
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
            text = text.replace("\n", paragraphs.LINE_BREAK)
        elif self.inside.is_raised and any(character.isdigit() for character in text):
            before = self.runs[-1].text if self.runs else ""
            self.raised.append(f"{before}{text}".split()[-1])
        self.runs.append(self.inside.look.with_text(text))

    def open(self, node: Any) -> None:
        tag = node.tag
        attributes = node.attributes
        outside = self.inside
        if tag in _CELLS and outside.row and self.runs and not outside.look.dropped:
            self.runs.append(outside.look.with_text(paragraphs.LINE_BREAK))
        elif tag in BLOCK_LEVEL:
            self.end_block()
        self.around.append(self.element(outside, tag, attributes))
        if self.inside.look.dropped:
            if tag in BETWEEN_WORDS:
                self.runs.append(self.inside.look.with_text(" "))
            if tag in EMBEDDING and (src := attributes.get("src") or attributes.get("data")):
                self.embeds.append(Embed(tag, src))
        elif tag == "br":
            self.runs.append(self.inside.look.with_text(paragraphs.LINE_BREAK))
        elif tag == "img":
            self.take_image(attributes)
        elif tag == "area":
            self.take_area(attributes)

    def close(self) -> None:
        element = self.around.pop()
        if element.tag == "a" and not element.look.dropped:
            self.take_wordless_link(element)
        if element.tag in BLOCK_LEVEL and not (element.tag in _CELLS and element.row):
            self.around.append(element)
            self.end_block()
            self.around.pop()

    def element(self, outside: "_Element", tag: str, attributes: dict[str, Any]) -> "_Element":
        """What holds for the text in an element with these attributes."""
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
        if tag in _TITLED and _TITLE_CLASS.search(attributes.get("class") or ""):
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

    def take_image(self, attributes: dict[str, Any]) -> None:
        src, alt = attributes.get("src") or "", _alt(attributes)
        if src:
            self.images.append(Image(src, alt))
        # An image stands between the words on either side of it.
        self.runs.append(self.inside.look.with_text(" "))
        if self.inside.look.href and alt:
            # Without the image, its alternative text is what the link says.
            self.runs.append(replace(self.inside.look, text=alt, added=True))
            self.runs.append(self.inside.look.with_text(" "))

    def take_area(self, attributes: dict[str, Any]) -> None:
        """An area of an image is a link, and its alternative text what the link says."""
        look = replace(self.inside.look, href=(attributes.get("href") or "").strip())
        self.add_link(look, _alt(attributes))

    def take_wordless_link(self, element: "_Element") -> None:
        """A link that has no text is kept by its address: nobody could follow it otherwise."""
        if not self.has_words(element):
            self.add_link(element.look)

    def has_words(self, link: "_Element") -> bool:
        """Whether readers see text in a link that is about to end."""
        ended = [run for block in self.blocks[link.first_block :] for run in block.runs]
        # Where a block has ended within the link, text before the link may be in that block.
        runs = ended + self.runs if ended else self.runs[link.first_run :]
        return any(run.href == link.look.href and run.is_shown and run.text.strip() for run in runs)

    def add_link(self, look: Run, text: str = "") -> None:
        """A link without text in the source; it says ``text``, or its address."""
        href = look.href
        if not href or href.startswith("#"):
            return
        shown = text or href.partition("://")[2] or href.partition(":")[2] or href
        # At the end of the paragraph, where it tears no word apart.
        self.added += (Run(" "), replace(look, text=shown, added=True))

    def end_block(self) -> None:
        runs, self.runs, self.added = self.runs + self.added, [], []
        if not any(run.text.strip(f" \t\r\n\f\xa0{paragraphs.LINE_BREAK}") for run in runs):
            return
        for paragraph in self.paragraphs(runs):
            marked = bare_links.linked(self.find_shortcodes(paragraph))
            self.blocks += (
                self.block(part) for part in paragraphs.without_title_lines(marked) if part
            )

    def block(self, runs: tuple[Run, ...]) -> Block:
        element = self.inside
        block = Block(Kind.PARAGRAPH, merged(runs), classes=element.classes, group=element.group)
        if element.item and element.lists:
            return replace(block, kind=Kind.ITEM, lists=element.lists, item=element.item)
        if element.level:
            return replace(block, kind=Kind.HEADING, level=element.level)
        return block

    def find_shortcodes(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        tape = Tape(runs)
        result: list[Run] = []
        at = 0
        for start, end in shortcodes.find(tape.text, self.ended_shortcodes):
            result += tape.cut(at, start)
            result += (
                replace(run, dropped=run.dropped or SHORTCODE) for run in tape.cut(start, end)
            )
            at = end
        return (*result, *tape.cut(at, len(tape.text)))


def _alt(attributes: dict[str, Any]) -> str:
    return " ".join((attributes.get("alt") or "").split())
