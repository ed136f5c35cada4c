"""The HTML of a post, which is hostile until it is parsed, read into content.

No markup is carried over: everything that a page can hold is rebuilt from values, and the rest
is text.
"""

from dataclasses import replace
from itertools import count
from typing import Any

from wagtail_careers.importing.reading import attributes as of_element
from wagtail_careers.importing.reading import editor_blocks, elements, lists, shortcodes
from wagtail_careers.importing.reading.content import (
    Block,
    Content,
    Kind,
    TextRun,
    shown_address,
    tidied,
)
from wagtail_careers.importing.reading.elements import Element
from wagtail_careers.importing.reading.lists import Numbering
from wagtail_careers.importing.reading.losses import LossReader
from wagtail_careers.importing.reading.media import MediaReader
from wagtail_careers.importing.reading.paragraphs import LINE_BREAK, ParagraphMaker, has_text
from wagtail_careers.importing.reading.shortcode_runs import ShortcodeReader
from wagtail_careers.importing.reading.tree import (
    BLOCK_LEVEL,
    is_apart,
    is_closed,
    parse,
    unclosed,
    walk,
)
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions
from wagtail_careers.text import one_line

#: Attributes without markup, unless a quotation mark is missing.
_PLAIN = ("class", "href", "id", "src")
#: The cells of a row are lines of one paragraph.
_CELLS = frozenset({"td", "th"})


def read_html(html: str, conventions: Conventions = DEFAULTS) -> Content:
    """Read ``html``, the content of a post."""
    return _Reader(html, conventions).read()


