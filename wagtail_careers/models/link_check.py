"""The health of an address that shared links lead to."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_careers.choices import CHANGEABLE, FAULTS, MOVES, Verdict
from wagtail_careers.conf import get_settings
from wagtail_careers.models.shared_link import SharedLink
from wagtail_careers.safe_url import MAX_DEEP_PATH


def _dead() -> Q:
    """What cannot be checked by now is not called dead: nobody can tell."""
    return Q(failing_days__gte=get_settings().dead_after_days, verdict__in=FAULTS)


def host_of(url: str) -> str:
    """The host of an address, with its port."""
    return urlsplit(url).netloc


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead(self) -> "LinkCheckQuerySet":
        """Those that failed on so many different days that the link counts as dead."""
        return self.filter(_dead())

    def needing_attention(self) -> "LinkCheckQuerySet":
        """The dead, and those that should be changed though they may work."""
        return self.of_concern().filter(Q(verdict__in=CHANGEABLE) | _dead())

    def of_concern(self) -> "LinkCheckQuerySet":
        """Those that nobody ignores, of links that were not replaced."""
        return self.not_ignored().filter(shared_link__successor=None)

    def not_ignored(self) -> "LinkCheckQuerySet":
        return self.exclude(ignored_until__gte=timezone.localdate())


class LinkCheck(models.Model):
    """What is known of one address: that of a shared link, or one with a deep path in use."""

    wagtail_reference_index_ignore = True

    shared_link = models.ForeignKey(
        SharedLink,
        verbose_name=_("shared link"),
        on_delete=models.CASCADE,
        related_name="checks",
    )
    deep_path = models.CharField(_("page on that site"), max_length=MAX_DEEP_PATH, blank=True)
    url = models.URLField(_("address"), max_length=1000)
    host = models.CharField(_("host"), max_length=255, db_index=True)
    verdict = models.CharField(
        _("verdict"), max_length=20, choices=Verdict.choices, default=Verdict.NOT_CHECKED
    )
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    final_url = models.TextField(_("leads to"), blank=True)
    detail = models.TextField(_("detail"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    last_good_at = models.DateTimeField(_("last worked"), null=True)
    #: On how many different days in a row checks failed, and the last of these days.
    failing_days = models.PositiveIntegerField(_("failing days"), default=0)
    failed_on = models.DateField(null=True)
    #: What the site gave to ask "changed since?" with (RFC 9110, section 13).
    etag = models.TextField(blank=True)
    last_modified = models.TextField(blank=True)
    ignored_until = models.DateField(_("ignored until"), null=True)
    ignored_because = models.CharField(_("reason"), max_length=255, blank=True)
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        ordering = ["url"]
        constraints = [
            models.UniqueConstraint(
                fields=["shared_link", "deep_path"], name="wagtail_careers_one_check_per_address"
            )
        ]

    def __str__(self) -> str:
        return self.url

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.host = host_of(self.url)
        super().save(*args, **kwargs)

    @property
    def is_dead(self) -> bool:
        failing = self.failing_days >= get_settings().dead_after_days
        return bool(failing and self.verdict in FAULTS)

    @property
    def is_shown_as_dead(self) -> bool:
        """Whether pages say that the link does not work, where the site asks for it."""
        return self.is_dead and not self.is_ignored

    @property
    def is_ignored(self) -> bool:
        return self.ignored_until is not None and self.ignored_until >= timezone.localdate()

    @property
    def is_of_concern(self) -> bool:
        """Whether ``of_concern`` has it."""
        return not self.is_ignored and self.shared_link.successor_id is None

    @property
    def can_move(self) -> bool:
        """Whether another address was found that readers should be sent to at once."""
        return bool(self.verdict in MOVES and self.final_url)

    def record(self, result: Any, today: date | None = None) -> None:
        """Take over the evidence of a ``link_checks.check.CheckResult``; the caller saves.

        Faults count once a day, and any answer that is none starts the count again. What
        tells nothing of the site leaves the count. An address that was not checked keeps
        what was known of it.
        """
        if result.verdict == Verdict.NOT_CHECKED:
            return
        now = timezone.now()
        today = today or timezone.localdate(now)
        self.verdict = result.verdict
        self.status = result.status
        self.final_url = result.final_url
        self.detail = result.detail
        self.etag = result.etag
        self.last_modified = result.last_modified
        self.checked_at = now
        if result.verdict in FAULTS:
            if self.failed_on != today:
                self.failing_days += 1
                self.failed_on = today
        elif result.verdict not in (Verdict.REFUSED_ROBOTS, Verdict.UNSAFE):
            self.failing_days = 0
            self.failed_on = None
            self.last_good_at = now
