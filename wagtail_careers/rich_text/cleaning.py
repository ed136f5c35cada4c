"""The repair of rich text whose meaning is plain: elements without visible text say nothing.

The editor's converter repairs what it stores, and ``html`` what readers get, because scripts store
rich text too.
"""

import re
from collections.abc import Callable

from wagtail_careers.text import has_text, plain_text

_ATTRIBUTES = r"""(?:[^<>"]|"[^"]*")*+"""
#: An element that contains no other element but line breaks.
_INNERMOST = re.compile(
    rf"(?P<start><(?P<tag>(?!br\b)[a-z][a-z0-9]*)\b{_ATTRIBUTES}>)"
    r"(?P<inside>(?:[^<]|<br\s*/?>)*+)</(?P=tag)>",
    re.IGNORECASE,
)
#: The start of what may be an element without text. Nearly all rich text has none.
_SUSPICIOUS = re.compile(
    rf"<(?!/|br\b){_ATTRIBUTES}>(?:[^<\w&]|&#?\w+;|<br\s*/?>)*+</", re.IGNORECASE
)
#: The most elements around one another that are looked through. Editors nest fewer.
_MAX_NESTING = 20
#: Elements that take the place of a line or more. All others are parts of a line.
_BLOCKS = frozenset(
    ("blockquote", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "ul")
)
#: Elements that show something without text.
_NOT_TEXT = frozenset(("embed", "iframe", "object", "td", "th", "video"))
#: A sub-heading directly before another one, or at the end.
_HEADING = re.compile(
    rf"<h(?P<level>[1-6])\b{_ATTRIBUTES}>(?P<text>(?:(?!</?h[1-6]\b).)*+)</h(?P=level)>"
    r"\s*(?:\Z|(?=<h(?P<next>[1-6])\b))",
    re.DOTALL | re.IGNORECASE,
)
#: What is before and after the paragraph that keeps two lists apart.
_LIST_ENDS = re.compile(r"</([ou]l)>\s*\Z", re.IGNORECASE)
_LIST_BEGINS = re.compile(
    r"(?:\s|<p\b[^>]*>(?:[^<\w]|&nbsp;|<br\s*/?>)*</p>)*<([ou]l)\b", re.IGNORECASE
)


def without_empty_elements(html: str) -> str:
    """Return ``html`` without what readers do not see.

    Links and styles around nothing but space leave the space. Paragraphs, sub-headings and items
    of lists without visible text are removed, and so are the lists that have no other items
    (WCAG 1.3.1, 2.4.4, 2.4.6).
    """
    return _without_empty(html, _cleaned)


def without_empty_text(html: str) -> str:
    """Return ``html`` as it is stored: without empty elements, with lists in a row kept apart.

    The editor joins two lists of the same kind that follow each other, so one empty paragraph stays
    between them. Readers do not get it.
    """
    return _without_empty(html, _cleaned_for_storage)


def bare_headings(html: str) -> list[str]:
    """Return the texts of the sub-headings in ``html`` with nothing below them (WCAG 1.3.1).

    That is, a heading of the same or a higher level follows, or the end of the text.
    """
    return [
        plain_text(heading["text"])
        for heading in _HEADING.finditer(without_empty_elements(html))
        if heading["next"] is None or heading["next"] <= heading["level"]
    ]


def _without_empty(html: str, clean: Callable[[re.Match[str]], str]) -> str:
    for _level in range(_MAX_NESTING):
        if not _SUSPICIOUS.search(html):
            break
        before, html = html, _INNERMOST.sub(clean, html)
        if html == before:
            break
    return html


def _cleaned_for_storage(element: re.Match[str]) -> str:
    cleaned = _cleaned(element)
    return f"{element['start']}</p>" if not cleaned and _is_between_lists(element) else cleaned


def _is_between_lists(element: re.Match[str]) -> bool:
    if element["tag"].lower() != "p":
        return False
    before = _LIST_ENDS.search(element.string, max(0, element.start() - 40), element.start())
    after = _LIST_BEGINS.match(element.string, element.end())
    return bool(before and after and before[1].lower() == after[1].lower())


def _cleaned(element: re.Match[str]) -> str:
    tag, inside = element["tag"].lower(), element["inside"]
    if tag in _NOT_TEXT or has_text(inside):
        return element[0]
    if tag in _BLOCKS:
        return ""
    return inside
