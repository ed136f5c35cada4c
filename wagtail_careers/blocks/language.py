"""The language of a section, if it is not that of its page (WCAG 3.1.2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock

from wagtail_careers.languages import MAX_TAG, known_language, language_choices

#: The name of the field in which sections have their language.
LANGUAGE_KEY = "language"


class LanguageBlock(ChoiceBlock):
    """A choice among the known languages; empty for that of the page."""

    def __init__(self, **kwargs: Any) -> None:
        choices: Any = language_choices
        super().__init__(
            choices=choices,
            required=False,
            default="",
            search_index=False,
            label=_("Language"),
            help_text=_(
                "Choose a language only if the whole section is not in the language of the page, "
                "for example Welsh on an English page. Screen readers pronounce the section in it."
            ),
        )

    def to_python(self, value: Any) -> str:
        """Return the known language, without a search through the names of all languages."""
        return known_language(value)

    def normalize(self, value: Any) -> str:
        return known_language(value)

    def value_from_form(self, value: Any) -> str:
        return known_language(value)

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Return nothing for translators. A hook of wagtail-localize."""
        return []

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as text: the list of languages is that of the site, and changes with Django."""
        return "wagtail.blocks.CharBlock", (), {"max_length": MAX_TAG, "required": False}


def language_of(section: Any) -> str:
    """Return the language of a section's value; empty if it has none of its own."""
    getter = getattr(section, "get", None)
    return known_language(getter(LANGUAGE_KEY)) if getter else ""
