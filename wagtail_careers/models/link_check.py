"""Checks of the addresses that shared links lead to, as saved."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_careers import dates
from wagtail_careers.choices import ACTIONABLE, DEATHS, FAULTS, MOVES, UNKNOWN, Verdict
from wagtail_careers.conf import get_settings
from wagtail_careers.destinations import destination
from wagtail_careers.models.fields import DigestField
from wagtail_careers.models.plain_link_use import MAX_HOST
from wagtail_careers.models.shared_link import SharedLink
from wagtail_careers.text import storable


def _dead() -> Q:
    """Return the condition for a dead link: not found on enough days, and at the last check.

    An address that can no longer be checked is not dead, because nobody can tell.
    """
    return Q(failing_days__gte=get_settings().dead_after_days, verdict__in=DEATHS)


def _faulty() -> Q:
    """Return the condition for a link whose fault, of whatever kind, has lasted for days."""
    days = timedelta(days=get_settings().dead_after_days - 1)
    return Q(faulty_since__lte=dates.today() - days, verdict__in=FAULTS)


def host_of(url: str) -> str:
    """Return the host of an address, with its port; empty if it is not an address."""
    try:
        return urlsplit(url).netloc[:MAX_HOST]
    except ValueError:
        return ""


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead(self) -> "LinkCheckQuerySet":
        """Return the checks that failed on enough different days for the link to count as dead."""
        return self.filter(_dead())

    def needing_attention(self) -> "LinkCheckQuerySet":
        """Return the checks of concern that are dead, faulty for days or to be acted on."""
        return self.of_concern().filter(Q(verdict__in=ACTIONABLE) | _faulty() | _dead())

    def of_concern(self) -> "LinkCheckQuerySet":
        """Return the checks that are not ignored, of links that were not replaced."""
        return self.not_ignored().filter(shared_link__successor=None)

    def plain(self) -> "LinkCheckQuerySet":
        """Return the checks of addresses that pages link to without a shared link."""
        return self.filter(shared_link=None)

    def not_ignored(self) -> "LinkCheckQuerySet":
        """Return the checks that editors do not ignore today."""
        return self.exclude(ignored_until__gte=dates.today())

    def by_severity(self) -> "LinkCheckQuerySet":
        """Annotate ``severity``: 0 for dead, then to act on, faulty, not known, and working."""
        return self.annotate(
            severity=Case(
                When(_dead(), then=0),
                When(verdict__in=ACTIONABLE, then=1),
                When(verdict__in=FAULTS, then=2),
                When(verdict=Verdict.OK, then=4),
                default=3,
                output_field=models.IntegerField(),
            )
        )


class LinkCheck(models.Model):
    """The last check of one address: of a shared link, with or without a deep path, or plain.

    A plain address is one that pages link to without a shared link.
    """

    wagtail_reference_index_ignore = True

    shared_link = models.ForeignKey(
        SharedLink,
        verbose_name=_("shared link"),
        on_delete=models.CASCADE,
        null=True,
        related_name="checks",
    )
    #: The digest of a plain address, and None for the address of a shared link.
    plain_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    #: Of any length, as is the address: a draft can have a longer path than forms accept.
    deep_path = models.TextField(_("page on that site"), blank=True)
    path_digest = DigestField(of="deep_path")
    url = models.TextField(_("address"))
    host = models.CharField(_("host"), max_length=MAX_HOST, db_index=True)
    verdict = models.CharField(
        _("verdict"), max_length=20, choices=Verdict.choices, default=Verdict.NOT_CHECKED
    )
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    final_url = models.TextField(_("leads to"), blank=True)
    detail = models.TextField(_("detail"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    last_good_at = models.DateTimeField(_("last worked"), null=True)
    #: The first day of a fault, of any kind, after which the address has not worked.
    faulty_since = models.DateField(null=True)
    #: The number of different days since then on which the address did not exist, and the last.
    failing_days = models.PositiveIntegerField(_("failing days"), default=0)
    failed_on = models.DateField(null=True)
    #: Validators from the site, to request the page only if it has changed (RFC 9110, section 13).
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
                fields=["shared_link", "path_digest"], name="wagtail_careers_one_check_per_path"
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
        return bool(failing and self.verdict in DEATHS)

    @property
    def is_shown_as_dead(self) -> bool:
        """Return whether pages show the link as dead, on a site with ``SHOW_DEAD_LINKS``.

        Plain links are not looked up when a page is rendered.
        """
        return bool(self.shared_link_id and self.is_dead and not self.is_ignored)

    @property
    def link_name(self) -> str:
        """The name of the shared link; empty for a plain link."""
        return self.shared_link.name if self.shared_link else ""

    @property
    def purpose_label(self) -> str:
        return self.shared_link.purpose_label if self.shared_link else ""

    @property
    def is_ignored(self) -> bool:
        return self.ignored_until is not None and self.ignored_until >= dates.today()

    @property
    def is_of_concern(self) -> bool:
        """Return whether ``LinkCheckQuerySet.of_concern`` includes the check."""
        link = self.shared_link
        return not self.is_ignored and (link is None or link.successor_id is None)

    @property
    def can_move(self) -> bool:
        """Return whether the check found a new address that an editor can accept.

        An error page, a log-in page or a home page is not one, also in the result of a check that
        did not know it. A plain link is changed on its pages.
        """
        has_new = bool(self.shared_link_id and self.verdict in MOVES and self.final_url)
        return has_new and destination(self.url, self.final_url) is None

    def record(self, result: Any, today: date | None = None) -> None:
        """Copy the evidence of a ``link_checks.check.CheckResult``. The caller saves.

        Only an address that does not exist counts towards a dead link, once a day, and a working
        link resets the count. Results that do not tell whether the link works leave the count
        unchanged. If the address was not checked, nothing changes.
        """
        if result.verdict == Verdict.NOT_CHECKED:
            return
        now = timezone.now()
        today = today or dates.today()
        self.verdict = result.verdict
        self.status = result.status
        # Servers and network libraries word these.
        for name in ("final_url", "detail", "etag", "last_modified"):
            setattr(self, name, storable(getattr(result, name)))
        self.checked_at = now
        if result.verdict in FAULTS:
            self.faulty_since = self.faulty_since or today
            if result.verdict in DEATHS and self.failed_on != today:
                self.failing_days += 1
                self.failed_on = today
        elif result.verdict not in UNKNOWN:
            self.faulty_since = None
            self.failing_days = 0
            self.failed_on = None
            self.last_good_at = now
