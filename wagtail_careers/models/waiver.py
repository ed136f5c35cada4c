"""Waivers: findings that somebody decided to accept for a time."""

from datetime import date, timedelta

import swapper
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_careers.dates import today
from wagtail_careers.models.fields import digest

#: The longest time that a waiver can last. After that, somebody decides again.
LONGEST = timedelta(days=365)
#: Actions in the history of a page.
WAIVE = "wagtail_careers.waive_finding"
END_WAIVER = "wagtail_careers.end_waiver"
MAX_RULE = 100
MAX_BLOCK_ID = 40


def place_key(block_id: str, text: str) -> str:
    """Return a fixed-length key of a place: the id of its section, and its text.

    When the text changes, so does the key, and a waiver for it no longer applies.
    """
    return digest(f"{block_id}\n{text}")


class WaiverQuerySet(models.QuerySet["FindingWaiver"]):
    def in_force(self, on: date) -> "WaiverQuerySet":
        """Return the waivers that apply on a day. The last day of a waiver is included."""
        return self.filter(until__gte=on)


class FindingWaiver(models.Model):
    """The decision to accept the findings of a rule on a page, with a reason and a last day.

    It is about one place, or about the whole page if ``place`` is empty. It ends by itself after
    its last day, and when the text of its place changes.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="finding_waivers",
    )
    rule = models.CharField(_("rule"), max_length=MAX_RULE)
    #: See ``place_key``; empty for the whole page.
    place = models.CharField(max_length=64, blank=True, default="", editable=False)
    section = models.CharField(_("section"), max_length=255, blank=True, default="")
    text = models.TextField(_("text"), blank=True, default="")
    reason = models.TextField(
        _("reason"), help_text=_("Say why the page can be published with this problem.")
    )
    until = models.DateField(
        _("last day"), help_text=_("The problem is reported again after this day.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("waived by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    made_at = models.DateTimeField(_("waived at"), default=timezone.now, editable=False)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["page", "until"], name="careers_waivers_of_page")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.until}"

    def clean(self) -> None:
        super().clean()
        if not (self.reason or "").strip():
            raise ValidationError({"reason": _("Enter a reason.")})
        if self.until is not None:
            refuse_wrong_day(self.until)

    @property
    def is_in_force(self) -> bool:
        return bool(self.until >= today())


def refuse_wrong_day(until: date) -> None:
    """Raise ``ValidationError`` for a last day that is over or more than a year away."""
    if until < today():
        raise ValidationError({"until": _("This day is over. Enter today or a later day.")})
    if until > today() + LONGEST:
        raise ValidationError({"until": _("Enter a day that is not more than a year away.")})
