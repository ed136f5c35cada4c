"""A field for the language of a page's content."""

from typing import Any

from django.db import models

from wagtail_careers.languages import MAX_TAG, language_choices
from wagtail_careers.models.wordless_fields import Deconstructed, without_wording


class LanguageField(models.CharField):  # type: ignore[type-arg]
    """A choice among the known languages, or none.

    It freezes as text: the list of languages is that of the site, and changes with Django.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own: dict[str, Any] = {"blank": True, "choices": language_choices, "max_length": MAX_TAG}
        super().__init__(*args, **(own | kwargs))

    def deconstruct(self) -> Deconstructed:
        name, path, args, kwargs = without_wording(
            super().deconstruct(), "django.db.models.CharField"
        )
        kwargs.pop("choices", None)
        return name, path, args, kwargs
