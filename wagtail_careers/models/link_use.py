"""The shared links that versions of pages use that are not saved as the page itself."""

import swapper
from django.db import models

from wagtail_careers.models.shared_link import SharedLink


class LinkUse(models.Model):
    """The use of a shared link by the newest revision of a page, live or draft.

    Older revisions count too while they are scheduled or in moderation, because they can go live.
    Derived data, written by ``wagtail_careers.links.recording``. Wagtail's reference index covers
    the saved page only, not a newer draft.
    """

    # Without this, Wagtail would list these derived rows among the uses of the page.
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