class _Reader:
    """Walks through the tree once and collects the content."""

    def __init__(self, html: str, conventions: Conventions) -> None:
        self.root = parse(html)
        self.conventions = conventions
        #: The numbers of links, of lists and of items.
        self.links, self.lists, self.items = count(1), count(1), count(1)
        ended = shortcodes.names_with_end(html)
        self.paragraphs = ParagraphMaker(
            ShortcodeReader(ended, conventions, self.links),
            from_block_editor=editor_blocks.are_in(html),
        )
        self.unwritten: list[str] = []
        self.losses = LossReader()
        self.note_comments(html)
        if not is_closed(html):
            self.losses.note_unclosed(unclosed(html))
        self.blocks: list[Block] = []
        self.media = MediaReader()
        self.raised: list[str] = []
        self.runs: list[TextRun] = []
        self.added: list[TextRun] = []
        #: The number of the item that has begun, if it is text.
        self.item_number = ""
        #: The numbers of links that readers can see, and the addresses of those.
        self.worded: set[int] = set()
        self.worded_addresses: set[str] = set()
        #: True if a link has ended, and no text has followed yet.
        self.after_link = False
        #: The depth of the list that has ended, and the number of blocks then.
        self.last_list: tuple[int, int] = (0, 0)
        #: The open elements, outermost first.
        self.around: list[Element] = [Element()]

    def read(self) -> Content:
        for event, node in walk(self.root):
            if event == "text":
                self.take_text(node.text_content or "")
            elif event == "open":
                self.open(node)
            else:
                self.close(node)
        self.end_block()
        return Content(
            tuple(self.blocks),
            self.media.images(),
            tuple(self.media.embeds),
            galleries=tuple(self.media.galleries),
            unwritten=tuple(self.unwritten),
            raised=tuple(self.raised),
            losses=self.losses.found(self.blocks, self.media.told()),
        )

    @property
    def inside(self) -> Element:
        return self.around[-1]

    def note_comments(self, html: str) -> None:
        for comment in editor_blocks.comments(html):
            if "<!--" in comment:
                # It is closed by the end of the next one, and swallows what is between.
                self.losses.note_unclosed(comment)
            block = editor_blocks.block_of(comment)
            if block and block.is_unwritten:
                self.unwritten.append(f"{block.name} {block.written}".strip())
            elif block:
                self.losses.note_block(block)

    def take_text(self, text: str) -> None:
        self.media.take_text(text)
        look = self.inside.look
        self.after_link = self.after_link and not text
        if look.dropped:
            text = " ".join(text.split("\n"))
        elif text.strip():
            self.losses.take_text(text)
            self.note_words_of(look)
            if self.inside.is_raised and any(character.isdigit() for character in text):
                before = self.runs[-1].text if self.runs else ""
                self.raised.append(f"{before[-100:]}{text}".split()[-1])
        if self.inside.is_preformatted and not look.dropped:
            text = text.replace("\n", LINE_BREAK)
        self.runs.append(look.with_text(text))

    def note_words_of(self, look: TextRun) -> None:
        if look.href:
            self.worded.add(look.link)
            self.worded_addresses.add(look.href)

    def open(self, node: Any) -> None:
        tag, attributes = node.tag, node.attributes
        for name in _PLAIN:
            if "<" in (attributes.get(name) or ""):
                self.losses.note_unclosed(attributes[name])
        self.media.open(tag, attributes)
        outside = self.inside
        if tag in _CELLS and outside.in_row and self.runs and not outside.look.dropped:
            self.runs.append(outside.look.with_text(LINE_BREAK))
        elif tag in BLOCK_LEVEL:
            self.end_block()
        element = self.element(outside, node, attributes)
        if element.is_apart or (self.after_link and element.is_anchor):
            self.runs.append(outside.look.with_text(" "))
        if element.is_anchor:
            self.after_link = False
        self.around.append(element)
        self.losses.open(tag, attributes, outside, element)
        if not element.look.dropped:
            self.take_element(tag, attributes)

    def take_element(self, tag: str, attributes: dict[str, Any]) -> None:
        """Add what an element shows besides the text in it."""
        if tag == "br":
            self.runs.append(self.inside.look.with_text(LINE_BREAK))
        elif tag == "q":
            self.add_quotation_mark(closing=False)
        elif tag == "img":
            self.take_image(attributes)
        elif tag == "area":
            self.take_area(attributes)
        elif tag == "input" and self.inside.look.href and of_element.is_button(tag, attributes):
            self.add_link(self.inside.look, (attributes.get("value") or "").strip())

    def close(self, node: Any) -> None:
        self.media.close()
        element = self.inside
        if element.tag == "q" and not element.look.dropped:
            self.add_quotation_mark(closing=True)
        self.losses.close(element)
        if element.look.link != self.around[-2].look.link and not element.look.dropped:
            self.take_wordless_link(element, node.attributes)
        if element.tag in _CELLS and element.in_row:
            # A script may follow a cell, and does not continue its last word.
            self.runs.append(self.around[-2].look.with_text(" "))
        elif element.tag in BLOCK_LEVEL:
            self.end_block()
        self.around.pop()
        if element.is_apart:
            self.runs.append(self.inside.look.with_text(" "))
        if element.is_anchor:
            self.after_link = True
        if element.tag == "li":
            self.item_number = ""
        elif lists.is_list(element.tag):
            self.last_list = (len(self.inside.lists), len(self.blocks))

    def element(self, outside: Element, node: Any, attributes: dict[str, Any]) -> Element:
        """Derive the effect of an element on the text in it."""
        tag = node.tag
        look = elements.look_inside(outside.look, tag, attributes, self.conventions)
        href = _href(tag, attributes)
        if href:
            look = replace(look, href=href, link=next(self.links))
        element = elements.inside(outside, tag, attributes, look)
        if lists.is_list(tag):
            depth = len(outside.lists)
            follows = depth > 0 and self.last_list == (depth, len(self.blocks))
            numbering = Numbering(node, in_item=depth > 0, follows=follows)
            element = elements.in_list(element, numbering, next(self.lists))
        if tag == "li":
            element = elements.in_item(element, next(self.items))
            numbers = element.numbering
            self.item_number = numbers.take(attributes.get("value")) if numbers else ""
        is_anchor = tag == "a" and bool(attributes.get("href"))
        apart = tag not in BLOCK_LEVEL and is_apart(node)
        if is_anchor or apart:
            element = replace(element, is_anchor=is_anchor, is_apart=apart)
        return element

    def take_image(self, attributes: dict[str, Any]) -> None:
        """Make the alternative text of a linked image the text of the link."""
        alt = _alt(attributes)
        if self.inside.look.href and alt:
            self.add_run(alt)
            self.runs.append(self.inside.look.with_text(" "))
            self.note_words_of(self.inside.look)

    def take_area(self, attributes: dict[str, Any]) -> None:
        """Add the link of an image map's area, with its alternative text."""
        href = (attributes.get("href") or "").strip()
        self.add_link(replace(self.inside.look, href=href, link=next(self.links)), _alt(attributes))

    def take_wordless_link(self, element: Element, attributes: dict[str, Any]) -> None:
        """Show the label or the address of a link without text; nobody could follow it."""
        look = element.look
        if look.link not in self.worded and look.href not in self.worded_addresses:
            self.add_link(look, of_element.label(attributes))

    def add_link(self, look: TextRun, text: str = "") -> None:
        """Add a link that has no text in the source, with ``text`` or its address as its text."""
        if not look.href or look.href.startswith("#"):
            return
        self.note_words_of(look)
        # At the end of the paragraph, so that it does not divide a word.
        shown = replace(look, text=text or shown_address(look.href), added=True)
        self.added += (TextRun(" "), shown)

    def add_run(self, text: str) -> None:
        """Add text that the source shows without having it."""
        self.runs.append(replace(self.inside.look, text=text, added=True))

    def add_quotation_mark(self, *, closing: bool) -> None:
        marks = self.conventions.marks_of(self.inside.language)
        level = (self.inside.quotes - 1) % 2
        self.add_run(marks[2 * level + closing])

    def end_block(self) -> None:
        runs, self.runs, self.added = self.runs + self.added, [], []
        if not has_text(runs):
            return
        if self.item_number:
            runs.insert(0, TextRun(self.item_number, added=True))
            self.item_number = ""
        self.blocks += (self.block(part) for part in self.paragraphs.make(runs))

    def block(self, runs: tuple[TextRun, ...]) -> Block:
        element = self.inside
        block = Block(
            Kind.PARAGRAPH, tidied(runs), classes=element.classes, in_table=element.in_table
        )
        if element.item and element.lists:
            return replace(
                block,
                kind=Kind.ITEM,
                lists=element.lists,
                item=element.item,
                list_number=element.list_number,
            )
        if element.level and not block.is_wordless:
            return replace(block, kind=Kind.HEADING, level=element.level)
        return block


def _href(tag: str, attributes: dict[str, Any]) -> str:
    """Return the address to which an element leads, as it is in the source."""
    href = (attributes.get("href") or "").strip() if tag == "a" else ""
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    return of_element.own_address(tag, attributes) or href


def _alt(attributes: dict[str, Any]) -> str:
    return one_line(attributes.get("alt") or "")
