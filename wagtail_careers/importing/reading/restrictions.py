"""Parts of a post that not everybody could see on the old site.

Plug-ins for members put such text into a shortcode, page builders switch off a part with an
attribute, and the block editor hides a block. The text is in the export all the same.
"""

import re
from collections.abc import Iterator

from wagtail_careers.importing.reading import shortcodes
from wagtail_careers.importing.reading.editor_blocks import comments
from wagtail_careers.importing.reading.shortcodes import Tag
from wagtail_careers.importing.sources.visibility import is_to_come

#: Shortcodes around text that is for members, subscribers or staff.
_RESTRICTING = re.compile(
    r"""(?:\w+[_-])?
    (?:members?(?:[_-]?only|ship)? | private | protect(?:ed)? | restrict\w* | groups_(?:non_)?member
    | (?:is_?)?(?:user_?)?logged(?:_?in)?
    | (?:wpmem|pmpro|mepr|ihc|rcp|s2member|passster|um_show)[\w-]*
    | hide_?content | content_?protect\w* | password_?protect\w*
    | (?:cred_show|ppwp|s2if|wcm_)[\w-]*
    | access | conditional | expired? | hidden | paywall | password | premium | scheduled?
    | subscribers? | timed[_-]content[\w-]* | user_?roles? | visitors? | guests?)
    (?:[_-](?:access|area|block|content|only|page|post|section|text|zone))?
    | (?:intranet | staff | students? | user)(?:[_-](?:area|content|only))? | mm_member_[\w-]*""",
    re.IGNORECASE | re.VERBOSE,
)
#: Shortcodes that show people: “team_member”.
_PEOPLE = re.compile(r"(?:[\w-]*[_-])?(?:team|staff)[_-]members?", re.IGNORECASE)
_SWITCHED_OFF = {
    "disable_element": re.compile("yes"),
    "disabled": re.compile("on"),
    "disabled_on": re.compile(r"on(?:\|on)*"),
    "status": re.compile("draft|pending|private"),
}
#: Names and attributes of blocks that not everybody sees.
_GATED_BLOCK = re.compile(
    r"""wp:(?!\S*team-member)\S*(?:member|paywall|pmpro|premium-content|protector|restrict)
    | "(?:hideBlock|\w*restrict\w*)"\s*+:\s*+true | "blockVisibility"\s*+:\s*+false
    | "controlSets"\s*+:\s*+\[\s*+\{ | "otterConditions"\s*+:\s*+\[\s*+[\[{]
    | "(?:llms_)?visibility"\s*+:\s*+"(?!(?:all|default|everyone|inherit|public|visible)?")
    | "schedul(?:e|ing)"\s*+:\s*+(?:true|\{(?!\s*+\}|[^{}]*"enabled"\s*+:\s*+false))
    | "(?:\w*[mM]embers?Only|\w*[lL]ogged_?[iI]n|requires?Login|is(?:Premium|Private|Protected))"
        \s*+:\s*+(?:true|"(?:on|yes)")
    | "(?:allowed|user)_?[rR]oles"\s*+:\s*+\[\s*+["]""",
    re.VERBOSE,
)


def restricted(html: str) -> Iterator[str]:
    """Yield the shortcode or block around each part of ``html`` that not everybody could see."""
    ended = shortcodes.names_with_end(html)
    for tag in shortcodes.every(html):
        if (tag.name in ended and _is_gate(tag)) or _is_switched_off(tag):
            yield html[tag.start : tag.end]
    for comment in comments(html):
        block = comment.strip()
        if block.startswith("wp:") and _GATED_BLOCK.search(block):
            yield block


def _is_gate(tag: Tag) -> bool:
    is_named = _RESTRICTING.fullmatch(tag.name) and not _PEOPLE.fullmatch(tag.name)
    return bool(is_named) and not tag.is_end


def _is_switched_off(tag: Tag) -> bool:
    date = tag.attributes.get("publish_date")
    return bool(date and is_to_come(date)) or any(
        pattern.fullmatch(tag.attributes.get(name, "")) for name, pattern in _SWITCHED_OFF.items()
    )
