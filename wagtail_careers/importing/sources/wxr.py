"""WordPress's own exports: WordPress eXtended RSS, 1.0 to 1.2, read one item at a time.

The format has no schema. What is read here is what ``wp-admin/includes/export.php`` writes
(https://developer.wordpress.org/reference/functions/export_wp/).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.text import slugify

from wagtail_careers.importing.sources import post_types, wordpress
from wagtail_careers.importing.sources.posts import (
    Draft,
    Problem,
    Reading,
    Skipped,
    SourceError,
    Term,
)

VERSIONS = ("1.0", "1.1", "1.2")

#: A role page has a few thousand characters. What has more than this is no page of words.
MAX_CONTENT = 1_000_000

_WP = re.compile(r"\{https?://(?:www\.)?wordpress\.org/export/[^}]*\}(\w+)")
_NAMES = {
    "{http://purl.org/rss/1.0/modules/content/}encoded": "content",
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
}
_EXCERPT = re.compile(r"\{https?://(?:www\.)?wordpress\.org/export/[^}]*/excerpt/\}encoded")

NOT_KEPT = frozenset({"auto-draft", "inherit", "trash"})
#: What is text, and so has no elements in it. Markup stands in CDATA.
_TEXTS = frozenset({"content", "excerpt", "title"})
_UNSORTED = frozenset({"uncategorized", "uncategorised"})


def read_items(file: Any, source: str) -> Iterator[Reading]:
    """The items of an export, each as soon as it is complete.

    Raises ``SourceError`` where the file is no export or its XML ends too soon; what was
    complete before that has been given by then. No entity is expanded and nothing is fetched.
    """
    number = 0
    try:
        for element in _items(file):
            number += 1
            yield _read_item(element, f"{source}, item {number}")
    except DefusedXmlException as error:
        raise SourceError(
            "it declares a document type or entities, which no WordPress export does"
        ) from error
    except ParseError as error:
        raise SourceError(f"its XML is broken: {error} ({_read_before(number)})") from error
    except (UnicodeError, ValueError, LookupError) as error:
        raise SourceError(f"its encoding cannot be read: {error}") from error


def _read_before(number: int) -> str:
    return f"{number} item{'' if number == 1 else 's'} before that"


def _items(file: Any) -> Iterator[Any]:
    """The ``item`` elements. All that was read before is freed, so that memory stays flat."""
    path: list[Any] = []
    version = ""
    for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            continue
        path.pop()
        name = _name(element)
        if name == "wxr_version":
            version = (element.text or "").strip()
            if version not in VERSIONS:
                raise SourceError(
                    f"WXR version “{version}” is not known; known are {', '.join(VERSIONS)}"
                )
        elif name == "item" and [_name(parent) for parent in path] == ["rss", "channel"]:
            if not version:
                raise SourceError("it has no wxr_version: RSS, but no WordPress export")
            yield element
        if len(path) == 2:  # Children of the channel.
            path[-1].clear()
        if not path and not version:
            raise SourceError("it has no wxr_version: XML, but no WordPress export")


def _name(element: Any) -> str:
    """The name of an element whatever the version in its namespace."""
    tag: str = element.tag
    if tag in _NAMES:
        return _NAMES[tag]
    if _EXCERPT.fullmatch(tag):
        return "excerpt"
    found = _WP.fullmatch(tag)
    return found[1] if found else tag


def _read_item(item: Any, source: str) -> Reading:
    fields = {_name(child): child.text or "" for child in item}
    title = wordpress.plain(fields.get("title", ""))
    if title:
        source = f"{source} (“{title[:60]}”)"
    kind = fields.get("post_type", "").strip() or "post"
    status = fields.get("status", "").strip() or "publish"
    if owner := post_types.owner_of(kind):
        return Skipped(source, title, f"a record of {owner}, of the type {kind}")
    if status in NOT_KEPT:
        return Skipped(source, title, f"its status is {status}")
    torn = [_name(child) for child in item if len(child) and _name(child) in _TEXTS]
    if torn:
        return Problem(source, f"its {' and its '.join(torn)} holds elements of XML, not only text")
    missing = [name for name in ("title", "content", "post_id") if name not in fields]
    if missing:
        return Problem(source, f"it has no {' and no '.join(missing)}")
    if not title:
        return Problem(source, "its title is empty")
    content = fields["content"]
    if len(content) > MAX_CONTENT:
        return Problem(source, f"its content has {len(content):,} characters, too many for a page")
    return _draft(item, fields, source=source, title=title, kind=kind, status=status)


def _draft(
    item: Any, fields: dict[str, str], *, source: str, title: str, kind: str, status: str
) -> Draft:
    post_id = wordpress.clean(fields["post_id"])
    permalink = wordpress.clean(fields.get("link", "")) or wordpress.clean(fields.get("guid", ""))
    if fields.get("post_password", "").strip():
        status = "password"
    return Draft(
        key=wordpress.identity(permalink, post_id, source),
        source=source,
        title=title,
        content=fields["content"],
        post_id=post_id,
        permalink=permalink,
        slug=wordpress.clean(fields.get("post_name", "")) or wordpress.slug_of(permalink),
        published_at=_when(fields),
        author=wordpress.clean(fields.get("creator", "")),
        excerpt=wordpress.plain(fields.get("excerpt", "")),
        status=status,
        kind=kind,
        categories=tuple(dict.fromkeys(_terms(item))),
    )


def _when(fields: dict[str, str]) -> datetime | None:
    universal = wordpress.parse_date(fields.get("post_date_gmt", ""))
    if universal:
        return universal.replace(tzinfo=UTC)
    return wordpress.parse_date(fields.get("post_date", ""))


def _terms(item: Any) -> Iterator[Term]:
    """The categories of an item. Exports of version 1.0 name each twice, once without a domain."""
    for element in item.iter("category"):
        name = wordpress.plain(element.text or "")
        slug = unquote(wordpress.clean(element.get("nicename", ""))) or slugify(name)
        if element.get("domain") == "category" and name and slug and slug not in _UNSORTED:
            yield Term(slug[:255], name[:255])
