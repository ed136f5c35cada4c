"""Plain text from HTML, and a sort order for titles.

HTML here is rich text in Wagtail's database form, as written by the editor's converter.
"""

import re
import unicodedata
from html import unescape

from wagtail.rich_text import get_text_for_indexing

#: The number of characters of a description that search engines show, roughly.
SUMMARY_LENGTH = 160

_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_SPACE = re.compile(r"\s+")
#: NUL and half of a surrogate pair are not text. PostgreSQL refuses both, other databases one.
_NOT_TEXT = re.compile(r"[\x00\ud800-\udfff]")
_AT_A_CUT = " .,;:–—-"


def storable(text: str) -> str:
    """Return ``text`` without what databases refuse."""
    return _NOT_TEXT.sub("", text)


def one_line(text: str) -> str:
    """Return ``text`` on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


def plain_text(html: str) -> str:
    """Return the visible text of ``html``, with each run of white space as one space."""
    # Most phrases have no tags. To parse each of them would take most of the time that a page
    # takes to render.
    return one_line(get_text_for_indexing(html) if "<" in html else unescape(html))


def has_text(html: str) -> bool:
    """Return whether ``html`` has any visible text. Called for each section of a page."""
    return bool(unescape(_TAG.sub("", html)).strip())


def summary(html: str) -> str:
    """Return the text of ``html``, cut after a word and marked with an ellipsis if it is long.

    The result has at most ``SUMMARY_LENGTH`` characters. It is never cut at a full stop, because
    a full stop can also mark an abbreviation.
    """
    text = plain_text(html)
    if len(text) <= SUMMARY_LENGTH:
        return text
    words, _space, _cut = text[:SUMMARY_LENGTH].rpartition(" ")
    return f"{(words or text[: SUMMARY_LENGTH - 1]).rstrip(_AT_A_CUT)}…"


def sort_key(title: str) -> tuple[str, str]:
    """Return a key that sorts titles as a dictionary does, without regard to accents and case.

    Titles that differ only in accents or case are sorted by their own characters.
    """
    decomposed = unicodedata.normalize("NFKD", title)
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    return letters.casefold(), title
