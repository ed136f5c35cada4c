"""WordPress exports: WordPress eXtended RSS (WXR) 1.0 to 1.2, read one item at a time.

The format has no schema. This module reads what ``wp-admin/includes/export.php`` writes
(https://developer.wordpress.org/reference/functions/export_wp/).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import unquote

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_careers.importing.sources import fields as custom_fields
from wagtail_careers.importing.sources import post_types, wordpress
from wagtail_careers.importing.sources.footnotes import FOOTNOTES, with_footnotes
from wagtail_careers.importing.sources.posts import (
    CATEGORY,
    Attachment,
    Comments,
    Notice,
    Post,
    Refusal,
    Remark,
    Skipped,
    SourceEntry,
    SourceError,
    Term,
)
from wagtail_careers.importing.sources.repairs import without_marks
from wagtail_careers.importing.sources.visibility import PUBLISHED, status_of_fields, status_of_item
from wagtail_careers.importing.sources.wxr_parts import Part, parts
from wagtail_careers.importing.sources.wxr_xml import Export, is_closed, name_of

#: Role pages have a few thousand characters. Longer content is not a page of text.
MAX_CONTENT = 1_000_000

#: What may be between and after items.
_AROUND_ITEMS = re.compile(r"<!--(?:(?!-->).)*+(?:-->|\Z)|</channel\s*>|</rss\s*>", re.DOTALL)

NOT_KEPT = frozenset({"auto-draft", "inherit", "trash"})
_UNSORTED = frozenset({"uncategorized", "uncategorised"})
#: The elements of an item that WordPress itself writes. Others are fields of plug-ins.
_OF_WORDPRESS = frozenset(
    """
    attachment_url category comment comment_status content creator description encoded excerpt guid
    is_sticky link menu_order ping_status post_date post_date_gmt post_id post_modified
    post_modified_gmt post_name post_parent post_password post_type postmeta pubDate status title
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)

#: The custom field that has a slug from before a post got another one.
_OLD_SLUG = "_wp_old_slug"
#: The custom field that has the ID of the featured image.
_FEATURED_IMAGE = "_thumbnail_id"


def read_items(texts: Iterable[str], source: str) -> Iterator[SourceEntry]:
    """Read the items of an export, whose text comes in ``texts``, each as soon as it is complete.

    An item with broken XML is mended or refused alone. Raises ``SourceError`` if the text is not
    an export or ends too early; all items before that point have been yielded by then.
    """
    pieces = parts(texts)
    last = next(pieces)
    export, number, outside = Export.begun_by(last.text), 0, 0
    for last in pieces:
        if not last.is_item:
            outside += _words_outside(last.text)
        elif not last.is_cut_off:
            number += 1
            yield _read_part(export, last, f"{source}, item {number}")
    if outside:
        message = _("Text outside of the posts was left out (words: %(words)s).")
        yield Notice(source, message % {"words": outside})
    if last.is_cut_off or not is_closed(last.text):
        message = ngettext(
            "The XML is broken: the file ends too early. %(number)s item was read before that.",
            "The XML is broken: the file ends too early. %(number)s items were read before that.",
            number,
        )
        raise SourceError(message % {"number": number})
    if not number:
        yield Notice(source, _("The export has no items."))


def _words_outside(xml: str) -> int:
    """Count the words between or after items, where only the end of the channel belongs.

    They are not shown: what follows a broken item can be a reader's comment.
    """
    return len(wordpress.plain(without_marks(_AROUND_ITEMS.sub(" ", xml))).split())


def _read_part(export: Export, part: Part, source: str) -> SourceEntry:
    if not part.text:
        return Refusal(source, _("The item is too long for a page."))
    try:
        item, remarks = export.item(part)
        return _read_item(item, source, export.home, remarks)
    except SourceError as error:
        return Refusal(source, str(error))
    except RecursionError:
        return Refusal(source, _("The item is nested too deeply."))


def too_long(content: str) -> str:
    """Say that ``content`` is longer than ``MAX_CONTENT``."""
    message = _("The content has %(number)s characters, which is too many for a page.")
    return message % {"number": f"{len(content):,}"}


def not_kept(status: str) -> str:
    """Say that posts with this ``status`` are skipped."""
    return _("The status is “%(status)s”.") % {"status": status}


def _read_item(item: Any, source: str, home: str, remarks: tuple[Remark, ...]) -> SourceEntry:
    fields = {name_of(child): child.text or "" for child in item}
    title = wordpress.plain(fields.get("title", ""))
    if title:
        source = f"{source} (“{title[:60]}”)"
    kind = fields.get("post_type", "").strip() or "post"
    statuses = [child.text or "" for child in item if name_of(child) == "status"]
    status = status_of_item(statuses, fields.get("post_password", ""), _when(fields))
    if owner := post_types.owner_of(kind):
        reason = _("Not a page: the type is “%(type)s” (%(owner)s).")
        skipped = Skipped(source, title, reason % {"owner": owner, "type": kind})
        is_file = kind == post_types.ATTACHMENT
        return _attachment(item, fields, skipped, home) if is_file else skipped
    if status in NOT_KEPT:
        return Skipped(source, title, not_kept(status))
    missing = [name for name in ("title", "content", "post_id") if name not in fields]
    if missing:
        message = _("These elements are missing: %(names)s.")
        return Refusal(source, message % {"names": ", ".join(missing)})
    content = fields["content"]
    if len(content) > MAX_CONTENT:
        return Refusal(source, too_long(content))
    post = _post(item, fields, source=source, home=home, title=title, kind=kind, status=status)
    doubts = () if post.published_at else wordpress.doubts_about(fields.get("post_date", ""))
    return replace(post, remarks=(*remarks, *doubts))


