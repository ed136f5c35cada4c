"""Meaning that a page cannot hold: languages, numbers of lists, tables, hints in attributes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, get_language_bidi

from wagtail_careers.importing.reading import attributes as of_element
from wagtail_careers.importing.reading.content import Block, Embed, Loss
from wagtail_careers.importing.reading.elements import Element
from wagtail_careers.importing.sources.conventions import primary_language
from wagtail_careers.text import beginning

#: Elements whose text is kept without their meaning.
_MEANINGFUL = frozenset({"blockquote", "code", "details", "dl", "kbd", "pre", "samp", "table"})
_DIRECTIONS = frozenset({"ltr", "rtl"})
_WORD = re.compile(r"\w+")
#: Words that are named from the beginning of a text, at most.
_PIECES = 12


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
        """Note what is lost of an element that readers can see."""
        first = len(self._said)
        self._open += (_Open(element, first, loss) for loss in self._of(tag, outside, element))
        for name, value in of_element.besides_text(tag, attributes):
            self._attributes.append((tag, name, value))

    def open_unseen(self, tag: str, attributes: Mapping[str, Any]) -> None:
        """Note what is lost of an element that readers could not see."""
        for name, value in of_element.unseen_addresses(tag, attributes):
            self._attributes.append((tag, name, value))

    def close(self, element: Element) -> None:
        while self._open and self._open[-1].element is element:
            each = self._open.pop()
            pieces = self._said[each.first : each.first + _PIECES]
            if pieces:
                parameters = {**each.loss.parameters, "text": beginning(" ".join(pieces))}
                self._found.append((each.first, replace(each.loss, parameters=parameters)))

    def found(self, blocks: Iterable[Block], embeds: Iterable[Embed]) -> tuple[Loss, ...]:
        """Return all losses of the post, which has become ``blocks`` and ``embeds``."""
        spans = sorted(self._found, key=lambda found: found[0])
        losses = [loss for _first, loss in spans]
        if self._attributes:
            losses += self._lost_attributes(tuple(blocks), {embed.src for embed in embeds})
        return tuple(losses)

    def _of(self, tag: str, outside: Element, element: Element) -> Iterator[Loss]:
        language, direction = element.language, element.direction
        around = outside.language or self._language
        if language and primary_language(language) != primary_language(around):
            yield Loss("language", {"language": language})
        if direction in _DIRECTIONS and direction != (outside.direction or self._direction):
            yield Loss("direction", {"direction": direction})
        if tag in _MEANINGFUL:
            yield Loss("markup", {"element": tag})
        if element.numbering and element.numbering is not outside.numbering:
            if element.numbering.is_text:
                yield Loss("list_numbers")
            if element.numbering.is_joined:
                yield Loss("adjacent_lists")

    def _lost_attributes(self, blocks: tuple[Block, ...], embedded: set[str]) -> Iterator[Loss]:
        """Yield the attributes that have words or addresses that nothing else tells."""
        runs = [run for block in blocks for run in block.runs if run.is_shown]
        known = {word for block in blocks for word in _WORD.findall(block.text.casefold())}
        addresses = {run.href for run in runs} | embedded
        for tag, name, value in dict.fromkeys(self._attributes):
            if value not in addresses and not known.issuperset(_WORD.findall(value.casefold())):
                parameters = {"element": tag, "attribute": name, "text": beginning(value, 200)}
                yield Loss("attribute", parameters)
