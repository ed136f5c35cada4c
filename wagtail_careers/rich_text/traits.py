"""The phrases that editors mark as traits, read from rich text.

A trait is an inline style. The database form has ``<mark>`` around the phrase.
"""

import re
from collections.abc import Iterable

from wagtail_careers.text import plain_text

#: The longest trait. A longer phrase does not fit in a record, and was highlighted by accident.
MAX_TRAIT_LENGTH = 255

# The converter closes every mark and never nests marks.
_MARK = re.compile(r"<mark\b[^>]*>(.*?)</mark>", re.DOTALL)
# Where a link or another style begins or ends, the converter closes a mark and opens a new one.
_SEAM = re.compile(r"</mark>((?:</?(?:a|b|i)\b[^>]*>)*)<mark\b[^>]*>")
_PUNCTUATION = re.escape(" .,;:!?\"'“”‘’«»–—-/…•·*_")
_EDGES = re.compile(f"^[{_PUNCTUATION}]+|[{_PUNCTUATION}]+$")
_SPACE = re.compile(r"\s+")


def trait_phrases(html: str) -> tuple[str, ...]:
    """Return the phrases marked as traits, in order, each once, without edge punctuation.

    A phrase that is partly bold or linked is one phrase. Two phrases are the same if they have
    the same key (see ``trait_key``), and the first spelling is kept.
    """
    joined = _SEAM.sub(r"\1", html)
    return unique_phrases(plain_text(marked) for marked in _MARK.findall(joined))


def unique_phrases(texts: Iterable[str]) -> tuple[str, ...]:
    """Return ``texts`` trimmed, without repetitions and without texts too short or too long."""
    phrases: dict[str, str] = {}
    for text in texts:
        phrase = _trimmed(text)
        key = trait_key(phrase)
        if len(phrase) > 1 and max(len(phrase), len(key)) <= MAX_TRAIT_LENGTH:
            phrases.setdefault(key, phrase)
    return tuple(phrases.values())


def trait_key(phrase: str) -> str:
    """Return the key of a trait: the phrase without case, extra spacing and edge punctuation."""
    return _trimmed(phrase).casefold()


def _trimmed(text: str) -> str:
    return _EDGES.sub("", _SPACE.sub(" ", text))
