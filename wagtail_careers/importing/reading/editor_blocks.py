"""What the comments of WordPress's block editor say, such as ``<!-- wp:paragraph -->``.

A block whose comment ends itself has no HTML in the post. What readers saw of it was made by a
program, or stands in another post: a synced pattern, a block of a plug-in.
https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/
"""

import re
from collections.abc import Iterator

_ANY = re.compile(r"<!--\s*wp:[a-z]")
# WordPress escapes angle brackets within.
_WITHOUT_HTML = re.compile(r"<!--\s+wp:(?P<name>[a-z][\w/-]*)(?P<rest>\s[^<>]*)/-->")

#: Blocks that say nothing when they have no HTML.
_SILENT = frozenset({"heading", "image", "more", "nextpage", "paragraph", "separator", "spacer"})


def are_in(html: str) -> bool:
    """Whether ``html`` was written with the block editor."""
    return bool(_ANY.search(html))


def without_html(html: str) -> Iterator[str]:
    """The name and the attributes of each block that showed more than ``html`` has of it."""
    for found in _WITHOUT_HTML.finditer(html):
        if found["name"].removeprefix("core/") not in _SILENT:
            yield f"{found['name']} {found['rest'].strip()}".strip()
