"""Attributes with words or addresses that are not in the text: of controls, forms and hints."""

import re
from collections.abc import Iterator, Mapping

from wagtail_careers.importing.sources.switches import ONLY_SWITCHES
from wagtail_careers.text import one_line

Attributes = Mapping[str, str | None]

#: Attributes of any element, shown or read out in addition to its text.
_HINTS = frozenset(
    """
    abbr alt aria-description aria-label aria-placeholder aria-roledescription aria-valuetext
    label placeholder prompt standby summary title
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Attributes that hold an address, whatever it looks like.
_ADDRESSES = frozenset(
    """
    action background cite data-href data-link data-url data-permalink formaction href longdesc
    xlink:href
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
_OF_ELEMENT: Mapping[str, frozenset[str]] = {
    "bgsound": frozenset({"src"}),
    "button": frozenset({"value"}),
    "embed": frozenset({"src"}),
    "iframe": frozenset({"src", "srcdoc"}),
    "input": frozenset({"value"}),
    "meta": frozenset({"content"}),
    "object": frozenset({"data"}),
    "option": frozenset({"value"}),
    "param": frozenset({"value"}),
    "script": frozenset({"src"}),
    "source": frozenset({"src"}),
    "track": frozenset({"src"}),
}
#: Values that are for programs, unless they look like an address.
_FOR_PROGRAMS = frozenset({("button", "value"), ("option", "value"), ("param", "value")})
#: Attributes that name a vocabulary, or hold what ``media`` reads.
_NOT_READ = frozenset(
    """
    class id itemtype prefix profile style typeof vocab
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Those of images. ``media`` reads them.
_OF_IMAGES = frozenset({"src", "srcset", "data-srcset", "data-lazy-srcset"})
_IMAGES = frozenset({"image", "img"})
_COPIES = _IMAGES | {"source"}
#: Parts of the names of data attributes that plug-ins show to readers, for example as a tooltip.
_FOR_READERS = frozenset(
    """
    alt answer caption content desc description heading headline hint html label message note
    placeholder popover question quote subtitle summary text tip title tooltip
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Parts of the names of data attributes whose values can look like prose: names of classes.
_OF_LOOKS = frozenset({"class", "classes", "css", "sizes", "style", "styles"})
#: Addresses of links and parts that are named although readers did not see the element.
_UNSEEN: Mapping[str, tuple[str, ...]] = {
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
#: The beginning of an address, complete or on the same site.
_ADDRESS_LIKE = re.compile(r"(?:https?:)?//|www\.|/\w|mailto:|tel:", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\W_]+")
#: Words in a row, which no setting of a program has. It begins at a word, to take linear time.
_PROSE = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{2,}+[ ](?:[^\W\d_]++[ ,'’-]++){1,3}[^\W\d_]{2}",
)


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
    for name, given in attributes.items():
        value = one_line(given or "")
        if not value or value.startswith("#") or _is_read_elsewhere(tag, name, attributes):
            continue
        if name.startswith("on"):
            yield from ((name, found["address"]) for found in _GOES_TO.finditer(value))
            yield from ((name, address) for address in _addresses_in(value))
        elif _is_for_readers(tag, name, value, attributes):
            yield name, value
        else:
            yield from ((name, address) for address in _addresses_in(value))


def unseen_addresses(tag: str, attributes: Attributes) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each address of an element that readers could not see."""
    for name in _UNSEEN.get(tag, ()):
        value = one_line(attributes.get(name) or "")
        if value and not value.startswith("#") and (tag != "param" or is_address(value)):
            yield name, value


def is_address(value: str) -> bool:
    """Return True if ``value`` can only be an address."""
    return bool(_ADDRESS_LIKE.match(value)) and " " not in value


def _is_read_elsewhere(tag: str, name: str, attributes: Attributes) -> bool:
    """Return True for attributes that name a vocabulary, and for those of images and scripts."""
    if name in _NOT_READ or name.startswith("xmlns"):
        return True
    if name == "href" and tag == "link":
        return True  # A style sheet, or a hint for the browser.
    if tag in _IMAGES and name == "title":
        return attributes.get("title") == attributes.get("alt")
    if tag in _COPIES and name.startswith("data-"):
        # The address of a copy in another size, or of the page around the image.
        return is_address(one_line(attributes.get(name) or ""))
    return tag in (*_IMAGES, "input") and name in _OF_IMAGES


def _is_for_readers(tag: str, name: str, value: str, attributes: Attributes) -> bool:
    kind = (attributes.get("type") or "").lower()
    is_of_program = (tag, name) in _FOR_PROGRAMS or (name == "value" and kind in _PROGRAM_TYPES)
    if is_of_program:
        return bool(_ADDRESS_LIKE.match(value))
    if name in _ADDRESSES:
        return not value.lower().startswith("javascript:")
    if name in _HINTS or name in _OF_ELEMENT.get(tag, ()):
        return True
    if not name.startswith("data-"):
        return False
    parts = frozenset(_SEPARATORS.split(name))
    if not parts & _FOR_READERS:
        return not parts & _OF_LOOKS and bool(_PROSE.search(value))
    return value.lower() not in ONLY_SWITCHES and any(map(str.isalpha, value))


def _addresses_in(value: str) -> Iterator[str]:
    """Yield the complete addresses in ``value``, also where JSON has escaped their slashes."""
    plain = value.replace("\\/", "/")
    if is_address(plain):
        yield plain
    else:
        yield from _IN_SCRIPT.findall(plain)
