"""The phrases that editors mark as traits, read from rich text.

A trait is an inline style. The database form has ``<mark>`` around the phrase.
"""

import re
import unicodedata
from collections.abc import Iterable

from wagtail_careers.text import INVISIBLE, JOINERS, plain_text

#: The longest trait. A longer phrase does not fit in a record, and was highlighted by accident.
MAX_TRAIT_LENGTH = 255

# The converter closes every mark and never nests marks.
_MARK = re.compile(r"<mark\b[^>]*>(.*?)</mark>", re.DOTALL)
# Where a link, a language or another style begins or ends, the converter closes a mark and opens a
# new one.
_SEAM = re.compile(r"</mark>((?:</?(?:a|b|i|span)\b[^>]*>)*)<mark\b[^>]*>")
_PHRASE = re.compile(rf"<mark\b[^>]*>.*?(?:{_SEAM.pattern}.*?)*</mark>", re.DOTALL)
_MARK_TAG = re.compile(r"</?mark\b[^>]*>")

_APOSTROPHES = "'\u2019\u2018\u201b`\u00b4\u02b9\u02bb\u02bc\u2032\u2035\uff07"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u02d7\ufe58\ufe63\uff0d"
_QUOTATION_MARKS = '"\u201c\u201d\u201e\u201f\u2033\uff02'
_FOLDED = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_QUOTATION_MARKS, '"')
)
_PUNCTUATION = re.escape(f" .,;:!?«»/…•·*_{_APOSTROPHES}{_HYPHENS}{_QUOTATION_MARKS}")
_EDGES = re.compile(f"^[{_PUNCTUATION}]+|[{_PUNCTUATION}]+$")
_SPACE = re.compile(r"\s+")
# Names keep joiners in the scripts whose spelling has them.
_INVISIBLE = re.compile(rf"[{INVISIBLE}]|(?<![\u0600-\u1cff])[{JOINERS}]")
_WITHOUT_JOINERS = str.maketrans("", "", JOINERS)


def trait_phrases(*texts: str) -> tuple[str, ...]:
    """Return the phrases marked as traits in rich texts, in order, each once and trimmed.

    A phrase that is partly bold or linked is one phrase. Two phrases are the same if they have
    the same key (see ``trait_key``), and the first spelling is kept.
    """
    return unique_phrases(marked for html in texts for marked in marked_texts(html))


def marked_texts(html: str) -> list[str]:
    """Return the texts marked as traits, in order, as they are: long, short or repeated."""
    joined = _SEAM.sub(r"\1", html)
    return [plain_text(marked) for marked in _MARK.findall(joined)]


def with_highlights(html: str, listed: Iterable[str] | None = None) -> str:
    """Return ``html`` with its traits highlighted, and as plain text those that are not ``listed``.

    Readers of a role page get a list of its traits, too. What is highlighted and not listed would
    confuse them. Without a list, all traits are highlighted.
    """
    if "<mark" not in html:
        return html
    keys = None if listed is None else {trait_key(phrase) for phrase in listed}

    def shown(phrase: re.Match[str]) -> str:
        text = phrase[0]
        if keys is None or trait_key(trimmed(plain_text(text))) in keys:
            return re.sub(r"<mark\b[^>]*>", '<mark class="careers-trait">', text)
        return _MARK_TAG.sub("", text)

    return _PHRASE.sub(shown, html)


def unique_phrases(texts: Iterable[str]) -> tuple[str, ...]:
    """Return ``texts`` trimmed, without repetitions and without texts too short or too long."""
    phrases: dict[str, str] = {}
    for text in texts:
        phrase = trimmed(text)
        if not is_too_short(phrase) and not is_too_long(phrase):
            phrases.setdefault(trait_key(phrase), phrase)
    return tuple(phrases.values())


def is_too_short(phrase: str) -> bool:
    """Return whether ``phrase`` is a single character, or punctuation only."""
    return len(trimmed(phrase)) < 2 or not trait_key(phrase)


def is_too_long(phrase: str) -> bool:
    """Return whether ``phrase`` or its key does not fit in a record."""
    return max(len(visible(phrase)), len(trait_key(phrase))) > MAX_TRAIT_LENGTH


def trait_key(phrase: str) -> str:
    """Return the key of a trait, which is equal for all spellings of one phrase.

    It ignores case, spacing, edge punctuation, Unicode form, invisible characters, and which
    apostrophe, hyphen or quotation mark was typed.
    """
    # Fold before NFKC, which makes a space and an accent of a spacing accent, and again after
    # ``casefold``, which can leave characters in another form.
    folded = visible(phrase).translate(_FOLDED).translate(_WITHOUT_JOINERS)
    folded = unicodedata.normalize("NFKC", folded).casefold()
    return _EDGES.sub("", _one_spaced(unicodedata.normalize("NFKC", folded).translate(_FOLDED)))


def trimmed(phrase: str) -> str:
    """Return ``phrase`` as it is shown and recorded: visible, without edge punctuation."""
    return _EDGES.sub("", visible(phrase))


def visible(phrase: str) -> str:
    """Return ``phrase`` composed (NFC), with single spaces and without invisible characters."""
    return _one_spaced(unicodedata.normalize("NFC", _INVISIBLE.sub("", phrase)))


def _one_spaced(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
