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
#: NUL and half of a surrogate pair are not text. PostgreSQL refuses both, other databases one.
_NOT_TEXT = re.compile(r"[\x00\ud800-\udfff]")
#: Characters that nobody sees, as a class of a regular expression: what Unicode calls default
#: ignorable (soft hyphens, zero-width characters, marks of direction, variation selectors), and
#: the blank pattern of Braille.
INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff"
)
#: Zero-width joiners, which are part of the spelling in scripts from Arabic to those of India.
JOINERS = "\u200c\u200d"
_NOT_SEEN = re.compile(rf"[\s\x00-\x1f\x7f-\x9f{INVISIBLE}{JOINERS}]+")
#: What joins the parts of a name in programs: “api-key”, “apiKey”, “api_key”.
_BETWEEN_PARTS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")
_AT_A_CUT = " .,;:–—-"


def storable(text: str) -> str:
    """Return ``text`` without what databases refuse."""
    return _NOT_TEXT.sub("", text)


def one_line(text: str) -> str:
    """Return ``text`` on one line, with single spaces."""
    return " ".join(text.split())


def name_parts(name: str) -> list[str]:
    """Return the parts of a program's name, in lower case: ``buttonText`` and ``button_text``."""
    return [part.lower() for part in _BETWEEN_PARTS.split(name)]


def seen(text: str) -> str:
    """Return the visible characters of ``text``: no spaces and no ``INVISIBLE``."""
    return _NOT_SEEN.sub("", text)


def has_words(text: str) -> bool:
    """Return True if ``text`` has a visible letter or digit of any script."""
    # Some invisible characters count as letters.
    return any(character.isalnum() for character in seen(text))


def name_key(name: str) -> str:
    """Return a key that is equal for names that sound the same: case and spacing are ignored."""
    return one_line(unicodedata.normalize("NFKC", _NOT_SEEN.sub(" ", name))).casefold()


def shortened(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` characters, with an ellipsis if it had more.

    It is cut after a word, unless that would leave less than half: some texts have no spaces. It
    is never cut at a full stop, because a full stop can also mark an abbreviation.
    """
    if len(text) <= limit:
        return text
    space = text.rfind(" ", limit // 2, limit)
    return f"{text[: space if space > 0 else limit - 1].rstrip(_AT_A_CUT)}…"


def beginning(text: str, limit: int = 80) -> str:
    """Return ``text`` on one line, in at most ``limit`` characters."""
    # The text can be a million characters long, and so can a word or the space between two.
    words = text.split(maxsplit=limit)
    return shortened(" ".join(word[: limit + 1] for word in words), limit)


def plain_text(html: str) -> str:
    """Return the visible text of ``html``, with each run of white space as one space."""
    # Most phrases have no tags. To parse each of them would take most of the time that a page
    # takes to render.
    return one_line(get_text_for_indexing(html) if "<" in html else unescape(html))


def has_text(html: str) -> bool:
    """Return whether ``html`` has any visible text. Called for each section of a page."""
    return is_seen(unescape(_TAG.sub("", html)))


def is_seen(text: str) -> bool:
    """Return whether ``text`` has a visible character: more than spaces and ``INVISIBLE``."""
    return _NOT_SEEN.fullmatch(text) is None and bool(text)


def summary(html: str) -> str:
    """Return the text of ``html`` in at most ``SUMMARY_LENGTH`` characters."""
    return shortened(plain_text(html), SUMMARY_LENGTH)


def sort_key(title: str) -> tuple[str, str]:
    """Return a key that sorts titles as a dictionary does, without regard to accents and case.

    Titles that differ only in accents or case are sorted by their own characters.
    """
    decomposed = unicodedata.normalize("NFKD", title)
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    return letters.casefold(), title
