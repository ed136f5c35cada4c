"""Pages as checks of links read them: what they are called, and the places in them."""

import codecs
import re
from functools import cached_property
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from wagtail_careers.link_checks.not_found import is_not_found
from wagtail_careers.web.client import Answer

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
#: The part of a page in which browsers look for its encoding.
_SCANNED = 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What these names mean to browsers (https://encoding.spec.whatwg.org/#names-and-labels).
_WINDOWS = "windows-1252"
_LATIN = frozenset({"ascii", "iso8859-1"})


class Page:
    """The HTML of an answer."""

    def __init__(self, html: str, *, is_whole: bool) -> None:
        self.html = html
        self.is_whole = is_whole

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    @property
    def says_not_found(self) -> bool:
        """Return whether the title or the first heading says that there is no such page."""
        return any(
            is_not_found(node.text())
            for node in (self.tree.css_first("head > title"), self.tree.css_first("h1"))
            if node
        )

    def lacks(self, fragment: str) -> bool:
        """Return whether the page has no place with this name, as far as its markup shows.

        A fragment can also be a route or a state that a script of the page reads, and a script
        can add what is missing. A page without a heading is probably all made by one.
        """
        fragment = fragment.partition(":~:")[0]
        is_for_scripts = fragment.startswith(("!", "/")) or "=" in fragment
        if not fragment or fragment.lower() == "top" or is_for_scripts or not self.is_whole:
            return False
        if self.tree.css_first("h1, h2, h3, h4, h5, h6") is None:
            return False
        return {fragment, unquote(fragment)}.isdisjoint(self._places())

    def _places(self) -> set[str | None]:
        ids = {node.attributes["id"] for node in self.tree.css("[id]")}
        return ids | {node.attributes["name"] for node in self.tree.css("a[name]")}


def read_page(answer: Answer) -> Page | None:
    """Return the page in an answer, or None if it is not HTML or compressed."""
    kind, _semicolon, parameters = answer.headers.get("content-type", "").partition(";")
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if kind.strip().lower() not in _HTML or encoding != "identity" or not answer.body:
        return None
    return Page(_decode(answer.body, parameters), is_whole=answer.is_whole)


def _decode(body: bytes, parameters: str) -> str:
    """Decode a page as browsers do: byte order mark, header, ``<meta>``, then a guess."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.removeprefix(mark).decode(name, "replace")
    declared = _CHARSET.search(parameters)
    meta = _META_CHARSET.search(body[:_SCANNED])
    name = declared[1] if declared else meta[1].decode("ascii") if meta else "utf-8"
    try:
        if codecs.lookup(name).name in _LATIN:
            name = _WINDOWS
        # Python has more encodings than browsers, and some of them cannot replace.
        return body.decode(name, "replace" if declared or meta else "strict")
    except (LookupError, ValueError):
        return body.decode(_WINDOWS, "replace")
