"""Which shared links the newest versions of pages use."""

import swapper
from django.db import models

from wagtail_careers.models.shared_link import SharedLink


class LinkUse(models.Model):
    """Derived: the newest revision of a page, live or draft, uses a shared link.

    Wagtail's reference index knows the saved page alone, not a draft that was made since.
    ``wagtail_careers.links.usage`` writes it.
    """

    # Rows that follow from the page would show up as uses of it by something else.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="newest_link_uses",
    )
    shared_link = models.ForeignKey(
        SharedLink, on_delete=models.CASCADE, related_name="newest_uses"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "shared_link"], name="wagtail_careers_one_use_per_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.shared_link_id}"
