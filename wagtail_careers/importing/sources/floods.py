"""Markup that would flood the parser: a little of it takes minutes, or gigabytes.

The parser compares the attributes of an element with each other, looks through all open elements
for some tags, and opens unclosed formatting such as ``<font>`` again in every paragraph
(https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements).
Browsers have limits as well. No person comes near these; text is never cut.
"""

import re
from collections import Counter
from collections.abc import Iterator

#: Shorter markup cannot do harm.
_SHORT = 10_000
MAX_ATTRIBUTES = 1_000
MAX_DEPTH = 5_000
#: Open formatting elements, and how often they may be opened again altogether.
MAX_FORMATTING = 500
MAX_COPIES = 200_000

_ATTRIBUTE = r"""[\s/]++[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*+)?)?"""
_ATTRIBUTES = re.compile(
    rf"(<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}}+)(?:{_ATTRIBUTE})++"
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)[^>]*+>?")

_FORMATTING = frozenset(
    """
    b big code em font i nobr s small strike strong tt u
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Elements that do not nest: without an end, or whose end is often left out.
_NOT_AROUND = frozenset(
    """
    a area base basefont bgsound body br caption col colgroup dd dt embed frame head hr html img
    input keygen li link meta option p param source tbody td tfoot th thead tr track wbr
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: These do not nest within ``<ruby>``.
_OF_RUBY = frozenset({"rb", "rp", "rt", "rtc"})


def tamed(html: str) -> str:
    """Return ``html`` without tags and attributes beyond what any post can need."""
    if len(html) < _SHORT:
        return html
    guard = _Guard()
    html = "".join(guard.shallow(_ATTRIBUTES.sub(r"\1", html)))
    return _TAG.sub(_without_formatting, html) if guard.copies > MAX_COPIES else html


class _Guard:
    """Follows the tags roughly, without regard to where the parser puts their ends."""

    def __init__(self) -> None:
        self._open = Counter[str]()
        self._depth = self._formatting = 0
        #: The number of formatting elements that the parser would open again.
        self.copies = 0

    def shallow(self, html: str) -> Iterator[str]:
        """Yield ``html`` in parts, with a space for each tag that is too deep."""
        at = 0
        for tag in _TAG.finditer(html):
            name = tag["name"].lower()
            if name in _NOT_AROUND or (name in _OF_RUBY and self._open["ruby"]):
                self.copies += self._formatting
            elif tag["end"]:
                self._end(name)
            elif not self._begin(name):
                yield html[at : tag.start()]
                yield " "
                at = tag.end()
        yield html[at:]

    def _begin(self, name: str) -> bool:
        """Note that an element begins; return False if it is too deep."""
        is_formatting = name in _FORMATTING
        if self._depth >= MAX_DEPTH or (is_formatting and self._formatting >= MAX_FORMATTING):
            return False
        self._open[name] += 1
        self._depth += 1
        self._formatting += is_formatting
        self.copies += 0 if is_formatting else self._formatting
        return True

    def _end(self, name: str) -> None:
        if self._open[name]:
            self._open[name] -= 1
            self._depth -= 1
            self._formatting -= name in _FORMATTING


def _without_formatting(tag: re.Match[str]) -> str:
    return "" if tag["name"].lower() in _FORMATTING else tag.group()
