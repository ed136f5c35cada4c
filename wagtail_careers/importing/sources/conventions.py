"""Conventions of one old site, as data: its classes, its headings, and cues of its language.

The defaults are in ``conventions.toml``. A map file replaces them key by key.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail_careers.choices import Relation
from wagtail_careers.importing.sources.posts import Term

#: The place of a field whose items are traits, and of one that is left out on purpose.
TRAITS = "traits"
IGNORE = "ignore"
#: The longest slug of a category.
MAX_SLUG = 255


class MapError(ValueError):
    """A mistake in a map file. The message names its key and says how to correct it."""


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """A category, and the patterns by which its posts are recognised."""

    slug: str
    name: str
    is_apprenticeship: bool = False
    class_pattern: re.Pattern[str] | None = None
    title_pattern: re.Pattern[str] | None = None

    @property
    def term(self) -> Term:
        return Term(self.slug, self.name)


@dataclass(frozen=True, slots=True)
class ShortcodeLink:
    """The attributes of a shortcode with the address and the text of a link, the best first.

    The text that a box encloses is not that of the link, if an attribute has that.
    """

    address: tuple[str, ...]
    text: tuple[str, ...] = ()
    is_box: bool = False


@dataclass(frozen=True, slots=True)
class Conventions:
    """The conventions of a site; ``conventions.toml`` describes each."""

    title_class: re.Pattern[str]
    title_elements: frozenset[str]
    introduction_class: re.Pattern[str]
    light_words: frozenset[str]
    joining_words: tuple[str, ...]
    empty_link_texts: frozenset[str]
    plurals: tuple[tuple[str, str], ...]
    articles: frozenset[str]
    before_a_role: frozenset[str]
    after_a_role: frozenset[str]
    introducing_words: tuple[str, ...]
    inside_names: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, re.Pattern[str]]
    categories: tuple[CategoryRule, ...]
    shortcodes: Mapping[str, ShortcodeLink]
    shortcodes_within_words: frozenset[str]
    quotation_marks: Mapping[str, str]
    #: The place of each custom field: a section, ``TRAITS`` or ``IGNORE``.
    fields: Mapping[str, str] = field(default_factory=dict)
    #: The use of each taxonomy: ``CATEGORY`` or ``IGNORE``.
    taxonomies: Mapping[str, str] = field(default_factory=dict)

    def place_of_field(self, name: str) -> str:
        """Return the place of a field; in the names of fields, ``*`` stands for any text."""
        if name in self.fields:
            return self.fields[name]
        matching = (place for each, place in self.fields.items() if fnmatchcase(name, each))
        return next(matching, "")

    def section_of_field(self, name: str) -> str:
        """Return the place of a field on the page; empty if it has none."""
        place = self.place_of_field(name)
        return "" if place == IGNORE else place

    def marks_of(self, language: str) -> str:
        """Return the outer and the inner quotation marks of ``language``, each opening first."""
        marks = self.quotation_marks
        found = marks.get(language.lower()) or marks.get(primary_language(language))
        return found or marks["other"]

    def shortcode_link(self, name: str) -> ShortcodeLink | None:
        """Return the rule for shortcodes called ``name``: its own, else that of a pattern."""
        patterns = (each for each in self.shortcodes if "*" in each)
        found = (
            name
            if name in self.shortcodes
            else next((each for each in patterns if fnmatchcase(name.lower(), each)), "")
        )
        return self.shortcodes.get(found)

    def with_shortcodes(self, table: Any) -> "Conventions":
        """Add the shortcodes in ``table``, before the known ones. Raises ``MapError``."""
        return replace(self, shortcodes={**_shortcodes("shortcodes", table), **self.shortcodes})


def primary_language(language: str) -> str:
    """Return the first part of a language tag: ``de`` of ``de-AT`` and of ``de_AT``."""
    return language.replace("_", "-").partition("-")[0].lower()


def replaced(conventions: Conventions, table: Any) -> Conventions:
    """Replace the keys of ``conventions`` that ``table`` has. Raises ``MapError``."""
    return replace(conventions, **_values(table))


def _values(table: Any) -> dict[str, Any]:
    check_keys("conventions", table, _READERS)
    return {key: _READERS[key](f"conventions.{key}", value) for key, value in table.items()}


def _texts(where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise MapError(_("%(where)s: must be a list of texts in quotes") % {"where": where})
    return tuple(value)


def _words(where: str, value: Any) -> frozenset[str]:
    return frozenset(text.casefold() for text in _texts(where, value))


def _pattern(where: str, value: Any) -> re.Pattern[str]:
    if not isinstance(value, str) or not value:
        message = _("%(where)s: must be a regular expression in quotes")
        raise MapError(message % {"where": where})
    try:
        return re.compile(value)
    except re.error as error:
        message = _("%(where)s: “%(pattern)s” is not a valid regular expression: %(error)s")
        values = {"where": where, "pattern": value, "error": error}
        raise MapError(message % values) from error


def _endings(where: str, value: Any) -> tuple[tuple[str, str], ...]:
    pairs: list[Any] = value if isinstance(value, list) else [None]
    for pair in pairs:
        is_pair = isinstance(pair, list) and len(pair) == 2
        if not is_pair or not all(isinstance(each, str) for each in pair) or not pair[0]:
            message = _('%(where)s: must be a list of pairs, for example [["ies", "y"]]')
            raise MapError(message % {"where": where})
    return tuple((plural, singular) for plural, singular in pairs)


def as_table(where: str, value: Any) -> Mapping[str, Any]:
    """Return ``value``, which ``where`` names, if it is a table. Raises ``MapError``."""
    if not isinstance(value, Mapping):
        raise MapError(_("%(where)s: must be a table") % {"where": where})
    return value


def check_keys(where: str, value: Any, known: Collection[str]) -> None:
    """Raise ``MapError`` unless ``value`` is a table with keys from ``known`` only."""
    for key in as_table(where, value):
        if key not in known:
            message = _("%(where)s: unknown key “%(key)s”. Use one of: %(known)s")
            raise MapError(message % {"where": where, "key": key, "known": ", ".join(known)})


def _phrases(where: str, value: Any) -> dict[str, tuple[str, ...]]:
    return {key: _texts(f"{where}.{key}", each) for key, each in as_table(where, value).items()}


def _cues(where: str, value: Any) -> dict[str, re.Pattern[str]]:
    for key in as_table(where, value):
        if key not in Relation.values:
            message = _("%(where)s: unknown relation “%(key)s”. Use one of: %(known)s")
            known = ", ".join(Relation.values)
            raise MapError(message % {"where": where, "key": key, "known": known})
    return {key: _pattern(f"{where}.{key}", pattern) for key, pattern in value.items()}


def _categories(where: str, value: Any) -> tuple[CategoryRule, ...]:
    if not isinstance(value, list):
        raise MapError(_("%(where)s: must be a list of tables") % {"where": where})
    return tuple(_category(f"{where}[{number}]", each) for number, each in enumerate(value))


def _category(where: str, value: Any) -> CategoryRule:
    check_keys(where, value, [each.name for each in fields(CategoryRule)])
    rule = dict(value)
    for key in ("slug", "name"):
        if not isinstance(rule.get(key), str) or not rule[key]:
            raise MapError(
                _("%(where)s.%(key)s: must be text in quotes") % {"where": where, "key": key}
            )
    if slugify(rule["slug"], allow_unicode=True) != rule["slug"] or len(rule["slug"]) > MAX_SLUG:
        message = _("%(where)s.slug: must have only letters, digits and hyphens")
        raise MapError(message % {"where": where})
    _check_switch(f"{where}.is_apprenticeship", rule.get("is_apprenticeship", False))
    for key in ("class_pattern", "title_pattern"):
        if key in rule:
            rule[key] = _pattern(f"{where}.{key}", rule[key])
    return CategoryRule(**rule)


def _shortcodes(where: str, value: Any) -> dict[str, ShortcodeLink]:
    return {
        name: _shortcode(f"{where}.{name}", each) for name, each in as_table(where, value).items()
    }


def _quotation_marks(where: str, value: Any) -> dict[str, str]:
    for language, marks in as_table(where, value).items():
        if not isinstance(marks, str) or len(marks) != 4:
            message = _("%(where)s.%(language)s: must be four characters in quotes, such as “”‘’")
            raise MapError(message % {"where": where, "language": language})
    if "other" not in value:
        message = _("%(where)s: needs “other”, the marks of all other languages")
        raise MapError(message % {"where": where})
    return {language.lower(): marks for language, marks in value.items()}


def _check_switch(where: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise MapError(_("%(where)s: must be true or false") % {"where": where})


def _shortcode(where: str, value: Any) -> ShortcodeLink:
    check_keys(where, value, [each.name for each in fields(ShortcodeLink)])
    names = dict(value)
    is_box = names.pop("is_box", False)
    _check_switch(f"{where}.is_box", is_box)
    names = {
        key: _texts(f"{where}.{key}", [each] if isinstance(each, str) else each)
        for key, each in names.items()
    }
    if not names.get("address"):
        message = _("%(where)s: needs “address”, the attribute that has the address")
        raise MapError(message % {"where": where})
    return ShortcodeLink(**names, is_box=is_box)


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "title_class": _pattern,
    "title_elements": _words,
    "introduction_class": _pattern,
    "light_words": _words,
    "joining_words": _texts,
    "empty_link_texts": _words,
    "plurals": _endings,
    "articles": _words,
    "before_a_role": _words,
    "after_a_role": _words,
    "introducing_words": _texts,
    "inside_names": _texts,
    "phrases": _phrases,
    "cues": _cues,
    "categories": _categories,
    "shortcodes": _shortcodes,
    "shortcodes_within_words": _words,
    "quotation_marks": _quotation_marks,
}


def _defaults() -> Conventions:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return Conventions(**_values(tomllib.loads(text)))


DEFAULTS = _defaults()
