"""The findings about published role pages, recorded for reports."""

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_careers.models.waiver import MAX_BLOCK_ID, MAX_RULE


class RoleFinding(models.Model):
    """A finding about the published version of a role page.

    Derived data, written by ``wagtail_careers.lint.recording``, so that reports need not read
    bodies.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="role_findings",
    )
    rule = models.CharField(_("rule"), max_length=MAX_RULE, db_index=True)
    level = models.CharField(_("level"), max_length=10, db_index=True)
    #: The block type of the section; “title” for the page as a whole.
    section = models.CharField(_("section"), max_length=100)
    section_label = models.CharField(max_length=255, blank=True)
    block_id = models.CharField(max_length=MAX_BLOCK_ID, blank=True)
    text = models.TextField(_("text"), blank=True)
    problem = models.TextField(_("problem"), blank=True)
    place = models.CharField(max_length=64, editable=False)
    #: The last day of the waiver for it, if there was one, and its reason.
    waived_until = models.DateField(_("waived until"), null=True, blank=True)
    waived_because = models.TextField(_("reason"), blank=True)
    sort_order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["page", "sort_order"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


class FindingCount(models.Model):
    """The number of findings of one level on all live roles at the end of a day.

    Recorded with the findings, for the picture over time.
    """

    day = models.DateField(_("day"))
    level = models.CharField(_("level"), max_length=10)
    findings = models.PositiveIntegerField(_("findings"))
    waived = models.PositiveIntegerField(_("waived"))
    roles = models.PositiveIntegerField(_("roles with findings"))

    class Meta:
        verbose_name = _("number of findings")
        verbose_name_plural = _("numbers of findings")
        ordering = ["day", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "level"], name="wagtail_careers_one_count_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}, {self.level}: {self.findings}"
