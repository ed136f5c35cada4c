"""Posts in files of their own: front matter, then HTML or Markdown.

The Git-sync plug-ins of WordPress write such files, and so do exporters to Jekyll and Hugo.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import Any
from urllib.parse import unquote

from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail_careers.importing.sources import (
    fields,
    front_matter,
    markdown,
    visibility,
    wordpress,
)
from wagtail_careers.importing.sources.posts import CATEGORY, Post, Remark, SourceError, Term
from wagtail_careers.importing.sources.repairs import Repair, remarks_on, repairs_in, without_marks

_NOTHING = frozenset({"null", "~"})
_TITLES = ("post_title", "title")
_EXCERPTS = ("post_excerpt", "excerpt")
#: Instructions of Hugo, Jekyll, Liquid and kramdown, and footnotes, which CommonMark does not have.
_INSTRUCTION = re.compile(
    r"\{\{[^{}\n]++\}\}|\{%[^%\n]++%\}|\{[:#][^{}\n]++\}|\[\^[^\[\]\n]{1,50}\]"
)
_MAX_INSTRUCTIONS = 20


class _Front(Mapping[str, Any]):
    """Front matter that knows which of its keys were read."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._read = {key for key, value in values.items() if visibility.reads(key, value)}

    def __getitem__(self, key: str) -> Any:
        value = self._values[key]
        if isinstance(value, str):  # Nothing that is read is more than a text.
            self._read.add(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def listed(self, *names: str) -> list[str]:
        """Return the texts under the first of ``names``: a list, or one text with commas."""
        for name in names:
            value = self._values.get(name)
            texts = value.split(",") if isinstance(value, str) else value
            if isinstance(texts, list) and all(isinstance(each, str) for each in texts):
                self._read.add(name)
                return texts
        return []

    def unread(self) -> dict[str, Any]:
        """Return what has not been read yet."""
        return {str(key): each for key, each in self._values.items() if key not in self._read}


def read_post(text: str, source: str) -> Post:
    """Read the post in ``text``; ``source`` names the file. Raises ``SourceError``."""
    front, content = front_matter.divided(text.lstrip("\ufeff").replace("\r\n", "\n"))
    try:
        return _read(front, content, source)
    except ValueError as error:
        message = _("The front matter cannot be read: %(error)s.")
        raise SourceError(message % {"error": error}) from error


def _read(marked: Mapping[str, Any], content: str, source: str) -> Post:
    """Read a post whose front matter and content may have the marks of repairs."""
    repairs = remarks_on(_repairs(marked, content))
    content = without_marks(content)
    recognised = markdown.recognised(content)
    values = front_matter.without_marks(marked)
    front = _Front(values)
    date = _text(front, "post_date", "date")
    post_id = _text(front, "ID", "id")
    permalink = _text(front, "permalink", "link", "url")
    excerpt_html = _text(front, *_EXCERPTS)
    excerpt = wordpress.plain(excerpt_html)
    post = Post(
        key=wordpress.identity("", permalink, post_id, source),
        source=source,
        title=wordpress.plain(_text(front, *_TITLES)),
        content=content,
        post_id=post_id,
        permalink=permalink,
        guid=_text(front, "guid"),
        slug=unquote(_text(front, "slug", "post_name")) or wordpress.slug_of(permalink),
        published_at=wordpress.parse_date(date),
        author=_text(front, "author"),
        excerpt=excerpt,
        excerpt_html=excerpt_html,
        status=visibility.status_of(values, source),
        kind=_text(front, "layout", "post_type", "type") or "post",
        categories=tuple(_terms(front.listed("categories", "category"), CATEGORY)),
        terms=tuple(_terms(front.listed("tags", "tag"), "post_tag")),
        has_password=visibility.has_password(values),
        format=recognised.format,
        remarks=(*repairs, *_doubts(content, recognised), *wordpress.doubts_about(date)),
    )
    # Last, because fields are what nothing else has read.
    metadata = fields.of_front_matter(front.unread(), has_excerpt=bool(excerpt))
    return replace(post, description=metadata.description, fields=metadata.fields)


def _doubts(content: str, recognised: markdown.Recognised) -> Iterator[Remark]:
    """Remark on content in two formats, and on instructions to other programs in it."""
    if recognised.is_mixed:
        yield Remark("mixed_format", {"problem": recognised.format})
    instructions = dict.fromkeys(each[0] for each in _INSTRUCTION.finditer(content))
    for each in islice(instructions, _MAX_INSTRUCTIONS):
        yield Remark("template", {"text": each[:100]})


def _terms(texts: Iterable[str], taxonomy: str) -> Iterator[Term]:
    for name in map(wordpress.plain, texts):
        if slug := slugify(name, allow_unicode=True):
            yield Term(slug[:255], name[:255], taxonomy)


def _text(front: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = front.get(name)
        if isinstance(value, str) and value not in _NOTHING:
            return wordpress.clean(value)
    return ""


def _repairs(front: Mapping[str, Any], content: str) -> Iterator[Repair]:
    """Yield the repairs in a file. The words of other keys may be private, such as a password."""
    for name, value in front.items():
        texts = (text for _path, text in fields.leaves(value))
        found = chain.from_iterable(map(repairs_in, texts))
        if name in (*_TITLES, *_EXCERPTS):
            yield from found
        else:
            yield from (Repair(each.problem, field=without_marks(name)) for each in found)
    yield from repairs_in(content)
