"""A step: one role that another leads to."""

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_careers.choices import Relation

#: The longest title and note of a step. Its block refuses longer ones, but code can store them.
MAX_TEXT = 255
PAGE_MODEL = swapper.get_model_name("wagtailcore", "Page")


class Step(models.Model):
    """An entry in the progression of a published page. Derived by ``wagtail_careers.derived``."""

    # Without this, Wagtail would list these derived rows among the uses of the page.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(PAGE_MODEL, on_delete=models.CASCADE, related_name="role_steps")
    target = models.ForeignKey(
        PAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="role_steps_to",
    )
    title = models.CharField(_("role title"), max_length=MAX_TEXT)
    relation = models.CharField(_("relation"), max_length=20, choices=Relation.choices)
    note = models.CharField(_("note"), max_length=MAX_TEXT, blank=True)
    sort_order = models.PositiveIntegerField()

    class Meta:
        ordering = ["sort_order"]

    def __str__(self) -> str:
        return self.title
