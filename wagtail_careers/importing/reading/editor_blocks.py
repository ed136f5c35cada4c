"""Comments of WordPress's block editor, such as ``<!-- wp:paragraph -->``.

A block whose comment closes itself has no HTML in the post. WordPress generated its output, or
took it from another post: a synced pattern or a block of a plug-in.
https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/
"""

import re
from collections.abc import Iterator

_ANY = re.compile(r"<!--\s*wp:[a-z]")
# WordPress escapes angle brackets within.
_WITHOUT_HTML = re.compile(r"<!--\s+wp:(?P<name>[a-z][\w/-]*)(?P<rest>\s[^<>]*)/-->")

#: Blocks that show nothing if they have no HTML.
_SILENT = frozenset({"heading", "image", "more", "nextpage", "paragraph", "separator", "spacer"})


def are_in(html: str) -> bool:
    """Return True if ``html`` was written with the block editor."""
    return bool(_ANY.search(html))


def without_html(html: str) -> Iterator[str]:
    """Yield the name and attributes of each block whose output is not in ``html``."""
    for found in _WITHOUT_HTML.finditer(html):
        if found["name"].removeprefix("core/") not in _SILENT:
            yield f"{found['name']} {found['rest'].strip()}".strip()
