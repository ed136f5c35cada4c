"""The system check for settings that name sections."""

from collections.abc import Collection
from typing import Any

from django.core.checks import CheckMessage, Error, register

from wagtail_careers.blocks.registry import site_sections
from wagtail_careers.conf import SETTING, configured_names


@register
def check_section_names(**kwargs: Any) -> list[CheckMessage]:
    """Report names that are not sections of any role page of the site."""
    known = site_sections().values()
    titled = [section.name for section in known if section.default_title]
    imported = [section.name for section in known if section.name != "heading"]
    return [*_unknown("DEFAULT_TITLES", titled), *_unknown("IMPORT_PHRASES", imported)]


def _unknown(key: str, known: Collection[str]) -> list[CheckMessage]:
    return [
        Error(
            f"{SETTING}[{key!r}] names an unknown section, {name!r}.",
            hint=f"The sections are: {', '.join(known)}.",
            id="wagtail_careers.E004",
        )
        for name in configured_names(key)
        if name not in known
    ]
