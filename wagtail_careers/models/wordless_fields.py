"""Fields of abstract models whose wording stays out of the migrations of sites.

Django writes the names and help texts of fields into migrations, and those of an abstract model
into the migrations of each site that subclasses it (see ``blocks.wording`` for blocks). A field
freezes as the class that it extends, so that migrations do not depend on this module.
"""

from typing import Any

from django.db import models
from wagtail.fields import StreamField

WORDING = ("help_text", "verbose_name")

Deconstructed = tuple[str, str, Any, dict[str, Any]]


def without_wording(deconstructed: Any, path: str) -> Deconstructed:
    """Return what ``deconstruct()`` returned, for the class at ``path`` and without wording."""
    name, _path, args, kwargs = deconstructed
    kept = {key: value for key, value in kwargs.items() if key not in WORDING}
    return name, path, args, kept


class WordlessForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    def deconstruct(self) -> Deconstructed:
        return without_wording(super().deconstruct(), "django.db.models.ForeignKey")


class WordlessStreamField(StreamField):  # type: ignore[type-arg]
    def deconstruct(self) -> Deconstructed:
        return without_wording(super().deconstruct(), "wagtail.fields.StreamField")
