"""Attributes with words or addresses that are not in the text: of controls, forms and hints."""

import re
from collections.abc import Iterator, Mapping

from wagtail_careers.text import one_line

Attributes = Mapping[str, str | None]

#: Attributes of any element, shown or read out in addition to its text.
_HINTS = ("title", "aria-label", "aria-description", "data-tooltip")
_OF_ELEMENT: Mapping[str, tuple[str, ...]] = {
    "blockquote": ("cite",),
    "button": ("formaction", "value"),
    "del": ("cite",),
    "form": ("action",),
    "iframe": ("srcdoc",),
    "input": ("placeholder", "value", "alt", "formaction"),
    "ins": ("cite",),
    "optgroup": ("label",),
    "option": ("label",),
    "q": ("cite",),
    "table": ("summary",),
    "textarea": ("placeholder",),
    "th": ("abbr",),
}
#: Attributes in which scripts look up an address.
_DATA_ADDRESSES = ("data-href", "data-url", "data-link")
_CONTROLS = frozenset({"a", "area", "button"})
_ROLES = frozenset({"button", "link"})
#: Types of inputs that are buttons, and those whose values are for programs.
_BUTTON_TYPES = frozenset({"button", "image", "reset", "submit"})
_PROGRAM_TYPES = frozenset({"checkbox", "hidden", "radio"})

_GOES_TO = re.compile(
    r"""(?:\blocation(?:\.href)?\s*+=|\blocation\.(?:assign|replace)\s*+\(|\bwindow\.open\s*+\()
    \s*+(?P<quote>['"])(?P<address>[^'"]+)(?P=quote)""",
    re.VERBOSE,
)
_IN_SCRIPT = re.compile(r"""https?://[^\s'"<>]+""")
_WEB_ADDRESS = re.compile(r"\s*(?:https?:)?//|\s*www\.", re.IGNORECASE)


def own_address(tag: str, attributes: Attributes) -> str:
    """Return the address to which a click on an element leads, other than by ``href``."""
    found = _GOES_TO.search(attributes.get("onclick") or "")
    if found:
        return found["address"].strip()
    if not (tag in _CONTROLS or is_button(tag, attributes) or attributes.get("role") in _ROLES):
        return ""
    given = (attributes.get(name) for name in _DATA_ADDRESSES)
    return next((value.strip() for value in given if value), "")


def is_button(tag: str, attributes: Attributes) -> bool:
    """Return True if an element is an input in the form of a button, with its text as value."""
    return tag == "input" and (attributes.get("type") or "").lower() in _BUTTON_TYPES


def label(attributes: Attributes) -> str:
    """Return the name that screen readers, or else the pointer, give to an element."""
    return one_line(attributes.get("aria-label") or attributes.get("title") or "")


def besides_text(tag: str, attributes: Attributes) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each attribute with words or an address for readers."""
    if not attributes:
        return
    kind = (attributes.get("type") or "").lower() if tag == "input" else ""
    for name in (*_HINTS, *_OF_ELEMENT.get(tag, ()), *_DATA_ADDRESSES):
        value = one_line(attributes.get(name) or "")
        is_for_programs = name == "value" and (kind in _PROGRAM_TYPES or tag == "button")
        is_told = tag == "img" and value == attributes.get("alt")
        if value in ("", "#") or is_told or (is_for_programs and not _WEB_ADDRESS.match(value)):
            continue
        yield name, value
    for address in _IN_SCRIPT.findall(attributes.get("onclick") or ""):
        yield "onclick", address
