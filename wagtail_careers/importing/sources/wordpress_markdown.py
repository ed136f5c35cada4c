"""Posts in files of their own: front matter, then HTML or Markdown.

The Git-sync plug-ins of WordPress write such files, and so do exporters to Jekyll and Hugo.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail_careers.importing.sources import (
    fields,
    front_matter,
    markdown,
    static_sites,
    visibility,
    wordpress,
)
from wagtail_careers.importing.sources.posts import (
    CATEGORY,
    MARKDOWN,
    Post,
    Remark,
    SourceError,
    Term,
)
from wagtail_careers.importing.sources.repairs import Repair, remarks_on, repairs_in, without_marks

_NOTHING = frozenset({"null", "~"})
_TYPES = ("layout", "post_type", "type")
#: Keys of Hugo, of Jekyll's plug-in for redirects, and of Hexo's.
_ALIASES = ("aliases", "alias", "redirect_from")
_TITLES = ("post_title", "title")
_EXCERPTS = ("post_excerpt", "excerpt")
#: Instructions of Hugo, Jekyll, Liquid and kramdown, and marks of footnotes, which may have none.
_INSTRUCTION = re.compile(
    r"\{\{[^{}]{1,500}+\}\}|\{%[^%]{1,500}+%\}|\{[:#][^{}\n]++\}|\[\^[^\[\]\n]{1,50}\]"
)
#: Text that readers did not see on the old site.
_COMMENT = re.compile(r"(?:\{\{/\*|\{\{[<%]\s*comment\b|\{%-?\s*comment\b)[^{}\n]{0,80}\}*")


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

    def texts(self, name: str) -> list[str]:
        """Return the texts under ``name``, which is not read by this: a list, or with commas."""
        value = self._values.get(name)
        texts = value.split(",") if isinstance(value, str) else value
        if isinstance(texts, list) and all(isinstance(each, str) for each in texts):
            return texts
        return []

    def listed(self, *names: str) -> list[str]:
        """Return the texts under the first of ``names`` that has any."""
        for name in names:
            if texts := self.texts(name):
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
    content = static_sites.with_addresses(without_marks(content))
    recognised = markdown.recognised(content)
    values = front_matter.without_marks(marked)
    front = _Front(values)
    file = static_sites.file_name(source)
    date = _text(front, "post_date", "date") or file.date
    post_id = _text(front, "ID", "id")
    slug = unquote(_text(front, "slug", "post_name"))
    categories = tuple(_terms(front.listed("categories", "category"), CATEGORY))
    told = _text(front, "permalink", "link", "url")
    permalink = static_sites.permalink(told, date, slug or file.slug or file.whole, values)
    aliases, others = _aliases(front, permalink)
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
        slug=slug or wordpress.slug_of(permalink) or file.slug,
        published_at=wordpress.parse_date(date),
        author=_text(front, "author"),
        excerpt=excerpt,
        excerpt_html=excerpt_html,
        status=visibility.status_of(values, source),
        kind=static_sites.kind_of(_text(front, name) for name in _TYPES),
        categories=categories,
        terms=tuple(_terms(front.listed("tags", "tag"), "post_tag")),
        aliases=aliases,
        file=file.whole,
        has_password=visibility.has_password(values),
        format=recognised.format,
        remarks=(
            *repairs,
            *_doubts(content, recognised),
            *wordpress.doubts_about(date),
            *_unread_addresses((*others, *([] if permalink else [told]))),
        ),
    )
    # Last, because fields are what nothing else has read.
    metadata = fields.of_front_matter(front.unread(), has_excerpt=bool(excerpt))
    return replace(post, description=metadata.description, fields=metadata.fields)


def _doubts(content: str, recognised: markdown.Recognised) -> Iterator[Remark]:
    """Remark on content in two formats, and on instructions to other programs in it."""
    if recognised.is_mixed:
        yield Remark("mixed_format", {"problem": recognised.format})
    read = markdown.footnotes(content) if recognised.format == MARKDOWN else ()
    for each in dict.fromkeys(each[0] for each in _INSTRUCTION.finditer(content)):
        if each not in read:
            yield Remark("template", {"text": each[:100]})
    for each in dict.fromkeys(_COMMENT.findall(content)):
        yield Remark("restricted", {"tag": each})


def _aliases(front: _Front, permalink: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the other addresses that a post had, and those of them that are not addresses.

    Other programs keep other titles under the same names; those are fields.
    """
    told = [
        text
        for name in _ALIASES
        if all(text and not re.search(r"\s", text.strip()) for text in front.texts(name))
        for text in front.listed(name)
    ]
    host = wordpress.host(permalink)
    found = {text: static_sites.absolute(text, permalink) for text in told}
    good = {
        text: address
        for text, address in found.items()
        if address and wordpress.host(address) in ("", host or wordpress.host(address))
    }
    return tuple(good.values()), [text for text in told if text not in good]


def _unread_addresses(texts: Iterable[str]) -> Iterator[Remark]:
    for text in dict.fromkeys(texts):
        if text and text.casefold() != "false":  # Eleventy writes no page for such a post.
            yield Remark("address_unread", {"address": text[:200]})


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
    for (name, *_inside), text in fields.leaves(front):
        for repair in repairs_in(text):
            is_written = name in (*_TITLES, *_EXCERPTS)
            yield repair if is_written else Repair(repair.problem, field=without_marks(name))
    yield from repairs_in(content)
