"""What the person who imports has decided beforehand: settings, arguments, the map file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wagtail_careers.completeness import SECTIONS
from wagtail_careers.conf import UNRECOGNISED_POSTS
from wagtail_careers.importing.roles.headings import Phrasebook
from wagtail_careers.importing.roles.phrases import PHRASES
from wagtail_careers.importing.sources import post_types
from wagtail_careers.importing.sources.posts import Draft

_TOP = ("phrases", "posts", "types", "unrecognised")
_OF_POST = ("again", "category", "sections", "skip", "slug", "title")
_NAMED = SECTIONS[1:]


class MapError(Exception):
    """A map file that cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True)
class Choice:
    """What is decided for one post. What is empty is left to the import."""

    skip: bool = False
    again: bool = False
    title: str = ""
    slug: str = ""
    category: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """How posts become roles; ``posts`` is by ID, by slug or by path of the old address.

    ``types`` are those of the site's own that hold roles.
    """

    phrases: Mapping[str, Iterable[str]] = field(default_factory=lambda: PHRASES)
    unrecognised: str = "text"
    posts: Mapping[str, Choice] = field(default_factory=dict)
    category: str = ""
    types: frozenset[str] = frozenset()

    def phrasebook(self) -> Phrasebook:
        return Phrasebook(self.phrases)

    def is_known_type(self, kind: str) -> bool:
        """Whether what is of the type ``kind`` may be published without being looked at."""
        return kind in post_types.WRITTEN or kind in self.types

    def choice_for(self, draft: Draft, path: str) -> Choice:
        names = (draft.key, draft.post_id, draft.slug, path, path.strip("/"))
        return next((self.posts[name] for name in names if name and name in self.posts), Choice())


def more_phrases(
    known: Mapping[str, Iterable[str]], added: Mapping[str, Iterable[str]]
) -> Mapping[str, tuple[str, ...]]:
    """``known`` phrases of each section, followed by those ``added``."""
    return MappingProxyType(
        {section: (*texts, *added.get(section, ())) for section, texts in known.items()}
    )


def from_settings(settings: Any, category: str = "") -> Options:
    """What the site has decided (``wagtail_careers.conf.Settings``)."""
    return Options(
        phrases=more_phrases(PHRASES, settings.import_phrases),
        unrecognised=settings.import_unrecognised,
        category=category,
    )


def read_map(path: Path) -> Mapping[str, Any]:
    """The contents of a map file, in TOML. Raises ``MapError``."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MapError(f"{path} cannot be opened: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MapError(f"{path} is not valid TOML: {error}") from error
    _only(told, _TOP, str(path))
    return told


def apply_map(told: Mapping[str, Any], options: Options) -> Options:
    """``options`` with what the map file has ``told``. Raises ``MapError``."""
    phrases = told.get("phrases", {})
    if problem := phrases_problem(phrases):
        raise MapError(f"phrases: {problem}")
    unrecognised = told.get("unrecognised", options.unrecognised)
    if unrecognised not in UNRECOGNISED_POSTS:
        raise MapError(f"unrecognised: must be one of {', '.join(UNRECOGNISED_POSTS)}")
    posts = told.get("posts", {})
    if not isinstance(posts, dict):
        raise MapError("posts: must be a table")
    types = told.get("types", [])
    if not _is_list_of_text(types):
        raise MapError("types: must be a list of types, each in quotes")
    return Options(
        phrases=more_phrases(options.phrases, phrases),
        unrecognised=unrecognised,
        posts={name: _choice(name, choice) for name, choice in posts.items()},
        category=options.category,
        types=frozenset(types),
    )


def phrases_problem(phrases: Any) -> str:
    """What is wrong with ``phrases``; empty if nothing is."""
    if not isinstance(phrases, Mapping):
        return "must be a table of section to list of phrases"
    for section, texts in phrases.items():
        if section not in _NAMED:
            return f"{section!r} is no section; the sections are {', '.join(_NAMED)}"
        if not _is_list_of_text(texts):
            return f"{section} must be a list of phrases"
    return ""


def _is_list_of_text(told: Any) -> bool:
    return isinstance(told, (list, tuple)) and all(isinstance(each, str) for each in told)


def _choice(name: str, told: Any) -> Choice:
    where = f"posts.{name}"
    if not isinstance(told, dict):
        raise MapError(f"{where}: must be a table")
    _only(told, _OF_POST, where)
    for key, value in told.items():
        expected = bool if key in ("again", "skip") else dict if key == "sections" else str
        if not isinstance(value, expected):
            raise MapError(f"{where}.{key}: must be {_TYPE_NAMES[expected]}")
    for heading, section in told.get("sections", {}).items():
        if section not in (*_NAMED, "text"):
            raise MapError(f"{where}.sections: {section!r} for “{heading}” is no section")
    return Choice(**told)


_TYPE_NAMES = {bool: "true or false", dict: "a table", str: "text in quotes"}


def _only(told: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in told:
        if key not in known:
            raise MapError(f"{where}: {key!r} is not known; known are {', '.join(known)}")
