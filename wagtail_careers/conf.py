"""The package's settings: one dictionary, ``WAGTAIL_CAREERS``, read lazily and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import Any

from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, register
from django.core.signals import setting_changed
from django.dispatch import receiver

SETTING = "WAGTAIL_CAREERS"

#: What the import can do with a post in which it recognises no section: create a page of text
#: sections, create it but never publish it, or skip the post.
UNRECOGNISED_POSTS = ("text", "draft", "skip")


@dataclass(frozen=True)
class Settings:
    """The values of ``WAGTAIL_CAREERS``, with defaults for missing keys.

    The key of a field is its name in capitals.
    """

    #: Default titles of sections, by block name: the ``<h2>`` when the editor enters no title.
    #: A section that is not listed keeps the default title of its block.
    default_titles: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    #: The template that role and index pages extend.
    base_template: str = "wagtail_careers/base.html"
    #: The number of different days on which a check must fail before a link counts as dead.
    dead_after_days: int = 3
    #: Whether pages show a dead link as text with a note, instead of linking.
    show_dead_links: bool = False
    #: The ports that link checks connect to.
    link_check_ports: tuple[int, ...] = (80, 443)
    #: The longest time that one run of link checks may take, in seconds.
    link_check_run_seconds: int = 3600
    #: A web or email address for the owners of checked sites, sent in the User-Agent header.
    link_check_contact: str = ""
    #: More headings by which the import recognises sections, by the section's block name.
    import_phrases: Mapping[str, Any] = field(default_factory=dict)
    #: What the import does with a post in which it recognises no section.
    import_unrecognised: str = "text"
    #: The field of the site's role pages that gets the featured image of a post.
    import_featured_image: str = ""
    #: The profiles of content rules that the site checks: names, or dotted paths to profiles.
    lint_profiles: tuple[str, ...] = ("wcag", "nhs", "roles")
    #: Dotted paths to content rules of the site's own.
    lint_rules: tuple[str, ...] = ()
    #: The names of places outside the area of the site, which no page should mention.
    lint_other_places: tuple[str, ...] = ()


KEYS = tuple(each.name.upper() for each in fields(Settings))


@cache
def get_settings() -> Settings:
    """Return the settings.

    Unknown keys and values that cannot be used are ignored, and system checks report them.
    """
    given = _configured()
    configured = {
        key.lower(): value
        for key, value in (given.items() if isinstance(given, dict) else ())
        if key in KEYS and _is_usable(key, value)
    }
    if "default_titles" in configured:
        configured["default_titles"] = MappingProxyType(dict(configured["default_titles"]))
    for key, value in configured.items():
        if isinstance(value, list):
            configured[key] = tuple(value)
    return Settings(**configured)


def has_languages() -> bool:
    """Return whether the site has content in several languages."""
    return bool(getattr(django_settings, "WAGTAIL_I18N_ENABLED", False))


def _configured() -> Any:
    return getattr(django_settings, SETTING, {})


@receiver(setting_changed)
def _forget_settings(*, setting: str, **kwargs: Any) -> None:
    if setting == SETTING:
        get_settings.cache_clear()


@register
def check_settings(**kwargs: Any) -> list[CheckMessage]:
    """Report unknown keys and values that cannot be used. Both are ignored."""
    configured = _configured()
    if not isinstance(configured, dict):
        return [Error(f"{SETTING} must be a dictionary.", id="wagtail_careers.E001")]
    errors: list[CheckMessage] = [
        Error(
            f"{SETTING} has an unknown key, {key!r}.",
            hint=f"The keys are: {', '.join(KEYS)}.",
            id="wagtail_careers.E002",
        )
        for key in configured
        if key not in KEYS
    ]
    return errors + _check_titles(configured.get("DEFAULT_TITLES", {})) + _check_values(configured)


def _check_titles(titles: Any) -> list[CheckMessage]:
    if isinstance(titles, dict):
        return []
    return [
        Error(
            f"{SETTING}['DEFAULT_TITLES'] must be a dictionary that maps section names to titles.",
            id="wagtail_careers.E003",
        )
    ]


def configured_names(key: str) -> tuple[str, ...]:
    """Return the names in the dictionary under ``key``, or none if it is not a dictionary."""
    configured = _configured()
    names = configured.get(key) if isinstance(configured, dict) else None
    return tuple(names) if isinstance(names, dict) else ()


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_ports(value: Any) -> bool:
    return (
        isinstance(value, (list, tuple))
        and bool(value)
        and all(_is_count(port) and port < 65536 for port in value)
    )


def _is_header_text(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and (not value or value.isprintable())


def _is_names(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value)


def _is_phrases(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(phrases, (list, tuple)) and all(isinstance(phrase, str) for phrase in phrases)
        for phrases in value.values()
    )


_RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = MappingProxyType(
    {
        "BASE_TEMPLATE": (lambda value: isinstance(value, str), "the name of a template"),
        "DEAD_AFTER_DAYS": (_is_count, "a whole number of days, 1 or more"),
        "SHOW_DEAD_LINKS": (lambda value: isinstance(value, bool), "True or False"),
        "LINK_CHECK_PORTS": (_is_ports, "a list of port numbers"),
        "LINK_CHECK_RUN_SECONDS": (_is_count, "a whole number of seconds, 1 or more"),
        "LINK_CHECK_CONTACT": (_is_header_text, "a line of ASCII text"),
        "IMPORT_PHRASES": (
            _is_phrases,
            "a dictionary that maps section names to lists of phrases",
        ),
        "IMPORT_UNRECOGNISED": (
            lambda value: value in UNRECOGNISED_POSTS,
            f"one of {', '.join(UNRECOGNISED_POSTS)}",
        ),
        "IMPORT_FEATURED_IMAGE": (lambda value: isinstance(value, str), "the name of a field"),
        "LINT_PROFILES": (_is_names, "a list of names of profiles, or of dotted paths to them"),
        "LINT_RULES": (_is_names, "a list of dotted paths to rules"),
        "LINT_OTHER_PLACES": (_is_names, "a list of names of places"),
    }
)


def _is_usable(key: str, value: Any) -> bool:
    return isinstance(value, dict) if key == "DEFAULT_TITLES" else _RULES[key][0](value)


def _check_values(configured: Mapping[str, Any]) -> list[CheckMessage]:
    return [
        Error(f"{SETTING}[{key!r}] must be {expected}.", id="wagtail_careers.E005")
        for key, (is_right, expected) in _RULES.items()
        if key in configured and not is_right(configured[key])
    ]
