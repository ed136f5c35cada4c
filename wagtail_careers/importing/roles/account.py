"""The account of a post: the place of each of its words, and proof that none is missing.

The words of the source are those of its parsed HTML, including words that readers did not see.
The account closes if the placed and the dropped words are the same words in the same order.
``writing.page_check`` compares the placed words with the rendered page. A post whose account does
not close is imported all the same, as a draft that says which words to look for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from wagtail_careers.importing.reading.content import Block
from wagtail_careers.importing.reading.tree import all_words
from wagtail_careers.importing.roles.sections import Section

TITLE = "title"
TEXT = "text"


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


def difference(page_title: str, content: str, account: Iterable[Placement]) -> str:
    """Return the first words of the source that ``account`` has not, or has in another order.

    The word that differs comes with those around it. The text is empty if the account closes.
    """
    expected = [*page_title.split(), *all_words(content)]
    placed = "".join(each.text for each in account).split()
    if placed == expected:
        return ""
    pairs = enumerate(zip_longest(expected, placed))
    position = next(number for number, (one, other) in pairs if one != other)
    return around(expected if position < len(expected) else placed, position)


def around(words: Sequence[str], position: int) -> str:
    """Return the word at ``position`` with those before and after it."""
    return " ".join(words[max(0, position - 4) : position + 3])
