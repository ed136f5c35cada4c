"""Choices for single posts in a map file: how they are read and checked."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_careers.blocks.registry import FREE_TEXT
from wagtail_careers.importing.reading.preparation import MAX_TITLE
from wagtail_careers.importing.roles.role import Choice
from wagtail_careers.importing.roles.slugs import as_slug
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.conventions import MapError, as_table, check_keys
from wagtail_careers.importing.sources.posts import FORMATS, HTML
from wagtail_careers.text import one_line

_OF_POST = ("again", "category", "format", "sections", "skip", "slug", "title")
_TYPES = {"again": bool, "sections": dict, "skip": bool}
_TYPE_NAMES = {
    bool: gettext_lazy("true or false"),
    dict: gettext_lazy("a table"),
    str: gettext_lazy("text in quotes"),
}


def choices_of(table: Any, named: Collection[str]) -> dict[str, Choice]:
    """Return the choices in the table of posts, by name. Raises ``MapError``."""
    posts = as_table("posts", table)
    return {name: _choice(f"posts.{name}", choice, named) for name, choice in posts.items()}


def check_format(where: str, table: Mapping[str, Any]) -> None:
    """Raise ``MapError`` if ``table`` has a format that posts cannot have."""
    if table.get("format", HTML) not in FORMATS:
        message = _("%(where)s: must be one of %(known)s")
        raise MapError(message % {"where": where, "known": ", ".join(FORMATS)})


def _choice(where: str, table: Any, named: Collection[str]) -> Choice:
    if any(
        isinstance(value, dict)
        for key, value in as_table(where, table).items()
        if key not in _OF_POST
    ):
        raise MapError(_("%(where)s: put names that have a dot in quotes") % {"where": where})
    check_keys(where, table, _OF_POST)
    for key, value in table.items():
        expected = _TYPES.get(key, str)
        if not isinstance(value, expected):
            message = _("%(where)s: must be %(type)s")
            raise MapError(message % {"where": f"{where}.{key}", "type": _TYPE_NAMES[expected]})
    check_format(f"{where}.format", table)
    _check_sections(f"{where}.sections", table.get("sections", {}), named)
    _check_slug(f"{where}.slug", table.get("slug", ""))
    title = _title(f"{where}.title", table.get("title", ""))
    return Choice(**{**table, "title": title})


def _check_sections(where: str, sections: Mapping[str, Any], named: Collection[str]) -> None:
    for heading, section in sections.items():
        if section not in (*named, FREE_TEXT):
            message = _(
                "%(where)s: “%(section)s” (for “%(heading)s”) is not a section. "
                "Use one of: %(known)s"
            )
            known = ", ".join((*named, FREE_TEXT))
            values = {"where": where, "section": section, "heading": heading, "known": known}
            raise MapError(message % values)


def _check_slug(where: str, slug: str) -> None:
    if slug and not as_slug(slug):
        message = _("%(where)s: “%(slug)s” has no letters or digits, which a slug needs")
        raise MapError(message % {"where": where, "slug": slug})


def _title(where: str, text: str) -> str:
    """Return ``text`` as a page can have it as its title."""
    title = one_line(wordpress.clean(text))
    if len(title) > MAX_TITLE:
        message = _("%(where)s: must have at most %(limit)s characters")
        raise MapError(message % {"where": where, "limit": MAX_TITLE})
    return title
