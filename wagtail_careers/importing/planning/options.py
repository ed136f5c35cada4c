"""Options of an import: the settings, the command's arguments and the map file."""

import json
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from wagtail_careers.blocks import RoleBodyBlock
from wagtail_careers.blocks.registry import SectionKind, sections_of
from wagtail_careers.conf import UNRECOGNISED_POSTS
from wagtail_careers.importing.planning.choices import check_format, choices_of
from wagtail_careers.importing.reading.preparation import prepared
from wagtail_careers.importing.roles.fields import places
from wagtail_careers.importing.roles.headings import Phrasebook
from wagtail_careers.importing.roles.role import Choice
from wagtail_careers.importing.sources import post_types, wordpress
from wagtail_careers.importing.sources.conventions import (
    DEFAULTS,
    IGNORE,
    Conventions,
    MapError,
    as_table,
    check_keys,
    replaced,
)
from wagtail_careers.importing.sources.posts import CATEGORY, Post, Skipped

_TOP = (
    "conventions",
    "fields",
    "format",
    "phrases",
    "posts",
    "shortcodes",
    "taxonomies",
    "types",
    "unrecognised",
)
_OF_SITE = ("conventions", "fields", "shortcodes", "taxonomies")


@dataclass(frozen=True)
class Options:
    """Rules for turning posts into roles, whose sections are of ``kinds``, by name.

    ``added_phrases`` are headings of sections, besides the built-in ones. ``posts`` has choices
    by ID, slug or path of the old address. ``types`` are the site's own post types that hold
    roles. ``format`` is that of all posts; if it is empty, each post has its own. ``table`` is
    the contents of the map file.
    """

    kinds: Mapping[str, SectionKind] = field(default_factory=lambda: sections_of(RoleBodyBlock()))
    added_phrases: Mapping[str, Iterable[str]] = field(default_factory=dict)
    unrecognised: str = "text"
    posts: Mapping[str, Choice] = field(default_factory=dict)
    category: str = ""
    types: frozenset[str] = frozenset()
    conventions: Conventions = DEFAULTS
    format: str = ""
    table: Mapping[str, Any] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """The sections that headings can begin, in their usual order."""
        return tuple(name for name, kind in self.kinds.items() if kind.is_begun_by_heading)

    @property
    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """The headings of each section, in the usual order of sections."""
        known: Mapping[str, Iterable[str]] = {
            **{name: self.kinds[name].import_phrases for name in self.named},
            **self.conventions.phrases,
        }
        joined = _joined(known, self.added_phrases)
        return {section: phrases for section, phrases in joined.items() if phrases}

    def phrasebook(self) -> Phrasebook:
        """Prepare the phrases for comparison with headings."""
        return Phrasebook(self.phrases, self.conventions)

    def is_known_type(self, kind: str) -> bool:
        """Return True if posts of this type may be published without a review."""
        return kind in post_types.WRITTEN or kind in self.types

    def choice_for(self, post: Post) -> Choice:
        """Return the choices for ``post``, which the map file may name in several ways."""
        return next((self.posts[name] for name in self.names_for(post)), Choice())

    def names_for(self, post: Post) -> list[str]:
        """Return the names that the map file has for ``post``; the first one counts."""
        return [name for name in names_of(post) if name in self.posts]

    def prepared(self, post: Post) -> Post | Skipped:
        """Return ``post`` with HTML as its content and with a title, as the map chooses them."""
        choice = self.choice_for(post)
        return prepared(
            post,
            format=choice.format or self.format,
            title=choice.title,
            conventions=self.conventions,
        )

    def fingerprint(self) -> str:
        """Return text that changes with every option that affects all roles."""
        phrases = str(sorted((key, list(texts)) for key, texts in self.phrases.items()))
        text = f"{phrases} {self.category} {self.unrecognised}"
        of_site = {name: self.table[name] for name in _OF_SITE if name in self.table}
        return f"{text} {json.dumps(of_site)}" if of_site else text


def names_of(post: Post) -> list[str]:
    """Return the names that a map file may have for ``post``, the most exact first."""
    path = wordpress.path(post.permalink)
    names = (post.key, wordpress.host_key(post), post.post_id, post.slug, path, path.strip("/"))
    return [name for name in names if name]


