"""The completeness of the newest versions of role pages."""

import swapper
from django.db import models


class RoleCompleteness(models.Model):
    """The number of empty and of unused sections in the newest version of a role page.

    Derived data, written by ``wagtail_careers.derived``, so that lists of roles can be filtered
    without reading bodies. ``blocks.completeness`` explains the terms.
    """

    # Without this, Wagtail would list these derived rows among the uses of the page.
    wagtail_reference_index_ignore = True

    page = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="role_completeness_row",
    )
    empty = models.PositiveSmallIntegerField()
    unused = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return str(self.page_id)
