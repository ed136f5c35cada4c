"""Posts as the Git-sync plug-ins of WordPress write them: YAML front matter, then raw HTML."""

from collections.abc import Mapping
from typing import Any

import frontmatter
import yaml
from django.utils.translation import gettext as _
from frontmatter.default_handlers import YAMLHandler

from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.posts import Post, SourceError

_YES = frozenset({"", "1", "on", "true", "yes"})
_NOTHING = frozenset({"null", "~"})


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
        front, content = frontmatter.parse(text, handler=_AsTyped())
    except yaml.YAMLError as error:
        message = _("The front matter is not valid YAML: %(error)s.")
        raise SourceError(message % {"error": _one_line(error)}) from error
    except (RecursionError, TypeError, ValueError) as error:
        message = _("The front matter cannot be read: %(error)s.")
        raise SourceError(message % {"error": _one_line(error)}) from error
    if not front:
        raise SourceError(_("The front matter is empty or has no closing line."))
    title = wordpress.plain(_text(front, "post_title", "title"))
    if not title:
        raise SourceError(_("The front matter has no post_title."))
    post_id = _text(front, "ID", "id")
    permalink = _text(front, "permalink", "link")
    published_at = wordpress.parse_date(_text(front, "post_date", "date"))
    return Post(
        key=wordpress.identity(permalink, post_id, source),
        source=source,
        title=title,
        content=content,
        post_id=post_id,
        permalink=permalink,
        slug=_text(front, "slug", "post_name") or wordpress.slug_of(permalink),
        published_at=published_at,
        author=_text(front, "author"),
        excerpt=wordpress.plain(_text(front, "post_excerpt", "excerpt")),
        status=_status(front),
        kind=_text(front, "layout", "post_type") or "post",
    )


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
