"""Posts as WordPress's Git-sync plug-ins write them: YAML front matter, then raw HTML."""

from collections.abc import Mapping
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.posts import Draft, SourceError

_YES = frozenset({"", "1", "on", "true", "yes"})
_NOTHING = frozenset({"null", "~"})


class _AsTyped(YAMLHandler):
    """Reads all values as the text that somebody typed.

    YAML would make a truth value of the title “Yes”, a number of “202”, and an error of the
    zeros that WordPress writes for the date of a draft.
    """

    def load(self, fm: str, **kwargs: object) -> Any:
        # It knows no types, and so runs no code (https://pyyaml.org/wiki/PyYAMLDocumentation).
        return yaml.load(fm, Loader=yaml.BaseLoader)  # noqa: S506


def is_front_matter(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("---")


def read_post(text: str, source: str) -> Draft:
    """The post in ``text``, which ``source`` names. Raises ``SourceError``."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    if not is_front_matter(text):
        raise SourceError("no front matter, and not a WordPress export either")
    try:
        front, content = frontmatter.parse(text, handler=_AsTyped())
    except yaml.YAMLError as error:
        raise SourceError(f"its front matter is not valid YAML: {_one_line(error)}") from error
    except (RecursionError, TypeError, ValueError) as error:
        raise SourceError(f"its front matter cannot be read: {_one_line(error)}") from error
    if not front:
        raise SourceError("its front matter is empty or has no end")
    title = wordpress.plain(_text(front, "post_title", "title"))
    if not title:
        raise SourceError("its front matter has no post_title")
    post_id = _text(front, "ID", "id")
    permalink = _text(front, "permalink", "link")
    published_at = wordpress.parse_date(_text(front, "post_date", "date"))
    return Draft(
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
