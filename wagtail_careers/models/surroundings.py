"""Pages that show content from other records and pages, and the time when that last changed."""

from typing import Any

from django.db import models


class SurroundingsMixin(models.Model):
    """A page whose cached fragments also depend on records and pages around it.

    Put it before the page class. ``wagtail_careers.caches`` writes the field.
    """

    #: The time of the last change to other objects that the page shows, such as a shared link.
    surroundings_changed_at = models.DateTimeField(editable=False, null=True)

    class Meta:
        abstract = True

    def get_cache_key_components(self) -> list[Any]:
        """Return the values by which ``{% wagtailpagecache %}`` distinguishes versions."""
        components: list[Any] = super().get_cache_key_components()  # type: ignore[misc]
        changed = self.surroundings_changed_at
        return [*components, changed.isoformat() if changed else None]
