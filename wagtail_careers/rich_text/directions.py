"""The direction of paragraphs in rich text that are in another script than their page."""

import re
import unicodedata

from wagtail_careers.text import plain_text

#: The opening tag of a block of text, and the text up to the next block that begins or ends.
_BLOCK = re.compile(
    r"<(p|li|h[2-6]|blockquote)\b([^<>]*)>((?:(?!</?(?:p|li|ul|ol|h[2-6]|blockquote)\b).)*)",
    re.DOTALL,
)
#: A character of a script that is written from right to left, or a reference to any character.
_MAYBE_RTL = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]|&#"
)


def with_directions(html: str, *, is_rtl: bool) -> str:
    """Return ``html`` with ``dir="auto"`` on each block of text that runs the other way.

    ``is_rtl`` is the direction of the page. The first character with a direction decides that of a
    block, as it does in browsers
    (https://html.spec.whatwg.org/multipage/dom.html#the-dir-attribute). Ordinary text of a page
    from left to right costs one search.
    """
    if not is_rtl and ((html.isascii() and "&#" not in html) or not _MAYBE_RTL.search(html)):
        return html
    return _BLOCK.sub(lambda match: _with_direction(match, is_rtl), html)


def runs_from_right_to_left(text: str) -> bool | None:
    """Return the direction of ``text``, or None if no character of it has one."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return None


def _with_direction(match: re.Match[str], is_rtl: bool) -> str:
    tag, attributes, content = match.groups()
    own = runs_from_right_to_left(plain_text(content))
    if own in (None, is_rtl) or "dir=" in attributes:
        return match[0]
    return f'<{tag} dir="auto"{attributes}>{content}'
