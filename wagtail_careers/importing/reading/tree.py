"""HTML as a tree, and the words in it.

The parser is that of browsers (https://html.spec.whatwg.org/multipage/parsing.html): it makes a
tree of any text, the same tree that readers saw.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import Any

from wagtail_careers.importing.sources.html_parser import parsed

#: Elements whose text readers do not see, with the code of the reason.
INVISIBLE = {
    "audio": "player",
    "canvas": "canvas",
    "datalist": "suggestions",
    "embed": "embedded_object",
    "frame": "frame",
    "frameset": "frame",
    "head": "not_text",
    "iframe": "embedded_frame",
    "noembed": "embedded_object",
    "noframes": "frame",
    "noscript": "noscript",
    "object": "embedded_object",
    "script": "script",
    "style": "style_sheet",
    "svg": "drawing",
    "template": "template",
    "title": "not_text",
    "video": "player",
}

#: Elements that break lines before and after; all others are within lines.
BLOCK_LEVEL = frozenset(
    """
    address article aside blockquote body caption center col colgroup dd details dialog dir
    div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr
    html legend li main menu nav ol optgroup option p pre search section select summary
    table tbody td textarea tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Elements within lines that separate the words on either side: boxes, and line breaks.
BETWEEN_WORDS = frozenset(
    """
    audio br button canvas embed iframe img input marquee meter object picture progress svg video
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)

#: Each has a place of its own in an SVG drawing.
_TEXTS_OF_DRAWINGS = frozenset({"desc", "text", "tspan"})

_TEMPLATE = re.compile(r"(</?)template\b", re.IGNORECASE)
_BOX_STYLE = re.compile(
    r"display\s*:\s*+(?!inline\s*(?:;|!|$)|contents|none|inherit)", re.IGNORECASE
)
#: Classes by which themes and page builders give a link the look of a button.
_BUTTON_CLASS = re.compile(r"(?:^|[\s_-])(?:btn|button)(?:$|[\s_-])", re.IGNORECASE)


def parse(html: str) -> Any:
    """Parse ``html`` as the inside of a body, and return the root of the tree."""
    return parsed(html).root


def is_closed(html: str) -> bool:
    """Return False if what is open at the end of ``html`` swallows text: a tag, or a comment."""
    return "<" not in html or parse(f"{html}<wbr id=end>").css_first("wbr#end") is not None


def unclosed(html: str) -> str:
    """Return the part of ``html`` that is swallowed, from the markup that is not closed."""
    tags = [found.start() for found in re.finditer("<", html)]
    after = bisect_left(tags, True, key=lambda start: not is_closed(html[:start]))
    return html[tags[max(after - 1, 0)] :]


def walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield ``open``, ``close`` or ``text`` with each node, in order and at any depth."""
    stack = [("open", root)]
    while stack:
        event, node = stack.pop()
        if node.tag == "-text":
            yield "text", node
            continue
        if node.tag is None or node.tag.startswith("-"):
            continue  # Processing instructions, comments and the document type.
        yield event, node
        if event == "close":
            continue
        stack.append(("close", node))
        children = []
        child = node.child if node.tag != "template" else _inside_template(node)
        while child is not None:
            children.append(("open", child))
            child = child.next
        stack.extend(reversed(children))


def _inside_template(node: Any) -> Any:
    """Return the content of a ``<template>``, which the parser keeps in a tree of its own.

    It becomes a box, and so do templates within it, so that each is parsed once.
    """
    body = parsed(_TEMPLATE.sub(r"\1div", node.html or "")).body
    return body and body.child


def is_apart(node: Any) -> bool:
    """Return True if browsers show an element within a line apart from the words around it."""
    tag = node.tag
    if tag in BETWEEN_WORDS or tag in _TEXTS_OF_DRAWINGS:
        return True
    if tag == "rt":
        # The annotation of a word, which is above the word, unless it is in brackets.
        return not (node.prev is not None and node.prev.tag == "rp")
    attributes = node.attributes
    return bool(attributes) and bool(
        _BOX_STYLE.search(attributes.get("style") or "")
        or attributes.get("role") == "button"
        or _BUTTON_CLASS.search(attributes.get("class") or "")
    )


def all_words(html: str) -> list[str]:
    """Return every word in ``html``, including those that readers do not see."""
    return _text(html, frozenset()).split()


def visible_words(html: str) -> list[str]:
    """Return the words in ``html`` that readers see."""
    return _text(html, INVISIBLE).split()


def _text(html: str, invisible: Collection[str]) -> str:
    """Return the text in ``html`` with a space wherever browsers show two words apart."""
    parts: list[str] = []
    hidden = 0
    after_link = False
    for event, node in walk(parse(html)):
        if event == "text":
            after_link = after_link and not node.text_content
            parts.append("" if hidden else node.text_content or "")
            continue
        if node.tag in invisible:
            hidden += 1 if event == "open" else -1
        is_link = node.tag == "a" and bool(node.attributes.get("href"))
        if node.tag in BLOCK_LEVEL or (is_link and after_link) or is_apart(node):
            parts.append(" ")
        if is_link:
            after_link = event == "close"
    return "".join(parts)
