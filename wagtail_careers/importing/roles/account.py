"""The account of a post: where each word of it went, and whether none is missing.

The words of the source are read from its parsed HTML, each text in it, whether readers saw it
or not. The account closes when those that were placed and those that were dropped are the same
words in the same order, and when the rendered page has all that were placed, in that order.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wagtail_careers.importing.reading import html
from wagtail_careers.importing.reading.content import Block
from wagtail_careers.importing.roles.sections import Section
from wagtail_careers.importing.writing.rich_text import tidied

TITLE = "title"
TEXT = "text"


class AccountError(Exception):
    """A post of which words would be lost. The message says which."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words of the source, one after the other, that went to the same place.

    ``section`` is the number of the section, from 1, with 0 for the page's own title; ``part``
    is its title or its text. ``dropped`` is the reason why they are on no page.
    """

    text: str
    section: int = 0
    kind: str = ""
    part: str = TITLE
    href: str = ""
    dropped: str = ""


def entries(page_title: str, sections: Iterable[Section]) -> tuple[Entry, ...]:
    """Where each word went; entries of one block follow each other, others begin with space."""
    return tuple(_entries(page_title, sections))


def _entries(page_title: str, sections: Iterable[Section]) -> Iterator[Entry]:
    yield Entry(page_title)
    for number, section in enumerate(sections, start=1):
        if section.title:
            part = TITLE if section.is_titled else TEXT
            yield from _of_block(section.title, Entry("", number, section.kind, part))
        for block in section.blocks:
            yield from _of_block(block, Entry("", number, section.kind, TEXT))


def _of_block(block: Block, place: Entry) -> Iterator[Entry]:
    before = "\n"
    for run in tidied(block.runs):
        if run.is_source:
            yield Entry(
                before + run.text,
                place.section,
                place.kind,
                place.part,
                "" if place.part == TITLE else run.href,
                run.dropped,
            )
            before = ""


def check_source(page_title: str, content: str, account: Iterable[Entry]) -> None:
    """Raise ``AccountError`` unless ``account`` has each word of the source, in order."""
    expected = [*page_title.split(), *source_words(content)]
    told = "".join(entry.text for entry in account).split()
    if told != expected:
        raise AccountError(f"the account does not close {_difference(expected, told)}")


def check_page(account: Iterable[Entry], page: str) -> None:
    """Raise ``AccountError`` unless the HTML ``page`` shows each word that was placed, in order."""
    placed = placed_words(account)
    shown = iter(visible_words(page))
    for position, word in enumerate(placed):
        if not any(word == each for each in shown):
            around = " ".join(placed[max(0, position - 4) : position + 3])
            raise AccountError(f"the rendered page does not have “{word}” of “{around}”")


def placed_words(account: Iterable[Entry]) -> list[str]:
    """The words that are on the page; where a block begins, a word does."""
    return "".join(
        entry.text if not entry.dropped else "\n" * entry.text.startswith("\n") for entry in account
    ).split()


def source_words(content: str) -> list[str]:
    """All words in the HTML ``content``, those that no reader sees among them."""
    return _text(content, frozenset()).split()


def visible_words(page: str) -> list[str]:
    """The words of a page that readers see."""
    return _text(page, frozenset(html.INVISIBLE)).split()


def _text(content: str, invisible: frozenset[str]) -> str:
    parts: list[str] = []
    hidden = 0
    for event, node in html.walk(html.parse(content)):
        if event == "text":
            parts.append("" if hidden else node.text_content or "")
            continue
        if node.tag in invisible:
            hidden += 1 if event == "open" else -1
        if node.tag in html.BLOCK_LEVEL or node.tag in html.BETWEEN_WORDS:
            parts.append(" ")
    return "".join(parts)


def _difference(expected: list[str], told: list[str]) -> str:
    for position, (one, other) in enumerate(zip(expected, told, strict=False)):
        if one != other:
            around = " ".join(expected[max(0, position - 4) : position + 3])
            return f"at “{one}” of “{around}”: it has “{other}”"
    rest = expected[len(told) :] or told[len(expected) :]
    return f"at its end: “{' '.join(rest[:6])}”"
