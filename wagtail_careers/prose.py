"""Values out of rich text: its plain text, a summary of it, and the phrases marked as traits.

Rich text here is Wagtail's database form: HTML that the editor's converter wrote, with
``<mark>`` for traits and ``<a linktype="…">`` for links.
"""

import re
from collections.abc import Iterable
from html import unescape

from wagtail.rich_text import get_text_for_indexing

#: What each rich-text field of a role page offers, so that copying from one to another
#: loses no link and no trait.
INLINE_FEATURES = ("bold", "italic", "link", "document-link", "shared-link", "trait")

#: Below a section's own ``<h2>``, a sub-heading and lists have their place as well. In the
#: introduction, which comes before any ``<h2>``, an ``<h3>`` would skip a level.
PROSE_FEATURES = ("h3", "ol", "ul", *INLINE_FEATURES)

#: Search engines show about this many characters of a description.
SUMMARY_LENGTH = 160

#: A full stop that comes earlier may be that of an abbreviation, as in “At St. Mary’s”.
SHORTEST_SUMMARY = 40

#: What is longer was highlighted by accident and is no quality; it has no place in a record.
MAX_TRAIT_LENGTH = 255

# The converter closes every mark and puts none into another.
_MARK = re.compile(r"<mark\b[^>]*>(.*?)</mark>", re.DOTALL)
# It also closes a mark wherever a link or another style begins or ends, and opens one behind.
_SEAM = re.compile(r"</mark>((?:</?(?:a|b|i)\b[^>]*>)*)<mark\b[^>]*>")
_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_SPACE = re.compile(r"\s+")
_PUNCTUATION = re.escape(" .,;:!?\"'“”‘’«»–—-/…•·*_")
_EDGES = re.compile(f"^[{_PUNCTUATION}]+|[{_PUNCTUATION}]+$")


def plain_text(html: str) -> str:
    """The visible text of ``html``, with each run of white space as one space."""
    # Most phrases have no tags; a parser for each would take most of the time of a page.
    text = get_text_for_indexing(html) if "<" in html else unescape(html)
    return _SPACE.sub(" ", text).strip()


def has_text(html: str) -> bool:
    """Whether ``html`` has any visible text. Asked for each section of a page that is shown."""
    return bool(unescape(_TAG.sub("", html)).strip())


def summary(html: str) -> str:
    """The first sentences of ``html``'s text that fit into ``SUMMARY_LENGTH`` characters.

    If these are none, or too short to say anything, its first words and an ellipsis.
    """
    text = plain_text(html)
    if len(text) <= SUMMARY_LENGTH:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text[: SUMMARY_LENGTH + 1])]
    if ends and ends[-1] >= SHORTEST_SUMMARY:
        return text[: ends[-1]]
    words, _space, _cut = text[:SUMMARY_LENGTH].rpartition(" ")
    return f"{words or text[: SUMMARY_LENGTH - 1]}…"


def trait_phrases(html: str) -> tuple[str, ...]:
    """The phrases marked as traits, in order, each once, without edge punctuation.

    A phrase that is partly bold or linked is one. Two phrases are the same when their keys are
    (see ``trait_key``); the first spelling wins.
    """
    joined = _SEAM.sub(r"\1", html)
    return unique_phrases(plain_text(marked) for marked in _MARK.findall(joined))


def unique_phrases(texts: Iterable[str]) -> tuple[str, ...]:
    """``texts`` trimmed, without those that are too short, too long or came before."""
    phrases: dict[str, str] = {}
    for text in texts:
        phrase = _EDGES.sub("", _SPACE.sub(" ", text))
        key = trait_key(phrase)
        if len(phrase) > 1 and max(len(phrase), len(key)) <= MAX_TRAIT_LENGTH:
            phrases.setdefault(key, phrase)
    return tuple(phrases.values())


def trait_key(phrase: str) -> str:
    """What tells traits apart: case, spacing and surrounding punctuation do not."""
    return _EDGES.sub("", _SPACE.sub(" ", phrase)).casefold()
