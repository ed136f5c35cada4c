"""Comments of WordPress's block editor, such as ``<!-- wp:paragraph {"align":"center"} -->``.

A block whose comment closes itself has no HTML in the post. WordPress generated its output, or
took it from another post: a synced pattern or a block of a plug-in.
https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wagtail_careers.importing.sources.fields import leaves

_ANY = re.compile(r"<!--\s*wp:[a-z]")
_COMMENT = re.compile(r"wp:(?P<name>[a-z][\w/-]*+)(?P<rest>.*+)", re.DOTALL)

#: Blocks that show nothing if they have no HTML.
_SILENT = frozenset({"heading", "image", "more", "nextpage", "paragraph", "separator", "spacer"})
#: Attributes about the looks of a block, and about its place in the editor.
_OF_EDITOR = frozenset(
    """
    anchor backgroundColor className fontFamily gradient layout lock metadata namespace ref slug
    style templateLock textColor theme
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)


@dataclass(frozen=True, slots=True)
class EditorBlock:
    """The comment before a block. ``is_unwritten`` is true if a block with text has no HTML."""

    name: str
    written: str
    is_unwritten: bool

    def attributes(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the value of each attribute that can have words or an address."""
        if not self.written.startswith("{"):
            return
        try:
            found = list(leaves(json.loads(self.written)))
        except (ValueError, RecursionError):
            yield "text", self.written
            return
        for path, value in found:
            if not _OF_EDITOR.intersection(path):
                yield next((key for key in reversed(path) if not key.isdigit()), ""), value


def are_in(html: str) -> bool:
    """Return True if ``html`` was written with the block editor."""
    return bool(_ANY.search(html))


def block_of(comment: str) -> EditorBlock | None:
    """Return the block that begins with ``comment``, or None."""
    found = _COMMENT.fullmatch(comment.strip())
    if not found:
        return None
    name, written = found["name"], found["rest"].strip()
    is_unwritten = written.endswith("/") and name.removeprefix("core/") not in _SILENT
    return EditorBlock(name, written.removesuffix("/").strip(), is_unwritten)


def comments(html: str) -> Iterator[str]:
    """Yield the text of each comment; one that is not closed goes to the end."""
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        end = html.find("-->", start)
        yield html[start + 4 : end if end >= 0 else len(html)]
        if end < 0:
            return
        at = end + 3
