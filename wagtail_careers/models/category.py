"""A category: a kind of role."""

from collections.abc import Collection, Sequence
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, OuterRef, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from wagtail_careers.conf import has_languages
from wagtail_careers.models.names import refuse_wordless


class RoleCategoryQuerySet(models.QuerySet["RoleCategory"]):
    def for_language(self, locale_id: int | None) -> Self:
        """Return each category once: in the language if it is translated, or else the oldest.

        On a site in one language, these are all categories.
        """
        if not has_languages():
            return self.all()
        nearest = Case(When(locale=locale_id, then=Value(0)), default=Value(1))
        versions = RoleCategory.objects.filter(translation_key=OuterRef("translation_key"))
        return self.filter(pk=Subquery(versions.order_by(nearest, "pk").values("pk")[:1]))


class RoleCategory(TranslatableMixin, index.Indexed, models.Model):
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
        allow_unicode=True,
        help_text=_("The name in web addresses, for example “apprenticeships”."),
    )
    is_apprenticeship = models.BooleanField(
        _("apprenticeship"),
        default=False,
        help_text=_("Select this if roles in this category are apprenticeships."),
    )

    objects = RoleCategoryQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("is_apprenticeship")]

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("role category")
        verbose_name_plural = _("role categories")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"], name="wagtail_careers_one_category_per_slug"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        refuse_wordless("name", self.name)
        # Forms have no locale field, so Django does not check the constraint. A new category gets
        # its locale when it is saved.
        locale = self.locale_id or self.get_default_locale().pk
        others = RoleCategory.objects.filter(locale=locale).exclude(pk=self.pk)
        if others.filter(slug=self.slug).exists():
            message = _("Another category has this slug. Enter a different slug.")
            raise ValidationError({"slug": message})

    def versions(self) -> models.QuerySet["RoleCategory"]:
        """Return the category in all languages, or on a site in one language only itself."""
        if not has_languages():
            return RoleCategory.objects.filter(pk=self.pk)
        return RoleCategory.objects.filter(translation_key=self.translation_key)


#: The category that a page has and the page's language, both by primary key.
Chosen = tuple[int | None, int | None]


def shown_categories(chosen: Sequence[Chosen]) -> list[RoleCategory | None]:
    """Return the category that each page shows: the translation into its language if there is one.

    This takes one query, and a second one if a page has a category of another language.
    """
    categories = RoleCategory.objects.in_bulk({pk for pk, _locale in chosen if pk})
    foreign = {
        (category.translation_key, locale)
        for pk, locale in chosen
        if (category := categories.get(pk or 0)) and category.locale_id != locale
    }
    translations = _translations(foreign) if foreign and has_languages() else {}
    found = [(categories.get(pk or 0), locale) for pk, locale in chosen]
    return [
        category and translations.get((category.translation_key, locale), category)
        for category, locale in found
    ]


def _translations(wanted: Collection[tuple[UUID, int | None]]) -> dict[Any, RoleCategory]:
    keys, locales = zip(*wanted, strict=True)
    found = RoleCategory.objects.filter(translation_key__in=keys, locale__in=locales)
    return {(category.translation_key, category.locale_id): category for category in found}
