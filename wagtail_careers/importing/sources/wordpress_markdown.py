"""Posts as the Git-sync plug-ins of WordPress write them: YAML front matter, then raw HTML."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import frontmatter
import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _
from frontmatter.default_handlers import YAMLHandler

from wagtail_careers.importing.sources import fields, wordpress
from wagtail_careers.importing.sources.posts import CATEGORY, Post, SourceError, Term

_YES = frozenset({"", "1", "on", "true", "yes"})
_NOTHING = frozenset({"null", "~"})


class _Front(Mapping[str, Any]):
    """Front matter that knows which of its keys were read."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._read: set[str] = set()

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


class _AsTyped(YAMLHandler):
    """A YAML handler that reads every value as the text that was typed.

    Plain YAML would turn the title “Yes” into True, “202” into a number, and the zeros that
    WordPress writes for the date of a draft into an error.
    """

    def load(self, fm: str, **kwargs: object) -> Any:
        # The base loader has no types, so it runs no code (https://pyyaml.org/wiki/PyYAMLDocumentation).
        return yaml.load(fm, Loader=yaml.BaseLoader)  # noqa: S506


def is_front_matter(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("---")


def read_post(text: str, source: str) -> Post:
    """Read the post in ``text``; ``source`` names the file. Raises ``SourceError``."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    if not is_front_matter(text):
        raise SourceError(_("The file has no front matter and is not a WordPress export."))
    try:
        values, content = frontmatter.parse(text, handler=_AsTyped())
    except yaml.YAMLError as error:
        message = _("The front matter is not valid YAML: %(error)s.")
        raise SourceError(message % {"error": _one_line(error)}) from error
    except (RecursionError, TypeError, ValueError) as error:
        message = _("The front matter cannot be read: %(error)s.")
        raise SourceError(message % {"error": _one_line(error)}) from error
    if not values:
        raise SourceError(_("The front matter is empty or has no closing line."))
    front = _Front(values)
    title = wordpress.plain(_text(front, "post_title", "title"))
    if not title:
        raise SourceError(_("The front matter has no post_title."))
    post_id = _text(front, "ID", "id")
    permalink = _text(front, "permalink", "link")
    published_at = wordpress.parse_date(_text(front, "post_date", "date"))
    excerpt_html = _text(front, "post_excerpt", "excerpt")
    excerpt = wordpress.plain(excerpt_html)
    post = Post(
        key=wordpress.identity("", permalink, post_id, source),
        source=source,
        title=title,
        content=content,
        post_id=post_id,
        permalink=permalink,
        guid=_text(front, "guid"),
        slug=unquote(_text(front, "slug", "post_name")) or wordpress.slug_of(permalink),
        published_at=published_at,
        author=_text(front, "author"),
        excerpt=excerpt,
        excerpt_html=excerpt_html,
        status=_status(front),
        kind=_text(front, "layout", "post_type") or "post",
        categories=tuple(_terms(front.listed("categories", "category"), CATEGORY)),
        terms=tuple(_terms(front.listed("tags", "tag"), "post_tag")),
        has_password=bool(_text(front, "password", "post_password")),
    )
    # Last, because fields are what nothing else has read.
    try:
        beside = fields.of_front_matter(front.unread(), has_excerpt=bool(excerpt))
    except ValueError as error:
        message = _("The front matter cannot be read: %(error)s.")
        raise SourceError(message % {"error": _one_line(error)}) from error
    return replace(post, description=beside.description, fields=beside.fields)


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


def _status(front: Mapping[str, Any]) -> str:
    status = _text(front, "post_status", "status")
    if status:
        return status
    return "publish" if _text(front, "published").lower() in _YES else "draft"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
