"""Plain text out of HTML, and the order that readers expect of titles.

HTML here is rich text in Wagtail's database form, which the editor's converter wrote.
"""

import re
import unicodedata
from html import unescape

from wagtail.rich_text import get_text_for_indexing

#: Search engines show about this many characters of a description.
SUMMARY_LENGTH = 160

_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_SPACE = re.compile(r"\s+")
_AT_A_CUT = " .,;:–—-"


def one_line(text: str) -> str:
    """Return ``text`` on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


def plain_text(html: str) -> str:
    """Return the visible text of ``html``, with each run of white space as one space."""
    # Most phrases have no tags. Parsing each of them would take most of the time of a page.
    return one_line(get_text_for_indexing(html) if "<" in html else unescape(html))


def has_text(html: str) -> bool:
    """Return whether ``html`` has any visible text. Called for each section of a page."""
    return bool(unescape(_TAG.sub("", html)).strip())


def summary(html: str) -> str:
    """Return the text of ``html``, cut after a word and marked with an ellipsis if it is long.

    The result has at most ``SUMMARY_LENGTH`` characters. It is never cut at a full stop,
    because a full stop does not tell the end of a sentence from an abbreviation.
    """
    text = plain_text(html)
    if len(text) <= SUMMARY_LENGTH:
        return text
    words, _space, _cut = text[:SUMMARY_LENGTH].rpartition(" ")
    return f"{(words or text[: SUMMARY_LENGTH - 1]).rstrip(_AT_A_CUT)}…"


def sort_key(title: str) -> tuple[str, str]:
    """Return a key that sorts titles as a dictionary does: accents and case do not count.

    Titles that differ in nothing else are told apart by their own characters.
    """
    decomposed = unicodedata.normalize("NFKD", title)
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    return letters.casefold(), title
