"""A trait: a quality that roles ask for, with the other phrases that mean the same."""

from collections.abc import Iterable
from typing import Any

import swapper
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index

from wagtail_careers.rich_text.traits import trait_key


class Trait(index.Indexed, ClusterableModel):
    """A quality such as “communication”. Its key makes it one, however it is spelt."""

    name = models.CharField(
        _("name"), max_length=255, help_text=_("The quality in a few words: “communication”.")
    )
    key = models.CharField(max_length=255, unique=True, editable=False)

    panels = [
        FieldPanel("name"),
        InlinePanel(
            "aliases",
            heading=_("Aliases"),
            label=_("Alias"),
            help_text=_(
                "Other phrases that mean the same. Pages that highlight one of them count "
                "for this trait. A trait with the same name as an alias is merged into this one."
            ),
        ),
    ]

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("trait")
        verbose_name_plural = _("traits")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.key = trait_key(self.name)
        if not self.key:
            raise ValidationError({"name": _("Write the trait in letters.")})
        if Trait.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("There is a trait with this name already.")})
        alias = TraitAlias.objects.filter(key=self.key).exclude(trait=self.pk).first()
        if alias:
            raise ValidationError(
                {"name": _("This is an alias of the trait “%(trait)s”.") % {"trait": alias.trait}}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = trait_key(self.name)
        super().save(*args, **kwargs)

    def absorb(self, other: "Trait") -> None:
        """Take over the pages and the aliases of ``other``, and delete it."""
        with transaction.atomic():
            ours = RoleTrait.objects.filter(trait=self).values("page")
            other.roles.exclude(page__in=ours).update(trait=self)
            TraitAlias.objects.filter(trait=other).update(trait=self)
            # A fresh copy: the one in hand may have the moved aliases in its cache.
            Trait.objects.get(pk=other.pk).delete()
            # Another fresh one: saving says that it changed, which moving rows does not.
            Trait.objects.get(pk=self.pk).save()


class TraitAlias(Orderable):
    """Another phrase for a trait."""

    trait = ParentalKey(Trait, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("phrase"), max_length=255)
    key = models.CharField(max_length=255, unique=True, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.key = trait_key(self.name)
        if not self.key:
            raise ValidationError({"name": _("Write the phrase in letters.")})
        taken = TraitAlias.objects.filter(key=self.key).exclude(pk=self.pk).first()
        if taken and taken.trait_id != self.trait_id:
            raise ValidationError(
                {"name": _("This is an alias of the trait “%(trait)s”.") % {"trait": taken.trait}}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = trait_key(self.name)
        namesake = Trait.objects.filter(key=self.key).exclude(pk=self.trait_id).first()
        if namesake:
            self.trait.absorb(namesake)
        # A form may hold a phrase twice, or let two aliases change places.
        TraitAlias.objects.filter(trait=self.trait_id, key=self.key).exclude(pk=self.pk).delete()
        super().save(*args, **kwargs)


class RoleTrait(models.Model):
    """Derived: a published page asks for a trait. Written by ``wagtail_careers.derived``."""

    # Rows that follow from the page would show up as uses of it by something else.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="role_traits",
    )
    trait = models.ForeignKey(Trait, on_delete=models.CASCADE, related_name="roles")
    sort_order = models.PositiveIntegerField()

    class Meta:
        ordering = ["sort_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "trait"], name="wagtail_careers_one_row_per_page_and_trait"
            )
        ]

    def __str__(self) -> str:
        return str(self.trait)


def traits_for(phrases: Iterable[str]) -> list[Trait]:
    """The trait of each phrase, by name or alias, each once; unknown phrases become traits."""
    by_key = {trait_key(phrase): phrase for phrase in phrases}
    found = _find(by_key)
    unknown = [key for key in by_key if key not in found]
    if unknown:
        # Somebody else may publish the same phrase at this moment; the key is unique.
        Trait.objects.bulk_create(
            [Trait(name=by_key[key], key=key) for key in unknown], ignore_conflicts=True
        )
        found = _find(by_key)
    return list(dict.fromkeys(found[key] for key in by_key))


def _find(keys: Iterable[str]) -> dict[str, Trait]:
    keys = list(keys)
    found = {trait.key: trait for trait in Trait.objects.filter(key__in=keys)}
    aliases = TraitAlias.objects.filter(key__in=keys).select_related("trait")
    return {alias.key: alias.trait for alias in aliases} | found
