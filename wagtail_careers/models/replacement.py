"""The replacement of links on many pages: the request, and the outcome for each page."""

from datetime import timedelta
from typing import Any

import swapper
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_careers.choices import PageOutcome
from wagtail_careers.models.plain_link_use import MAX_HOST
from wagtail_careers.models.shared_link import SharedLink

#: The time without a sign of life after which a replacement counts as interrupted. A page takes
#: much less.
SILENCE = timedelta(minutes=2)


class ReplacementQuerySet(models.QuerySet["Replacement"]):
    def of_link(self, link: SharedLink) -> "ReplacementQuerySet":
        """Return the replacements of ``link``, and those of other links with it."""
        return self.filter(Q(old=link) | Q(new=link))

    def waiting(self) -> "ReplacementQuerySet":
        """Return the replacements with pages that wait to be changed."""
        pages = ReplacementPage.objects.filter(replacement=OuterRef("pk"))
        return self.filter(Exists(pages.filter(outcome=PageOutcome.WAITING)))

    def interrupted(self) -> "ReplacementQuerySet":
        """Return the replacements with pages that wait, although nothing changes them any more."""
        return self.waiting().filter(active_at__lt=timezone.now() - SILENCE)


class Replacement(models.Model):
    """A request to use ``new`` wherever ``old`` is used, or shared links for plain links.

    With an ``old_path``, only uses with that deep path are changed, and it becomes ``new_path``.
    In that case ``old`` and ``new`` can be the same link. With a ``host``, there is neither: plain
    links to that host become the shared links that they fit.

    The record outlives its links, under the names that they had.
    """

    wagtail_reference_index_ignore = True

    old = models.ForeignKey(
        SharedLink,
        verbose_name=gettext_lazy("from"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    new = models.ForeignKey(
        SharedLink,
        verbose_name=gettext_lazy("to"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    #: The names of the links, or their addresses if a path is changed, when the request was made.
    old_name = models.TextField(blank=True, editable=False)
    new_name = models.TextField(blank=True, editable=False)
    #: As ``PlainLinkUse.host``.
    host = models.CharField(gettext_lazy("host"), max_length=MAX_HOST, blank=True)
    old_path = models.TextField(gettext_lazy("from path"), null=True)  # noqa: DJ001
    new_path = models.TextField(gettext_lazy("to path"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("user"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    continued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("continued by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(gettext_lazy("started"), auto_now_add=True)
    active_at = models.DateTimeField(gettext_lazy("last active"), default=timezone.now)
    finished_at = models.DateTimeField(gettext_lazy("finished"), null=True)

    objects = ReplacementQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("replacement")
        verbose_name_plural = gettext_lazy("replacements")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(~Q(old_name=""), ~Q(new_name=""), host="")
                | Q(~Q(host=""), old=None, new=None),
                name="wagtail_careers_names_or_host",
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_label} → {self.new_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the request. A new one gets the names of its links."""
        if self._state.adding and self.links is not None:
            self.old_name, self.new_name = self.old_label, self.new_label
        super().save(*args, **kwargs)

    @property
    def actor(self) -> Any:
        """The user who changes the pages that wait: who continued it last, or who started it."""
        return self.continued_by or self.user

    @property
    def links(self) -> tuple[SharedLink, SharedLink] | None:
        """The old and the new shared link; None if plain links are replaced, or one is deleted."""
        return (self.old, self.new) if self.old and self.new else None

    @property
    def old_label(self) -> str:
        """The link that is replaced, or the address or host whose links are changed."""
        if self.host:
            return _("Plain links to %(host)s") % {"host": self.host}
        return _label(self.old, self.old_path) or self.old_name

    @property
    def new_label(self) -> str:
        """The link or the address to use instead."""
        if self.host:
            return _("Shared links")
        path = None if self.old_path is None else self.new_path
        return _label(self.new, path) or self.new_name

    @property
    def title(self) -> str:
        """The request in a few words."""
        if self.host:
            return _("Change plain links to shared links: %(host)s") % {"host": self.host}
        labels = {"old": self.old_label, "new": self.new_label}
        if self.old_path is None:
            return _("Replace “%(old)s” with “%(new)s”") % labels
        return _("Change “%(old)s” to “%(new)s”") % labels


def _label(link: SharedLink | None, path: str | None) -> str:
    """Return the name of ``link``, or its address with ``path``; empty for a deleted link."""
    if link is None:
        return ""
    return str(link) if path is None else link.url_for(path)


class ReplacementPage(models.Model):
    """One page of a replacement. Its outcome and its revision are saved together."""

    wagtail_reference_index_ignore = True

    replacement = models.ForeignKey(Replacement, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"), on_delete=models.CASCADE, related_name="+"
    )
    keep_path = models.BooleanField(gettext_lazy("keep the path"), default=True)
    outcome = models.CharField(
        gettext_lazy("outcome"),
        max_length=20,
        choices=PageOutcome.choices,
        default=PageOutcome.WAITING,
    )
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["replacement", "page"], name="wagtail_careers_page_replaced_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.replacement}: {self.page_id}"
