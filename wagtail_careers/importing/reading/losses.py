"""Meaning that a page cannot hold: languages, numbers of lists, tables, hints in attributes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, get_language_bidi

from wagtail_careers.importing.reading import attributes as of_element
from wagtail_careers.importing.reading.content import Block, Loss
from wagtail_careers.importing.reading.editor_blocks import EditorBlock
from wagtail_careers.importing.reading.elements import HIDDEN, Element
from wagtail_careers.importing.reading.tree import INVISIBLE
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.conventions import primary_language
from wagtail_careers.languages import known_language, text_direction
from wagtail_careers.text import beginning, name_parts, one_line

#: Elements whose text is kept without their meaning.
_MEANINGFUL = frozenset({"blockquote", "code", "details", "dl", "kbd", "pre", "samp", "table"})
_DIRECTIONS = frozenset({"ltr", "rtl"})
_WORD = re.compile(r"\w+")
#: Words that are named from the beginning of a text, at most.
_PIECES = 12
#: How much of an attribute is named.
_SHOWN = 500
#: Reasons for dropping what readers did not see, nor anything in its attributes.
_UNSEEN = frozenset(
    {HIDDEN, *(INVISIBLE[tag] for tag in ("noscript", "style", "template", "title"))}
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A loss that concerns the text in an open ``element``, and the first piece of that text."""

    element: Element
    first: int
    loss: Loss


class LossReader:
    """Collects the losses of a post while its elements open and close."""

    def __init__(self) -> None:
        #: All pieces of text, in order.
        self._said: list[str] = []
        self._open: list[_Open] = []
        self._found: list[tuple[int, Loss]] = []
        self._attributes: list[tuple[str, str, str]] = []
        self._language = get_language() or ""
        self._direction = "rtl" if get_language_bidi() else "ltr"

    def take_text(self, text: str) -> None:
        self._said.append(text)

    def open(
        self, tag: str, attributes: Mapping[str, Any], outside: Element, element: Element
    ) -> None:
        """Note what is lost of an element: of one that readers could not see, its addresses."""
        is_unseen = element.look.dropped in _UNSEEN
        read = of_element.unseen_addresses if is_unseen else of_element.besides_text
        first = len(self._said)
        self._open += (_Open(element, first, loss) for loss in self._of(tag, outside, element))
        for name, value in read(tag, attributes):
            self._attributes.append((tag, name, value))

    def note_block(self, block: EditorBlock) -> None:
        """Note the attributes of a block's comment."""
        for name, value in block.attributes():
            # Like those of elements, they are for scripts unless they look otherwise.
            kind = name_parts(name)[-1]
            named = {f"data-{kind}": wordpress.plain(value) if "<" in value else value}
            for _name, shown in of_element.besides_text(f"wp:{block.name}", named):
                self._attributes.append((f"wp:{block.name}", name, shown))

    def note_unclosed(self, text: str) -> None:
        """Note that markup may have swallowed ``text``, because something in it is not closed."""
        self._found.append((len(self._said), Loss("unclosed", {"text": beginning(text, 200)})))

    def close(self, element: Element) -> None:
        while self._open and self._open[-1].element is element:
            each = self._open.pop()
            pieces = self._said[each.first : each.first + _PIECES]
            if pieces:
                parameters = {**each.loss.parameters, "text": beginning(" ".join(pieces))}
                self._found.append((each.first, replace(each.loss, parameters=parameters)))

    def found(self, blocks: Iterable[Block], told: Iterable[str] = ()) -> tuple[Loss, ...]:
        """Return all losses of the post, which has become ``blocks``.

        ``told`` is what the flags of its images and embedded objects say.
        """
        spans = sorted(self._found, key=lambda found: found[0])
        losses = [loss for _first, loss in spans]
        if self._attributes:
            losses += self._lost_attributes(tuple(blocks), told)
        return tuple(losses)

    def _of(self, tag: str, outside: Element, element: Element) -> Iterator[Loss]:
        language, direction = element.language, element.direction
        around = outside.language or self._language
        known = known_language(language)
        # Titles of sections are plain text.
        is_kept = bool(known) and not element.level
        is_foreign = language and primary_language(language) != primary_language(around)
        if is_foreign and not is_kept:
            yield Loss("language", {"language": language})
        is_other = direction in _DIRECTIONS and direction != (outside.direction or self._direction)
        if is_other and not (is_kept and direction == text_direction(known)):
            yield Loss("direction", {"direction": direction})
        if tag in _MEANINGFUL:
            yield Loss("markup", {"element": tag})
        if element.numbering and element.numbering is not outside.numbering:
            if element.numbering.is_text:
                yield Loss("list_numbers")
            if element.numbering.is_joined:
                yield Loss("adjacent_lists")

    def _lost_attributes(self, blocks: tuple[Block, ...], told: Iterable[str]) -> Iterator[Loss]:
        """Yield the attributes that have words or addresses that the text does not have."""
        runs = [run for block in blocks for run in block.runs if run.is_shown]
        known = {word for block in blocks for word in _WORD.findall(block.text.casefold())}
        addresses = {one_line(each) for each in (*(run.href for run in runs), *told)}
        for tag, name, value in dict.fromkeys(self._attributes):
            is_said = not of_element.is_address(value) and known.issuperset(_words(value))
            if value not in addresses and not is_said:
                shown = {"text": beginning(value, _SHOWN), "words": str(len(value.split()))}
                yield Loss("attribute", {"element": tag, "attribute": name, **shown})


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
