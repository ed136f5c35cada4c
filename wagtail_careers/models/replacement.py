"""The replacement of one shared link with another: the request, and the outcome for each page."""

import swapper
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_careers.choices import PageOutcome
from wagtail_careers.models.shared_link import SharedLink
from wagtail_careers.safe_url import MAX_DEEP_PATH


class ReplacementQuerySet(models.QuerySet["Replacement"]):
    def of_link(self, link: SharedLink) -> "ReplacementQuerySet":
        """Return the replacements of ``link``, and those of other links with it."""
        return self.filter(Q(old=link) | Q(new=link))


class Replacement(models.Model):
    """A request to use ``new`` wherever ``old`` is used.

    With an ``old_path``, only uses with that deep path are changed, and it becomes ``new_path``.
    In that case ``old`` and ``new`` can be the same link.
    """

    wagtail_reference_index_ignore = True

    old = models.ForeignKey(
        SharedLink, verbose_name=gettext_lazy("from"), on_delete=models.CASCADE, related_name="+"
    )
    new = models.ForeignKey(
        SharedLink, verbose_name=gettext_lazy("to"), on_delete=models.CASCADE, related_name="+"
    )
    old_path = models.CharField(gettext_lazy("from path"), max_length=MAX_DEEP_PATH, null=True)  # noqa: DJ001
    new_path = models.CharField(gettext_lazy("to path"), max_length=MAX_DEEP_PATH, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("user"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(gettext_lazy("started"), auto_now_add=True)
    finished_at = models.DateTimeField(gettext_lazy("finished"), null=True)

    objects = ReplacementQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("replacement")
        verbose_name_plural = gettext_lazy("replacements")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.old_label} → {self.new_label}"

    @property
    def old_label(self) -> str:
        """The link that is replaced, or the address that is changed."""
        return str(self.old) if self.old_path is None else self.old.url_for(self.old_path)

    @property
    def new_label(self) -> str:
        """The link or the address to use instead."""
        return str(self.new) if self.old_path is None else self.new.url_for(self.new_path)

    @property
    def title(self) -> str:
        """The request in a few words."""
        labels = {"old": self.old_label, "new": self.new_label}
        if self.old_path is None:
            return _("Replace “%(old)s” with “%(new)s”") % labels
        return _("Change “%(old)s” to “%(new)s”") % labels


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
