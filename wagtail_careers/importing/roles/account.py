"""The account of a post: the place of each of its words, and proof that none is missing.

The words of the source are those of its parsed HTML, including words that readers did not see.
The account closes if the placed and the dropped words are the same words in the same order.
``writing.page_check`` compares the placed words with the rendered page. A post whose account does
not close is imported all the same, as a draft that says which words to look for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from wagtail_careers.importing.reading.content import Block
from wagtail_careers.importing.reading.tree import all_words
from wagtail_careers.importing.roles.sections import Section
from wagtail_careers.importing.sources.posts import Field

TITLE = "title"
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Placement:
    """Consecutive words of the source that went to the same place.

    ``section`` is the number of the section, from 1, or 0 for the page's own title; ``part``
    is its title or its text. ``dropped`` is the code of the reason why they are on no page.
    ``field`` is the name of the custom field that has them, and empty for the content. Words that
    are added, such as quotation marks, are on the page, but are not words of the source.
    """

    text: str
    section: int = 0
    kind: str = ""
    part: str = TITLE
    href: str = ""
    dropped: str = ""
    field: str = ""
    is_added: bool = False


def placements(page_title: str, sections: Iterable[Section]) -> tuple[Placement, ...]:
    """Place each word of a post. A newline begins each block."""
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
    yield replace(place, text="\n", field=block.field)
    for run in block.runs:
        yield Placement(
            run.text,
            place.section,
            place.kind,
            place.part,
            "" if place.part == TITLE else run.href,
            run.dropped,
            block.field,
            run.added,
        )


def difference(
    page_title: str, content: str, account: Iterable[Placement], fields: Iterable[Field] = ()
) -> str:
    """Return the first words of the source that ``account`` has not, or has in another order.

    ``fields`` are those that have a place on the page, each with an order of its own. The word
    that differs comes with those around it. The text is empty if the account closes.
    """
    placed: dict[str, list[str]] = defaultdict(list)
    for each in (each for each in account if not each.is_added):
        placed[each.field].append(each.text)
    sources = {"": [*page_title.split(), *all_words(content)]}
    for field in fields:
        sources[field.name] = [
            word for document in field.documents() for word in all_words(document)
        ]
    found = (_difference(words, "".join(placed[name]).split()) for name, words in sources.items())
    return next(filter(None, found), "")


def _difference(expected: list[str], placed: list[str]) -> str:
    if placed == expected:
        return ""
    pairs = enumerate(zip_longest(expected, placed))
    position = next(number for number, (one, other) in pairs if one != other)
    return around(expected if position < len(expected) else placed, position)


def around(words: Sequence[str], position: int) -> str:
    """Return the word at ``position`` with those before and after it."""
    return " ".join(words[max(0, position - 4) : position + 3])
