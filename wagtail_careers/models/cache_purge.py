"""The addresses that front-end caches have been asked to forget."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CachePurgeQuerySet(models.QuerySet["CachePurge"]):
    def due(self) -> "CachePurgeQuerySet":
        """Return the purges that can be tried now."""
        return self.filter(due_at__lte=timezone.now())

    def failed(self) -> "CachePurgeQuerySet":
        """Return the purges that failed at least once, and did not succeed since."""
        return self.filter(attempts__gt=0)


class CachePurge(models.Model):
    """Addresses to purge from front-end caches. Deleted when the caches have forgotten them."""

    wagtail_reference_index_ignore = True

    urls = models.JSONField(_("addresses"))
    asked_at = models.DateTimeField(_("waiting since"), default=timezone.now)
    #: The time of the next attempt. Empty after the last one, until somebody tries again.
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now, null=True, db_index=True)
    attempts = models.PositiveIntegerField(_("failed attempts"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = CachePurgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("cache purge")
        verbose_name_plural = _("cache purges")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.urls)
