"""Parts of a post that not everybody could see on the old site.

Plug-ins for members put such text into a shortcode, page builders switch off a part with an
attribute, and the block editor hides a block. The text is in the export all the same.
"""

import re
from collections.abc import Iterator

from wagtail_careers.importing.reading import shortcodes

#: Shortcodes around text that is for members, subscribers or staff.
_RESTRICTING = re.compile(
    r"""(?:\w+[_-])?
    (?:members?(?:[_-]?only|ship)? | private | protected | restrict\w* | groups_(?:non_)?member
    | (?:is_?)?(?:user_?)?logged_?in | (?:wpmem|pmpro|mepr|ihc|rcp|s2member|passster|um_show)[\w-]*
    | hide_?content | content_?protect\w* | password_?protect\w*)""",
    re.IGNORECASE | re.VERBOSE,
)
_SWITCHED_OFF = {
    "disable_element": re.compile("yes"),
    "disabled": re.compile("on"),
    "disabled_on": re.compile(r"on(?:\|on)*"),
}
_BLOCK = re.compile(r"<!--\s*+(?P<block>wp:[^<>]*+)")
_HIDDEN_BLOCK = re.compile(r'"(?:hideBlock"\s*:\s*true|blockVisibility"\s*:\s*false)')


def restricted(html: str) -> Iterator[str]:
    """Yield the shortcode or block around each part of ``html`` that not everybody could see."""
    ended = shortcodes.names_with_end(html)
    for tag in shortcodes.every(html):
        is_around = tag.name in ended and not tag.is_end and _RESTRICTING.fullmatch(tag.name)
        if is_around or any(
            pattern.fullmatch(tag.attributes.get(name, ""))
            for name, pattern in _SWITCHED_OFF.items()
        ):
            yield html[tag.start : tag.end]
    for found in _BLOCK.finditer(html):
        if _HIDDEN_BLOCK.search(found["block"]):
            yield found["block"].removesuffix("--").strip()