def _joined(
    known: Mapping[str, Iterable[str]], added: Mapping[str, Iterable[str]]
) -> Mapping[str, tuple[str, ...]]:
    """Append the phrases that are ``added`` to those ``known`` of each section."""
    return MappingProxyType(
        {section: (*texts, *added.get(section, ())) for section, texts in known.items()}
    )


def from_settings(settings: Any, kinds: Mapping[str, SectionKind], category: str = "") -> Options:
    """Build the options of a site from ``wagtail_careers.conf.Settings``."""
    return Options(
        kinds=kinds,
        added_phrases=settings.import_phrases,
        unrecognised=settings.import_unrecognised,
        category=category,
    )


def read_map(path: Path) -> Mapping[str, Any]:
    """Read a map file, which is in TOML. Raises ``MapError``."""
    try:
        # Editors on Windows put a mark at the beginning.
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = _("%(path)s cannot be opened: %(reason)s.")
        raise MapError(message % {"path": path, "reason": error.strerror}) from error
    except UnicodeDecodeError as error:
        message = _("%(path)s is not in UTF-8. Save it in this encoding.")
        raise MapError(message % {"path": path}) from error
    except (RecursionError, ValueError) as error:
        message = _("%(path)s is not valid TOML: %(error)s")
        raise MapError(message % {"path": path, "error": error}) from error
    check_keys(str(path), table, _TOP)
    return table


def apply_map(table: Mapping[str, Any], options: Options) -> Options:
    """Add the choices in ``table``, the contents of a map file. Raises ``MapError``."""
    phrases = table.get("phrases", {})
    if problem := phrases_problem(phrases, options.named):
        raise MapError(f"phrases: {problem}")
    unrecognised = table.get("unrecognised", options.unrecognised)
    if unrecognised not in UNRECOGNISED_POSTS:
        message = _("unrecognised: must be one of %(known)s")
        raise MapError(message % {"known": ", ".join(UNRECOGNISED_POSTS)})
    check_format("format", table)
    types = table.get("types", [])
    if not _is_list_of_text(types):
        raise MapError(_("types: must be a list of post types, each in quotes"))
    added = {
        section: (*options.added_phrases.get(section, ()), *phrases.get(section, ()))
        for section in (*options.added_phrases, *phrases)
    }
    return replace(
        _with_conventions(table, options),
        added_phrases=added,
        unrecognised=unrecognised,
        posts=choices_of(table.get("posts", {}), options.named),
        types=frozenset(types),
        format=table.get("format", ""),
        table=table,
    )


def _with_conventions(table: Mapping[str, Any], options: Options) -> Options:
    conventions = replaced(options.conventions, table.get("conventions", {}))
    conventions = conventions.with_shortcodes(table.get("shortcodes", {}))
    if problem := phrases_problem(conventions.phrases, options.named):
        raise MapError(f"conventions.phrases: {problem}")
    conventions = replace(
        conventions,
        fields=_uses("fields", table, (*places(options.kinds), IGNORE)),
        taxonomies=_uses("taxonomies", table, (CATEGORY, IGNORE)),
    )
    return replace(options, conventions=conventions)


def _uses(name: str, table: Mapping[str, Any], known: Collection[str]) -> Mapping[str, str]:
    """Return the table ``name`` of a map, which gives each name on the old site a use."""
    uses = as_table(name, table.get(name, {}))
    for key, use in uses.items():
        values = {"where": f"{name}.{key}", "use": use, "known": ", ".join(known)}
        if isinstance(use, dict):
            raise MapError(_("%(where)s: put names that have a dot in quotes") % values)
        if use not in known:
            raise MapError(_("%(where)s: unknown use “%(use)s”. Use one of: %(known)s") % values)
    return uses


def phrases_problem(phrases: Any, named: Collection[str]) -> str:
    """Describe the mistake in a table of phrases of ``named`` sections; empty if there is none."""
    if not isinstance(phrases, Mapping):
        return _("must be a table that maps sections to lists of phrases")
    for section, texts in phrases.items():
        if section not in named:
            message = _("“%(section)s” is not a section. Use one of: %(known)s")
            return message % {"section": section, "known": ", ".join(named)}
        if not _is_list_of_text(texts):
            return _("%(section)s must be a list of phrases") % {"section": section}
    return ""


def _is_list_of_text(value: Any) -> bool:
    is_list = isinstance(value, (list, tuple))
    return is_list and all(isinstance(each, str) and each.strip() for each in value)
