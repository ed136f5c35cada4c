"""The account of a post: the place of each of its words, and proof that none is missing.

The words of the source are those of its parsed HTML, including words that readers did not see.
The account closes if the placed and the dropped words are the same words in the same order.
``writing.page_check`` compares the placed words with the rendered page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wagtail_careers.importing.reading.content import Block
from wagtail_careers.importing.reading.tree import all_words
from wagtail_careers.importing.roles.sections import Section

TITLE = "title"
TEXT = "text"


class AccountError(Exception):
    """A post that would lose words. The message names them."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Consecutive words of the source that went to the same place.

    ``section`` is the number of the section, from 1, or 0 for the page's own title; ``part``
    is its title or its text. ``dropped`` is the code of the reason why they are on no page.
    """

    text: str
    section: int = 0
    kind: str = ""
    part: str = TITLE
    href: str = ""
    dropped: str = ""


def placements(page_title: str, sections: Iterable[Section]) -> tuple[Placement, ...]:
    """Place each word of a post. The first placement of a block begins with a newline."""
    return tuple(_placements(page_title, sections))


def _placements(page_title: str, sections: Iterable[Section]) -> Iterator[Placement]:
    yield Placement(page_title)
    for number, section in enumerate(sections, start=1):
        if section.title:
            part = TITLE if section.is_titled else TEXT
            yield from _of_block(section.title, Placement("", number, section.kind, part))
        for block in section.blocks:
            yield from _of_block(block, Placement("", number, section.kind, TEXT))


def _of_block(block: Block, place: Placement) -> Iterator[Placement]:
    before = "\n"
    for run in block.runs:
        if run.is_source:
            yield Placement(
                before + run.text,
                place.section,
                place.kind,
                place.part,
                "" if place.part == TITLE else run.href,
                run.dropped,
            )
            before = ""


def check_source(page_title: str, content: str, account: Iterable[Placement]) -> None:
    """Raise ``AccountError`` unless ``account`` has each word of the source, in order."""
    expected = [*page_title.split(), *all_words(content)]
    placed = "".join(each.text for each in account).split()
    if placed != expected:
        raise AccountError(_difference(expected, placed))


def _difference(expected: list[str], placed: list[str]) -> str:
    for position, (one, other) in enumerate(zip(expected, placed, strict=False)):
        if one != other:
            message = _("Words would be lost. Expected “%(word)s” in “%(around)s”, found “%(is)s”.")
            around = " ".join(expected[max(0, position - 4) : position + 3])
            return message % {"word": one, "around": around, "is": other}
    rest = expected[len(placed) :] or placed[len(expected) :]
    return _("Words would be lost at the end: “%(words)s”.") % {"words": " ".join(rest[:6])}
