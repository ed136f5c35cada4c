"""Custom fields: what a post has besides its content, as texts under names.

Plug-ins keep lists and settings in a field as JSON or as PHP serialises them, and front matter
nests. ``fields.toml`` lists the names of records that programs keep for themselves.
"""

import fnmatch
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from wagtail_careers.importing.sources import php, wordpress
from wagtail_careers.importing.sources.posts import Field
from wagtail_careers.importing.sources.switches import NO, ONLY_SWITCHES
from wagtail_careers.text import name_parts

_NAMES: Mapping[str, list[str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_DESCRIPTIONS = _NAMES["descriptions"]
#: The other lists, in which ``*`` stands for any text, each as one pattern.
_PATTERNS = {
    name: re.compile("|".join(map(fnmatch.translate, names)))
    for name, names in _NAMES.items()
    if name != "descriptions"
}

#: ACF keeps the ID of a field's definition beside each value, under the name with ``_`` in front.
_ACF_POINTER = re.compile(r"(?:field_[0-9a-z]+_?)+")
#: SEO plug-ins fill these in when they show the page: ``%%title%%``, ``%sep%``.
_VARIABLE = re.compile(r"%%?[a-z_]+%%?")
#: No plug-in nests this deeply, and each text would have a name of as many parts.
_MAX_DEPTH = 100
#: The most characters of a name: those of WordPress's own column.
_MAX_NAME = 255

#: The key of data that cannot be read and have secrets in them.
_DAMAGED = "\0damaged"
_NAMES_IN_DATA = re.compile(r'"([^"\\]{1,80})\\?"')

#: A text in a nested value, with the keys that lead to it.
Leaf = tuple[tuple[str, ...], str]


def is_bookkeeping_taxonomy(name: str) -> bool:
    return _is_listed(name, "bookkeeping_taxonomies")


def is_of_builder(name: str) -> bool:
    """Return True if a page builder keeps the texts of a page in the field."""
    return _is_listed(name, "builders")


def is_restriction(field: Field) -> bool:
    """Return True if a field says that not everybody could see its post."""
    is_on = any(text.strip().lower() not in NO for text in field.texts)
    return is_on and _is_listed(field.name, "restrictions")


@lru_cache(maxsize=10_000)
def _is_listed(name: str, names: str) -> bool:
    """Return True if ``name`` is in the list ``names`` of ``fields.toml``."""
    return bool(_PATTERNS[names].match(name))


@dataclass(frozen=True, slots=True)
class Metadata:
    """The custom fields of a post, and the ``description`` of an SEO plug-in, or none."""

    fields: tuple[Field, ...] = ()
    description: str = ""


def of_meta(pairs: Iterable[tuple[str, str]], *, has_excerpt: bool) -> Metadata:
    """Read the keys and values of a post's metadata. Values with the same key are one field."""
    values: dict[str, list[str]] = {}
    for key, value in pairs:
        values.setdefault(_name(key), []).append(value)
    named = (
        (name, leaf)
        for name, found in values.items()
        if not _is_bookkeeping(name, values)
        for value in found
        for leaf in _worded(name, _leaves_in(value))
    )
    return _metadata(_fields(named), has_excerpt=has_excerpt)


def of_front_matter(front: Mapping[str, Any], *, has_excerpt: bool) -> Metadata:
    """Read what is left of a file's front matter. Nested keys are joined by dots.

    Raises ``ValueError`` if it is nested too deeply.
    """
    named = (
        (_joined(path), (path, text))
        for path, text in leaves(front)
        if text.lower() not in ONLY_SWITCHES and not _is_listed(path[0], "bookkeeping_keys")
    )
    return _metadata(_fields(named), has_excerpt=has_excerpt)


def leaves(value: Any) -> Iterator[Leaf]:
    """Yield each text and number in ``value`` with the keys that lead to it, in order.

    A part that occurs several times, as an alias in YAML can, is read once. Otherwise a few
    lines of aliases would make billions of leaves. Raises ``ValueError`` at ``_MAX_DEPTH``.
    """
    seen: set[int] = set()
    stack: list[tuple[tuple[str, ...], Any]] = [((), value)]
    while stack:
        path, inside = stack.pop()
        if len(path) > _MAX_DEPTH:
            raise ValueError("The value is nested too deeply.")
        if isinstance(inside, (Mapping, list)):
            if id(inside) not in seen:
                seen.add(id(inside))
                items = inside.items() if isinstance(inside, Mapping) else enumerate(inside)
                named = [(_name(str(key)), each) for key, each in items]
                stack += reversed([((*path, key), each) for key, each in named])
        elif isinstance(inside, (str, int, float)) and not isinstance(inside, bool):
            yield path, wordpress.clean(str(inside))


def _metadata(fields: tuple[Field, ...], *, has_excerpt: bool) -> Metadata:
    """Take the description for search engines out of ``fields`` if the post has no excerpt."""
    described = {
        field.name: wordpress.plain(field.texts[0])
        for field in fields
        if field.name in _DESCRIPTIONS
        and len(field.texts) == 1
        and not _VARIABLE.search(field.texts[0])
    }
    found = next((described[name] for name in _DESCRIPTIONS if name in described), "")
    if has_excerpt or not found:
        return Metadata(fields)
    return Metadata(tuple(each for each in fields if described.get(each.name) != found), found)


def _leaves_in(value: str) -> list[Leaf]:
    """Return the texts in ``value``, which may be JSON or PHP's format; else ``value`` itself."""
    text = value.strip()
    try:
        if text.startswith(("[", "{")):
            return list(leaves(json.loads(text)))
        if php.is_serialized(text):
            return list(leaves(php.unserialized(text)))
    except (ValueError, RecursionError):
        # Damaged data: a secret in them would be a part of the text.
        names = _NAMES_IN_DATA.findall(text)
        if any(_is_withheld(name, ()) for name in names):
            return [((_DAMAGED,), value)]
    return list(leaves(value))


def _is_bookkeeping(name: str, values: Mapping[str, list[str]]) -> bool:
    is_pointer = (
        name.startswith("_")
        and name[1:] in values
        and all(_ACF_POINTER.fullmatch(value.strip()) for value in values[name])
    )
    return is_pointer or _is_listed(name, "bookkeeping")


def _worded(name: str, found: Iterable[Leaf]) -> Iterator[Leaf]:
    """Leave out the settings of a page builder."""
    if not is_of_builder(name):
        yield from found
        return
    for path, text in found:
        *groups, last = path or ("",)
        is_setting = len(text.split()) < 2 and _is_listed(last, "settings")
        in_group = any(_is_listed(group, "groups_of_settings") for group in groups)
        if not is_setting and not in_group:
            yield path, text


def _joined(path: tuple[str, ...]) -> str:
    """Return the name of the value at ``path``. The items of a list of texts share one."""
    *around, last = path
    return ".".join(around if around and last.isdigit() else path)[:_MAX_NAME]


def _name(key: str) -> str:
    return wordpress.clean(key)[:_MAX_NAME]


def _fields(named: Iterable[tuple[str, Leaf]]) -> tuple[Field, ...]:
    texts: dict[str, list[str]] = {}
    withheld: dict[str, int] = {}
    for name, (path, text) in named:
        if not text:
            continue
        if _is_withheld(name, path):
            withheld[name] = withheld.get(name, 0) + len(text.split())
        else:
            texts.setdefault(name, []).append(text)
    return tuple(
        Field(name, tuple(texts.get(name, ())), withheld.get(name, 0))
        for name in {**texts, **withheld}
    )


def _is_withheld(name: str, path: tuple[str, ...]) -> bool:
    return _DAMAGED in path or any(map(_is_secret, (name, *path)))


@lru_cache(maxsize=10_000)
def _is_secret(name: str) -> bool:
    return _is_listed("_".join(name_parts(name)), "withheld")
