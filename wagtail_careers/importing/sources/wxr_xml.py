"""The XML of a WordPress export: its beginning, and elements for its items.

No entity is expanded and nothing is fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from io import StringIO
from itertools import chain, islice
from typing import Any
from xml.etree.ElementTree import ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse
from django.utils.translation import gettext as _

from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.broken_xml import repaired
from wagtail_careers.importing.sources.posts import Remark, SourceError
from wagtail_careers.importing.sources.repairs import (
    MARKUP,
    Repair,
    has_marks,
    remarks_on,
    repairs_in,
    without_marks,
)
from wagtail_careers.importing.sources.wxr_parts import Part

VERSIONS = ("1.0", "1.1", "1.2")

_WP = re.compile(r"\{https?://(?:www\.)?wordpress\.org/export/[^}]*\}(\w+)")
_NAMES = {
    "{http://purl.org/rss/1.0/modules/content/}encoded": "content",
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
}
_EXCERPT = re.compile(r"\{https?://(?:www\.)?wordpress\.org/export/[^}]*/excerpt/\}encoded")
_CHANNEL = re.compile(r"<channel\b[^<>]*>")
_FACTS = re.compile(
    r"<wp:wxr_version>[^<]*</wp:wxr_version>|<wp:base_blog_url>[^<]*</wp:base_blog_url>"
)
_CLOSING = "</channel></rss>"
_CLOSED = re.compile(r"</rss\s*>")

#: The most namespaces that an export can declare, and the longest name of one.
_MAX_NAMES = 100
_MAX_NAME = 200

#: Fields that people wrote for the page. Only their words are repeated in reports: others may
#: be a password, or what a reader of the old site gave of themselves.
_WRITTEN = frozenset({"category", "content", "excerpt", "title"})


def name_of(element: Any) -> str:
    """Return the name of an element, whatever the version in its namespace."""
    return _name(element.tag)


@lru_cache(maxsize=1000)
def _name(tag: str) -> str:
    if tag in _NAMES:
        return _NAMES[tag]
    if _EXCERPT.fullmatch(tag):
        return "excerpt"
    found = _WP.fullmatch(tag)
    return found[1] if found else tag


def is_closed(text: str) -> bool:
    """Return True if ``text`` has the last line of an export."""
    return bool(_CLOSED.search(text))


@dataclass(frozen=True, slots=True)
class Export:
    """What an export says before its first item, such as the address of its blog, ``home``.

    Its items are parsed with its ``opening``, so that is kept short.
    """

    opening: str
    home: str = ""

    @classmethod
    def begun_by(cls, head: str) -> "Export":
        """Read the beginning of an export. Raises ``SourceError`` if it is not one."""
        head = without_marks(head)
        found = _CHANNEL.search(head)
        export = cls(head[: found.end()] if found else "")
        root = export._before_items(head[found.end() :]) if found else _parsed(head)
        fields = {name_of(each): each.text or "" for each in root.iterfind("channel/*")}
        if root.tag != "rss":
            raise SourceError(_("This is XML, but not a WordPress export: wxr_version is missing."))
        if "wxr_version" not in fields:
            raise SourceError(
                _("This is an RSS feed, not a WordPress export: wxr_version is missing.")
            )
        if (version := fields["wxr_version"].strip()) not in VERSIONS:
            message = _("WXR version “%(version)s” is not supported. Supported: %(known)s.")
            raise SourceError(message % {"version": version, "known": ", ".join(VERSIONS)})
        home = wordpress.clean(fields.get("base_blog_url", ""))
        return replace(export, opening=_with_names_only(export.opening), home=home)

    def item(self, part: Part) -> tuple[Any, tuple[Remark, ...]]:
        """Return the element of an item, and remarks on the repairs in it.

        Raises ``SourceError`` if its XML is broken and cannot be mended.
        """
        try:
            found = self._parsed(part.text, part.line).findall("channel/item")
        except RecursionError as error:
            raise SourceError(_("The item is nested too deeply.")) from error
        if len(found) != 1:
            raise SourceError(_("The item is not in the channel of the export, or does not end."))
        return found[0], remarks_on(_repairs(found[0]))

    def _before_items(self, inside: str) -> Any:
        """Parse what is before the first item; if that is beyond repair, what matters of it."""
        try:
            return self._parsed(inside.partition("</channel>")[0], 1 + self.opening.count("\n"))
        except SourceError:
            return self._parsed("".join(_FACTS.findall(inside)), 1)

    def _parsed(self, inside: str, line: int) -> Any:
        """Parse what is ``inside`` the channel, mended if it is broken."""
        try:
            return fromstring(f"{self.opening}{inside}{_CLOSING}", forbid_dtd=True)
        except (ParseError, DefusedXmlException):
            mended = repaired(inside, self.opening)
            return _parsed(f"{self.opening}{mended}{_CLOSING}", line - self.opening.count("\n"))


def _with_names_only(opening: str) -> str:
    """Return an opening with the namespaces of this one, and nothing else."""
    texts = StringIO(f"{opening}{_CLOSING}")
    names = dict(each for _event, each in iterparse(texts, events=("start-ns",), forbid_dtd=True))
    declared = "".join(
        f" xmlns{':' if prefix else ''}{prefix}='{escape(uri)}'"
        for prefix, uri in islice(names.items(), _MAX_NAMES)
        if len(uri) <= _MAX_NAME
    )
    return f"<rss{declared}><channel>"


def _parsed(text: str, line: int = 1) -> Any:
    """Parse ``text``, which begins at ``line`` of its file. Raises ``SourceError``."""
    try:
        return fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        message = _("The file declares a document type or entities, which WordPress never exports.")
        raise SourceError(message) from error
    except ParseError as error:
        problem = str(error).partition(":")[0]
        message = _("The XML is broken: %(problem)s in line %(line)s.")
        values = {"problem": problem, "line": line + error.position[0] - 1}
        raise SourceError(message % values) from error


def _repairs(item: Any) -> Iterator[Repair]:
    """Yield the repairs in ``item``, and take their marks out of it."""
    for field in item:
        if len(field) and name_of(field) in _WRITTEN:
            _make_text(field)
    values = (value for element in item.iter() for value in element.attrib.values())
    if not has_marks("".join(chain(item.itertext(), values))):
        return
    for field in item:
        name = name_of(field)
        for element in field.iter():
            for text in (element.text, element.tail, *element.attrib.values()):
                for repair in repairs_in(text or ""):
                    yield repair if name in _WRITTEN else Repair(repair.problem, field=name)
            _without_marks(element)


def _make_text(field: Any) -> None:
    """Make text of the elements in ``field``: an exporter forgot to escape them."""
    inside = "".join(tostring(each, encoding="unicode", method="html") for each in field)
    field.text = f"{field.text or ''}{MARKUP}{inside}"
    for each in tuple(field):
        field.remove(each)


def _without_marks(element: Any) -> None:
    element.text = without_marks(element.text or "")
    element.tail = without_marks(element.tail or "")
    for name, value in element.attrib.items():
        element.set(name, without_marks(value))
