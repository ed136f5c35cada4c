"""Mentions of shared links in content, and content with its mentions changed.

Content is what a revision stores and ``serializable_data()`` returns: a mapping of field names
to values, in which a stream is a JSON string and rich text is HTML. Nothing here queries the
database.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.html import escape
from wagtail.rich_text.rewriters import extract_attrs

from wagtail_careers.rich_text.targets import (
    ANCHOR,
    SHARED_LINK_KEY,
    SHARED_LINK_TYPE,
    parse_id,
    parse_path,
)
from wagtail_careers.text import plain_text


class Mention(NamedTuple):
    """One place where content uses a shared link.

    ``section`` is the name of the top-level block of the stream that contains it, or the name of
    the field outside streams. ``text`` is the link text in prose. It is empty in a list of
    links, which shows the name of the link.
    """

    shared_link: int
    deep_path: str
    text: str
    section: str


#: Returns the new form of a mention, or the same mention to leave it unchanged.
Change = Callable[[Mention], Mention]


def mentions(content: Mapping[str, Any]) -> list[Mention]:
    """Return all mentions in ``content``, in order."""
    found: list[Mention] = []

    def note(mention: Mention) -> Mention:
        found.append(mention)
        return mention

    change_mentions(content, note)
    return found


def change_mentions(content: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """Return ``content`` with each mention changed; everything else stays the same to the byte."""
    return {name: _changed(value, name, change) for name, value in content.items()}


def swap_link(old: int, new: int, *, keep_path: bool) -> Change:
    """Return the change of one shared link to another, with or without its deep paths."""

    def change(mention: Mention) -> Mention:
        if mention.shared_link != old:
            return mention
        deep_path = mention.deep_path if keep_path else ""
        return mention._replace(shared_link=new, deep_path=deep_path)

    return change


def swap_path(link: int, old_path: str, new_path: str) -> Change:
    """Return the change of one deep path of a shared link to another."""

    def change(mention: Mention) -> Mention:
        if (mention.shared_link, mention.deep_path) != (link, old_path):
            return mention
        return mention._replace(deep_path=new_path)

    return change


def _changed(value: Any, section: str, change: Change) -> Any:
    if isinstance(value, str):
        return _changed_text(value, section, change)
    if isinstance(value, Mapping):
        return _changed_mapping(value, section, change)
    if isinstance(value, list):
        return [_changed(item, section, change) for item in value]
    return value


def _changed_text(text: str, section: str, change: Change) -> str:
    if SHARED_LINK_TYPE not in text and SHARED_LINK_KEY not in text:
        return text
    if text.startswith("["):
        try:
            return _changed_stream(text, json.loads(text), section, change)
        except (RecursionError, ValueError):
            return text  # Such as a description that begins with a bracket.
    return ANCHOR.sub(lambda match: _changed_anchor(match, section, change), text)


def _changed_stream(text: str, stream: Any, section: str, change: Change) -> str:
    changed = [
        _changed(child, child["type"] if _is_block(child) else section, change) for child in stream
    ]
    return text if changed == stream else json.dumps(changed)


def _is_block(child: Any) -> bool:
    return isinstance(child, Mapping) and isinstance(child.get("type"), str)


def _changed_mapping(value: Mapping[str, Any], section: str, change: Change) -> Mapping[str, Any]:
    result = {
        name: item if name == SHARED_LINK_KEY else _changed(item, section, change)
        for name, item in value.items()
    }
    stored = value.get(SHARED_LINK_KEY)
    pk = parse_id(stored) if isinstance(stored, int) else None
    if pk is not None:
        mention = Mention(pk, parse_path(value.get("path")), "", section)
        changed = change(mention)
        if changed != mention:
            result[SHARED_LINK_KEY] = changed.shared_link
            result["path"] = changed.deep_path
    return result


def _changed_anchor(match: re.Match[str], section: str, change: Change) -> str:
    attrs = extract_attrs(match.group(1))
    pk = parse_id(attrs.get("id"))
    if attrs.get("linktype") != SHARED_LINK_TYPE or pk is None:
        return match.group(0)
    mention = Mention(pk, attrs.get("path", ""), plain_text(match.group(2)), section)
    changed = change(mention)
    if changed == mention:
        return match.group(0)
    attrs |= {"id": str(changed.shared_link), "path": changed.deep_path}
    if not changed.deep_path:
        del attrs["path"]
    opening = " ".join(f'{name}="{escape(value)}"' for name, value in attrs.items())
    return f"<a {opening}>{match.group(2)}</a>"
