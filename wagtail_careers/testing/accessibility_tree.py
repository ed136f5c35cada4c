"""The browser's accessibility tree, which assistive technology reads, as plain values.

Chromium gives it through its DevTools protocol
(https://chromedevtools.github.io/devtools-protocol/tot/Accessibility/). It has no languages and
no ``aria-current``, so these come from the document, as does the layout that keeps the texts of
two blocks apart.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.utterances import TranscriptError

_ELEMENT = 1
#: Elements whose text is in one line with the text around them.
_INLINE = re.compile(r"(inline|contents|ruby.*|none|)")
_MEDIA = frozenset({"Audio", "Video"})
#: Not in the document, so without a place in it.
_NOWHERE = -1


@dataclass(frozen=True)
class Node:
    """A node of the accessibility tree.

    ``role`` is the browser's, which has more than ARIA; it is empty for a node that assistive
    technology ignores, though it may read its children. ``language`` is that of the text, and
    ``block`` a number that texts have in common if they are in one block of the layout.
    ``current``, ``has_popup`` and ``is_generated`` are what the document says: ``aria-current``,
    ``aria-haspopup``, and content of a style sheet.
    """

    role: str
    name: str = ""
    description: str = ""
    value: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    block: int = _NOWHERE
    current: str = ""
    has_popup: bool = False
    is_generated: bool = False
    is_select: bool = False
    children: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Fetched:
    """A tree and its document as the browser sends them."""

    nodes: list[Any]
    snapshot: Mapping[str, Any]

    def root(self) -> Node:
        """Return the root of the tree. Takes a while, but does not need the browser."""
        document = _Document(self.snapshot["documents"][0], self.snapshot["strings"])
        by_id = {node["nodeId"]: node for node in self.nodes}
        return replace(_node(self.nodes[0], by_id, document, _NOWHERE), language=document.language)


def read(driver: WebDriver) -> Node:
    """Return the root of the tree of the page that ``driver`` shows, as ``fetch`` does."""
    return fetch(driver).root()


def fetch(driver: WebDriver) -> Fetched:
    """Return the tree of the page that ``driver`` shows.

    Raises ``TranscriptError`` if the browser is not Chromium or Chrome.
    """
    command = getattr(driver, "execute_cdp_cmd", None)
    if command is None:
        raise TranscriptError(
            "This browser does not show its accessibility tree. Use Chromium or Google Chrome."
        )
    nodes = command("Accessibility.getFullAXTree", {})["nodes"]
    return Fetched(nodes, command("DOMSnapshot.captureSnapshot", {"computedStyles": ["display"]}))


def _node(
    raw: Mapping[str, Any], by_id: Mapping[str, Any], document: "_Document", outer: int
) -> Node:
    place = document.places.get(raw.get("backendDOMNodeId", _NOWHERE), outer)
    attributes = document.attributes(place)
    role = "" if raw.get("ignored") else raw["role"]["value"]
    properties = {each["name"]: each["value"].get("value") for each in raw.get("properties", ())}
    is_media = role in _MEDIA
    return Node(
        role=role,
        # The browser names a video by how far it is loaded, and calls it disabled until then.
        name=_media_name(attributes) if is_media else _text(raw, "name"),
        description="" if is_media else _text(raw, "description"),
        # It has a bullet for each letter of a password.
        value=_text(raw, "value").strip("•"),
        properties={} if is_media else properties,
        language=document.languages[place] if place != _NOWHERE else "",
        block=document.block(place),
        current=attributes.get("aria-current", "").lower(),
        has_popup=attributes.get("aria-haspopup", "false").lower() not in {"", "false"},
        is_generated=document.is_generated(place),
        is_select=document.name(place) == "SELECT",
        children=tuple(
            _node(by_id[child], by_id, document, place)
            for child in raw.get("childIds", ())
            if child in by_id
        ),
    )


def _media_name(attributes: Mapping[str, str]) -> str:
    return attributes.get("aria-label") or attributes.get("title", "")


def _text(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key, {}).get("value", ""))


class _Document:
    """A document as DOMSnapshot gives it: lists with an entry for each node.

    A place is the index of a node in them.
    """

    def __init__(self, raw: Mapping[str, Any], strings: list[str]) -> None:
        self._nodes = raw["nodes"]
        self._layout = raw["layout"]
        self._strings = strings
        #: The places, by the numbers that the accessibility tree has for nodes of the document.
        self.places = {number: at for at, number in enumerate(self._nodes["backendNodeId"])}

    def name(self, place: int) -> str:
        return self._string(self._nodes["nodeName"][place]) if place != _NOWHERE else ""

    def attributes(self, place: int) -> dict[str, str]:
        if place == _NOWHERE:
            return {}
        texts = [self._string(index) for index in self._nodes["attributes"][place]]
        return dict(zip(texts[::2], texts[1::2], strict=True))

    @property
    def language(self) -> str:
        """The language of the page, which its outermost element has."""
        elements = (at for at, kind in enumerate(self._nodes["nodeType"]) if kind == _ELEMENT)
        return self.languages[next(elements)]

    @cached_property
    def languages(self) -> list[str]:
        """The language of each node. Those above come first."""
        found: list[str] = []
        for place, parent in enumerate(self._nodes["parentIndex"]):
            own = self.attributes(place)
            outer = found[parent] if parent != _NOWHERE else ""
            found.append(own.get("lang", own.get("xml:lang", outer)).strip().lower())
        return found

    def block(self, place: int) -> int:
        """Return the place of the block that a node is in, or is."""
        for node in self._upwards(place):
            is_element = self._nodes["nodeType"][node] == _ELEMENT
            if is_element and not _INLINE.fullmatch(self._displays.get(node, "")):
                return node
        return _NOWHERE

    def is_generated(self, place: int) -> bool:
        return any(node in self._pseudo_elements for node in self._upwards(place))

    def _upwards(self, place: int) -> Iterator[int]:
        while place != _NOWHERE:
            yield place
            place = self._nodes["parentIndex"][place]

    @cached_property
    def _displays(self) -> dict[int, str]:
        pairs = zip(self._layout["nodeIndex"], self._layout["styles"], strict=True)
        return {node: self._string(styles[0]) for node, styles in pairs if styles}

    @cached_property
    def _pseudo_elements(self) -> set[int]:
        return set(self._nodes.get("pseudoType", {}).get("index", ()))

    def _string(self, index: int) -> str:
        return self._strings[index] if index >= 0 else ""
