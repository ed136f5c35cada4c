"""A second reader of posts and pages, which shares no code with the import.

It reads the HTML with html5lib and tells words apart as browsers show them: it knows the elements
that join words to their neighbours, where the import knows those that part them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

import html5lib

#: Elements whose text continues the word before it. All others begin a new one.
JOINING = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math mi nobr
    q rp rt ruby s samp script small span strike strong style sub sup template time tt u var wbr
    noscript svg text title
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Elements that browsers show nothing of.
UNSEEN = frozenset(
    """
    audio canvas datalist embed frame frameset head iframe noembed noframes noscript object script
    style svg template title video
    """.split()  # noqa: SIM905
)
#: Elements that say that their text no longer counts.
STRUCK_OUT = frozenset({"del", "s", "strike"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


@dataclass(frozen=True)
class Piece:
    """A stretch of text. ``is_shown`` is false if readers do not see it, or see it struck out."""

    text: str
    is_shown: bool = True


#: The pieces of one word, without space between them.
Word = tuple[Piece, ...]

_SPACE = Piece(" ")


def shown(word: Word) -> str:
    return "".join(piece.text for piece in word if piece.is_shown)


def not_shown(word: Word) -> str:
    return "".join(piece.text for piece in word if not piece.is_shown)


def source_words(html: str, shortcode: re.Pattern[str]) -> list[Word]:
    """All words of a post, in order. Nobody sees a tag that matches ``shortcode``."""
    pieces = _pieces(_body(html), is_shown=True)
    return list(_words(part for piece in pieces for part in _without_tags(piece, shortcode)))


def page_words(html: str) -> list[str]:
    """The words of a page that readers see, in order."""
    words = _words(_pieces(_body(html), is_shown=True))
    return [text for word in words if (text := shown(word))]


def _body(html: str) -> Element:
    parsed = html5lib.parse(f"<!doctype html><body>{html}", namespaceHTMLElements=False)
    return parsed.find("body") if parsed.find("body") is not None else parsed


def _pieces(element: Element, *, is_shown: bool) -> Iterator[Piece]:
    """Pieces of text in order, with spaces between what is apart on the page."""
    if not isinstance(element.tag, str):
        return  # A comment.
    is_shown = is_shown and _is_shown(element)
    parting = [_SPACE] if _is_apart(element) else []
    yield from parting
    yield Piece(element.text or "", is_shown)
    after_link = False
    for child in element:
        if _is_link(child) and after_link:
            yield _SPACE  # Two links side by side are two to readers, whatever is between them.
        yield from _pieces(child, is_shown=is_shown)
        yield Piece(child.tail or "", is_shown)
        after_link = _is_link(child) and not child.tail
    yield from parting


def _is_link(element: Element) -> bool:
    return element.tag == "a" and element.get("href") is not None


def _is_apart(element: Element) -> bool:
    """Whether browsers, or the styles of the editor's buttons, set an element apart."""
    return _name(element) not in JOINING or "button" in element.get("class", "")


def _is_shown(element: Element) -> bool:
    return (
        _name(element) not in UNSEEN | STRUCK_OUT
        and element.get("hidden") is None
        and not _HIDDEN_STYLE.search(element.get("style", ""))
    )


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _without_tags(piece: Piece, shortcode: re.Pattern[str]) -> Iterator[Piece]:
    at = 0
    for tag in shortcode.finditer(piece.text):
        before = replace(piece, text=piece.text[at : tag.start()])
        yield from (before, _SPACE, Piece(tag.group(), is_shown=False), _SPACE)
        at = tag.end()
    yield replace(piece, text=piece.text[at:])


def _words(pieces: Iterable[Piece]) -> Iterator[Word]:
    word: list[Piece] = []
    for piece in pieces:
        for text in re.findall(r"\s+|\S+", piece.text):
            if not text.isspace():
                word.append(replace(piece, text=text))
            elif word:
                yield tuple(word)
                word = []
    if word:
        yield tuple(word)
