"""The parts of an export: each item is parsed alone, so that a broken one breaks no other.

Memory holds one item at a time, and the work grows with the length of the text only.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

#: No item that can become a page is nearly as long. It is not kept in memory.
MAX_PART = 30_000_000

_MARKUP = re.compile(r"<!\[CDATA\[|<!--|<item(?=[\s/>])|</item\s{0,20}>")
#: Between two items. Markup that reaches it was not closed: an item must not swallow the next one,
#: which could be private.
_BORDER = r"(?=</item\s{0,20}>\s{0,20}<item[\s/>])"
#: What ends the markup in which nothing else counts.
_ENDS = {
    "<![CDATA[": re.compile(rf"\]\]>|{_BORDER}"),
    "<!--": re.compile(rf"-->|{_BORDER}"),
}
#: The longest markup that two texts can share.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Part:
    """An item of an export, or the text before, between or after items, with its first line.

    The text of a part that is too long is empty. ``is_cut_off`` is an item with which the file
    ends.
    """

    text: str
    line: int
    is_item: bool
    is_cut_off: bool = False


def parts(texts: Iterable[str]) -> Iterator[Part]:
    """Divide an export into its items and the text around them, in order."""
    line, is_too_long = 1, False
    buffer, begun, searched, sought = "", 0, 0, _MARKUP
    for text in texts:
        buffer = buffer[begun:] + text
        searched, begun = searched - begun, 0
        while found := sought.search(buffer, searched):
            searched = found.end()
            sought = _ENDS.get(found[0], _MARKUP) if sought is _MARKUP else _MARKUP
            if found[0].startswith(("<item", "</item")):
                ended = found.start() if found[0] == "<item" else found.end()
                yield _part(buffer[begun:ended], line, is_too_long=is_too_long)
                line, is_too_long = line + buffer.count("\n", begun, ended), False
                begun = ended
        searched = max(searched, len(buffer) - _LONGEST)
        if searched - begun > MAX_PART:
            line, is_too_long = line + buffer.count("\n", begun, searched), True
            # The beginning tells an item from text.
            buffer = buffer[begun : begun + _LONGEST] + buffer[searched:]
            begun, searched = 0, _LONGEST
    last = _part(buffer[begun:], line, is_too_long=is_too_long)
    yield replace(last, is_cut_off=last.is_item)


def _part(text: str, line: int, *, is_too_long: bool) -> Part:
    return Part("" if is_too_long else text, line, is_item=text.startswith("<item"))
