"""Attributes with words or addresses that are not in the text: of controls, forms and hints."""

import re
from collections.abc import Iterator, Mapping

from wagtail_careers.text import one_line

Attributes = Mapping[str, str | None]

#: Attributes of any element, shown or read out in addition to its text.
_HINTS = frozenset({"title", "aria-description", "aria-label", "aria-valuetext"})
#: Those in which scripts look up such a text, of the tooltips of common libraries.
_DATA_HINT = re.compile(
    r"data-(?:\w+-)*(?:caption|content|description|hint|label|message|quote|text|tip|title|tooltip)"
)
_OF_ELEMENT: Mapping[str, tuple[str, ...]] = {
    "blockquote": ("cite",),
    "button": ("formaction", "value"),
    "del": ("cite",),
    "form": ("action",),
    "iframe": ("srcdoc",),
    "img": ("longdesc",),
    "input": ("placeholder", "value", "alt", "formaction"),
    "ins": ("cite",),
    "meta": ("content",),
    "optgroup": ("label",),
    "option": ("label", "value"),
    "q": ("cite",),
    "table": ("summary",),
    "textarea": ("placeholder",),
    "th": ("abbr",),
}
#: Those with an address, also of elements that readers did not see.
_ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "param": ("value",),
    "track": ("src",),
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
    for name, given in attributes.items():
        value = one_line(given or "")
        if name.startswith("on"):
            yield from ((name, address) for address in _IN_SCRIPT.findall(value))
        elif value not in ("", "#") and _is_for_readers(tag, attributes, name, value):
            yield name, value


def unseen_addresses(tag: str, attributes: Attributes) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each attribute with an address to which nobody sees a link.

    It is of an element that is not displayed, or in a drawing or an embedded object.
    """
    for name in _ADDRESSES.get(tag, ()):
        value = one_line(attributes.get(name) or "")
        if _is_address(value) or (tag != "param" and value and not value.startswith("#")):
            yield name, value


def _is_for_readers(tag: str, attributes: Attributes, name: str, value: str) -> bool:
    if tag == "img" and value == attributes.get("alt"):
        return False
    if name in _HINTS or _DATA_HINT.fullmatch(name):
        return True
    if name in _OF_ELEMENT.get(tag, ()):
        return name != "value" or _shows_value(tag, attributes) or _is_address(value)
    if tag in ("img", "source"):
        return False  # Other addresses are copies of the image.
    return name in _DATA_ADDRESSES or (name.startswith("data-") and _is_address(value))


def _shows_value(tag: str, attributes: Attributes) -> bool:
    return tag == "input" and (attributes.get("type") or "").lower() not in _PROGRAM_TYPES


def _is_address(value: str) -> bool:
    return _WEB_ADDRESS.match(value) is not None
