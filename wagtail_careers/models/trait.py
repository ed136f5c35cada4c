"""A trait: a quality that roles ask for, and its aliases."""

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

from wagtail_careers.models.fields import ExactCharField
from wagtail_careers.rich_text.traits import (
    MAX_TRAIT_LENGTH,
    is_too_long,
    trait_key,
    trimmed,
    visible,
)


class Trait(index.Indexed, ClusterableModel):
    """A quality such as “communication”. Its key is equal for all spellings (``trait_key``)."""

    name = models.CharField(
        _("name"),
        max_length=MAX_TRAIT_LENGTH,
        help_text=_("The quality in a few words, for example “communication”."),
    )
    key = ExactCharField(max_length=MAX_TRAIT_LENGTH, unique=True, editable=False)

    panels = [
        FieldPanel("name"),
        InlinePanel(
            "aliases",
            heading=_("Aliases"),
            label=_("Alias"),
            help_text=_(
                "Enter other phrases with the same meaning. Roles that highlight one of them have "
                "this trait. If another trait has the name of an alias, it is merged into this one."
            ),
        ),
    ]

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.RelatedFields(
            "aliases", [index.SearchField("name"), index.AutocompleteField("name")]
        ),
    ]

    class Meta:
        verbose_name = _("trait")
        verbose_name_plural = _("traits")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        _take_spelling(self)
        if Trait.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"name": _("A trait with this name already exists. Enter a different name.")}
            )
        alias = TraitAlias.objects.filter(key=self.key).exclude(trait=self.pk).first()
        if alias:
            message = _("This is an alias of the trait “%(trait)s”. Use that trait instead.")
            raise ValidationError({"name": message % {"trait": alias.trait}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = visible(self.name)
        self.key = trait_key(self.name)
        super().save(*args, **kwargs)
        # Wagtail indexes a trait as soon as it is saved, before its aliases are saved.
        index.insert_or_update_object(self)

    def absorb(self, other: "Trait") -> None:
        """Move the pages and aliases of ``other`` to this trait, and delete ``other``."""
        with transaction.atomic():
            ours = RoleTrait.objects.filter(trait=self).values("page")
            other.roles.exclude(page__in=ours).update(trait=self)
            TraitAlias.objects.filter(trait=other).update(trait=self)
            # Delete a fresh copy, because ``other`` may have cached the moved aliases.
            Trait.objects.get(pk=other.pk).delete()
            # Save a fresh copy, because moving rows sends no signal that purges caches.
            Trait.objects.get(pk=self.pk).save()


class TraitAlias(Orderable):
    """A phrase that means the same as a trait."""

    trait = ParentalKey(Trait, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("phrase"), max_length=MAX_TRAIT_LENGTH)
    key = ExactCharField(max_length=MAX_TRAIT_LENGTH, unique=True, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        _take_spelling(self)
        taken = TraitAlias.objects.filter(key=self.key).exclude(pk=self.pk).first()
        if taken and taken.trait_id != self.trait_id:
            message = _("This is an alias of the trait “%(trait)s”. Enter a different phrase.")
            raise ValidationError({"name": message % {"trait": taken.trait}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = visible(self.name)
        self.key = trait_key(self.name)
        namesake = Trait.objects.filter(key=self.key).exclude(pk=self.trait_id).first()
        if namesake:
            self.trait.absorb(namesake)
        # A form can contain a phrase twice, or swap two aliases.
        TraitAlias.objects.filter(trait=self.trait_id, key=self.key).exclude(pk=self.pk).delete()
        super().save(*args, **kwargs)
        index.insert_or_update_object(self.trait)


def _take_spelling(record: Trait | TraitAlias) -> None:
    """Set the name and key of ``record`` from what was entered, or raise ``ValidationError``."""
    record.name = visible(record.name)
    record.key = trait_key(record.name)
    if not record.key:
        raise ValidationError({"name": _("Enter at least one letter or number.")})
    if is_too_long(record.name):
        raise ValidationError({"name": _("Enter a shorter phrase.")})


class RoleTrait(models.Model):
    """A trait that a published page asks for. Derived by ``wagtail_careers.derived``."""

    # Without this, Wagtail would list these derived rows among the uses of the page.
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
    """Return the traits of ``phrases``, by name or alias, each once.

    Unknown phrases become new traits.
    """
    by_key = {trait_key(phrase): phrase for phrase in phrases}
    found = _find(by_key)
    unknown = [key for key in by_key if key not in found]
    if unknown:
        # Another request may create the same trait at this moment, and the key is unique.
        Trait.objects.bulk_create(
            [Trait(name=trimmed(by_key[key]), key=key) for key in unknown], ignore_conflicts=True
        )
        found = _find(by_key)
    return list(dict.fromkeys(found[key] for key in by_key))


def known_traits() -> dict[str, str]:
    """Return the names of all traits, by their own keys and those of their aliases."""
    aliases = TraitAlias.objects.values_list("key", "trait__name")
    return dict(aliases.order_by()) | dict(Trait.objects.order_by().values_list("key", "name"))


def _find(keys: Iterable[str]) -> dict[str, Trait]:
    keys = list(keys)
    found = {trait.key: trait for trait in Trait.objects.filter(key__in=keys)}
    aliases = TraitAlias.objects.filter(key__in=keys).select_related("trait")
    return {alias.key: alias.trait for alias in aliases} | found
