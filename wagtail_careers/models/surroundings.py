"""Pages that show what is kept elsewhere, and when that was changed."""

from typing import Any

from django.db import models


class SurroundingsMixin(models.Model):
    """A page whose cached fragments also depend on records and pages around it.

    Put it before the page class. ``wagtail_careers.caches`` writes the field.
    """

    #: When something that the page shows was changed elsewhere, such as a shared link.
    surroundings_changed_at = models.DateTimeField(editable=False, null=True)

    class Meta:
        abstract = True

    def get_cache_key_components(self) -> list[Any]:
        """What ``{% wagtailpagecache %}`` tells versions of the page apart by."""
        components: list[Any] = super().get_cache_key_components()  # type: ignore[misc]
        changed = self.surroundings_changed_at
        return [*components, changed.isoformat() if changed else None]
