"""A category: a kind of role."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class RoleCategory(index.Indexed, models.Model):
    """A kind of role, such as “Apprenticeships”. Lists of roles are grouped by it."""

    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_(
            "Enter a plural, for example “Apprenticeships”. Lists of roles use it as a heading."
        ),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=255,
        unique=True,
        allow_unicode=True,
        help_text=_("The name in web addresses, for example “apprenticeships”."),
    )
    is_apprenticeship = models.BooleanField(
        _("apprenticeship"),
        default=False,
        help_text=_("Select this if roles in this category are apprenticeships."),
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("is_apprenticeship")]

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("role category")
        verbose_name_plural = _("role categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
