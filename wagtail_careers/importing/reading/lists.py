"""The numbers of lists.

The editor of a page numbers every list from 1, and joins two lists in a row within an item, or
loses the second one if only one of them has numbers (Wagtail 7.4). A list with other numbers and
one beside another within an item therefore get bullets, and the numbers become text.
https://html.spec.whatwg.org/multipage/grouping-content.html#the-ol-element
"""

import re
from typing import Any

_LISTS = {"ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol"}
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)")
_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;:]*?\b(?P<case>lower|upper)-(?P<kind>alpha|latin|roman)"
)
_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def is_list(tag: str) -> bool:
    return tag in _LISTS


class Numbering:
    """Counts the items of one list as browsers do.

    ``tag`` is the element that the page has, and ``is_text`` is true if the numbers are text.
    """

    def __init__(self, node: Any, *, in_item: bool = False, follows: bool = False) -> None:
        """Read the list in ``node``.

        ``in_item`` is true within an item, and ``follows`` if the list follows another one there.
        """
        attributes = node.attributes
        kind = _LISTS[node.tag]
        self._style = _style(attributes) if kind == "ol" else ""
        is_reversed = kind == "ol" and "reversed" in attributes
        items = _items(node) if kind == "ol" else []
        self._step = -1 if is_reversed else 1
        start = _integer(attributes.get("start"))
        self._next = start if start is not None else len(items) if is_reversed else 1
        is_numbered = any(_integer(item.attributes.get("value")) is not None for item in items)
        differs = self._next != 1 or (is_reversed and len(items) > 1) or is_numbered
        is_beside = follows or (in_item and _is_before_list(node))
        self.is_text = kind == "ol" and bool(differs or self._style or is_beside)
        self.tag = "ul" if self.is_text else kind
        #: True if the editor will join this list with the one before.
        self.is_joined = follows

    def take(self, value: str | None) -> str:
        """Return the number of the next item as text; empty if the page numbers the list.

        ``value`` is that attribute of the item.
        """
        number = _integer(value)
        number = self._next if number is None else number
        self._next = number + self._step
        return f"{_written(number, self._style)}. " if self.is_text else ""


def _items(node: Any) -> list[Any]:
    items = []
    child = node.child
    while child is not None:
        if child.tag == "li":
            items.append(child)
        child = child.next
    return items


def _is_before_list(node: Any) -> bool:
    after = node.next
    while after is not None and (after.tag == "-comment" or _is_space(after)):
        after = after.next
    return after is not None and is_list(after.tag)


def _is_space(node: Any) -> bool:
    return node.tag == "-text" and not node.text_content.strip()


def _style(attributes: dict[str, Any]) -> str:
    found = _STYLE.search(attributes.get("style") or "")
    if found:
        return f"{found['case']}-{found['kind'].replace('latin', 'alpha')}"
    return _TYPES.get(attributes.get("type") or "", "")


def _integer(value: str | None) -> int | None:
    found = _INTEGER.match(value or "")
    return int(found[1]) if found else None


def _written(number: int, style: str) -> str:
    case, _dash, kind = style.partition("-")
    text = ""
    if kind == "alpha" and number > 0:
        text = _letters(number)
    elif kind == "roman" and 0 < number < 4000:
        text = _roman(number)
    return (text.upper() if case == "upper" else text) or str(number)


def _letters(number: int) -> str:
    """Return a, b, … z, aa, ab, …"""
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