def _post(
    item: Any,
    fields: dict[str, str],
    *,
    source: str,
    home: str,
    title: str,
    kind: str,
    status: str,
) -> Post:
    post_id = wordpress.clean(fields["post_id"])
    # WordPress stores the ampersand in a guid as an entity of its own.
    guid = unescape(wordpress.clean(fields.get("guid", "")))
    permalink = wordpress.clean(fields.get("link", "")) or guid
    meta = list(_meta(item))
    content, meta = _with_footnotes(fields["content"], meta)
    excerpt = wordpress.plain(fields.get("excerpt", ""))
    metadata = custom_fields.of_meta(meta, has_excerpt=bool(excerpt))
    terms = tuple(dict.fromkeys(_terms(item)))
    if status == PUBLISHED:
        status = status_of_fields(meta) or status
    return Post(
        key=wordpress.identity(home, permalink, post_id, source),
        source=source,
        title=title,
        content=content,
        post_id=post_id,
        permalink=permalink,
        home=home,
        guid=guid,
        slug=unquote(wordpress.clean(fields.get("post_name", ""))) or wordpress.slug_of(permalink),
        published_at=_when(fields),
        author=wordpress.clean(fields.get("creator", "")),
        excerpt=excerpt,
        excerpt_html=fields.get("excerpt", ""),
        status=status,
        kind=kind,
        categories=tuple(term for term in terms if term.taxonomy == CATEGORY),
        description=metadata.description,
        fields=metadata.fields,
        terms=tuple(term for term in terms if term.taxonomy != CATEGORY),
        comments=_comments(item),
        has_password=bool(fields.get("post_password", "").strip()),
        featured_image=wordpress.clean(dict(meta).get(_FEATURED_IMAGE, "")),
        old_slugs=tuple(
            dict.fromkeys(wordpress.clean(value) for key, value in meta if key == _OLD_SLUG)
        ),
    )


def _attachment(item: Any, fields: dict[str, str], skipped: Skipped, home: str) -> Attachment:
    meta = dict(_meta(item))
    file = wordpress.clean(meta.get("_wp_attached_file", ""))
    address = wordpress.clean(fields.get("attachment_url", "")) or (file and f"/uploads/{file}")
    return Attachment(
        skipped.source,
        skipped.title,
        skipped.reason,
        post_id=wordpress.clean(fields.get("post_id", "")),
        permalink=wordpress.clean(fields.get("link", "")) or address,
        address=address or wordpress.clean(fields.get("guid", "")),
        alt=wordpress.plain(meta.get("_wp_attachment_image_alt", "")),
        caption=wordpress.plain(fields.get("excerpt", "")),
        description=wordpress.plain(fields.get("content", "")),
        parent=wordpress.clean(fields.get("post_parent", "")),
        home=home,
    )


def _when(fields: dict[str, str]) -> datetime | None:
    universal = wordpress.parse_date(fields.get("post_date_gmt", ""))
    if universal:
        return universal.replace(tzinfo=UTC)
    return wordpress.parse_date(fields.get("post_date", ""))


def _terms(item: Any) -> Iterator[Term]:
    """Yield the terms of an item. Version 1.0 has each twice, once without a domain."""
    for element in item.iter("category"):
        taxonomy = wordpress.clean(element.get("domain", ""))
        name = wordpress.plain(element.text or "")
        slug = unquote(wordpress.clean(element.get("nicename", ""))) or slugify(name)
        is_unsorted = taxonomy == CATEGORY and slug in _UNSORTED
        if not taxonomy or custom_fields.is_bookkeeping_taxonomy(taxonomy):
            continue
        if name and slug and not is_unsorted:
            yield Term(slug[:255], name[:255], taxonomy)


def _meta(item: Any) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of an item's custom fields, and of elements of plug-ins."""
    for element in item:
        name = name_of(element)
        if name == "postmeta":
            found = {name_of(child): child.text or "" for child in element}
            yield found.get("meta_key", ""), found.get("meta_value", "")
        elif name not in _OF_WORDPRESS:
            yield name.rpartition("}")[2], "".join(element.itertext())


def _with_footnotes(content: str, meta: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """Return the content with its footnotes, and the custom fields without them."""
    for pair in meta:
        key, value = pair
        complete = with_footnotes(content, value) if key == FOOTNOTES else None
        if complete is not None:
            return complete, [each for each in meta if each is not pair]
    return content, meta


def _comments(item: Any) -> Comments:
    texts = [
        wordpress.plain(child.text or "")
        for element in item
        if name_of(element) == "comment"
        for child in element
        if name_of(child) == "comment_content"
    ]
    return Comments(len(texts), sum(len(text.split()) for text in texts))
