"""HTML as a tree, and the words in it.

The parser is that of browsers (https://html.spec.whatwg.org/multipage/parsing.html): it makes a
tree of any text, the same tree that readers saw.
"""

from collections.abc import Collection, Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

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
#: Elements within lines that separate the words on either side.
BETWEEN_WORDS = frozenset({"br", "img"})


def parse(html: str) -> Any:
    """Parse ``html`` as the inside of a body, and return the root of the tree."""
    return LexborHTMLParser(f"<!doctype html><body>{html}").root


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
        child = node.child
        while child is not None:
            children.append(("open", child))
            child = child.next
        stack.extend(reversed(children))


def all_words(html: str) -> list[str]:
    """Return every word in ``html``, including those that readers do not see."""
    return _text(html, frozenset()).split()


def visible_words(html: str) -> list[str]:
    """Return the words in ``html`` that readers see."""
    return _text(html, INVISIBLE).split()


def _text(html: str, invisible: Collection[str]) -> str:
    parts: list[str] = []
    hidden = 0
    for event, node in walk(parse(html)):
        if event == "text":
            parts.append("" if hidden else node.text_content or "")
            continue
        if node.tag in invisible:
            hidden += 1 if event == "open" else -1
        if node.tag in BLOCK_LEVEL or node.tag in BETWEEN_WORDS:
            parts.append(" ")
    return "".join(parts)
