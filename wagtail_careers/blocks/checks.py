"""The system check for settings that name sections."""

from collections.abc import Collection
from typing import Any

from django.core.checks import CheckMessage, Error, register

from wagtail_careers.blocks.registry import INTRODUCTION, sections_of, site_sections
from wagtail_careers.conf import SETTING, configured_names
from wagtail_careers.role_models import role_page_models


@register
def check_section_names(**kwargs: Any) -> list[CheckMessage]:
    """Report names that are not sections of any role page of the site."""
    known = site_sections().values()
    titled = [section.name for section in known if section.has_default_title]
    imported = [section.name for section in known if section.is_begun_by_heading]
    return [*_unknown("DEFAULT_TITLES", titled), *_unknown("IMPORT_PHRASES", imported)]


def _unknown(key: str, known: Collection[str]) -> list[CheckMessage]:
    return [
        Error(
            f"{SETTING}[{key!r}] names {name!r}, which is not one of the sections.",
            hint=f"The sections are: {', '.join(known)}.",
            id="wagtail_careers.E004",
        )
        for name in configured_names(key)
        if name not in known
    ]


@register
def check_bodies_have_an_introduction(**kwargs: Any) -> list[CheckMessage]:
    """Report role page models whose body has no introduction, so that no page can be published."""
    return [
        Error(
            f"The body of {model._meta.label} has no {INTRODUCTION!r} section.",
            hint="Every role page needs it. Do not set it to None in a subclass of RoleBodyBlock.",
            id="wagtail_careers.E008",
        )
        for model in role_page_models()
        if INTRODUCTION not in sections_of(model._meta.get_field("body").stream_block)
    ]
