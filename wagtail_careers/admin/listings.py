"""The list of traits, and what lists have in common."""

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView

from wagtail_careers.blocks.registry import site_sections
from wagtail_careers.models import RoleTrait, Trait
from wagtail_careers.role_models import role_page_models


def section_labels() -> dict[str, Any]:
    """Return the labels of all sections that the site's role pages can have, by name."""
    return {name: section.label for name, section in site_sections().items()}


class RoleCountColumn(Column):
    """The number of live roles that ask for a trait, with a link to each list that has any."""

    cell_template_name = "wagtail_careers/admin/role_count_cell.html"


class TraitIndexView(SnippetIndexView):
    """The list of traits, with their aliases and the number of live roles that ask for each."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("aliases")  # type: ignore[no-untyped-call]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        describe_role_counts(context["object_list"])
        return context


def listing_names() -> dict[type[Any], str]:
    """Return the URL namespaces of the lists of roles, by page model.

    The first one is ``careers_roles``.
    """
    return {
        model: f"careers_roles_{model._meta.label_lower}" if number else "careers_roles"
        for number, model in enumerate(role_page_models())
    }


def describe_role_counts(traits: Collection[Any]) -> None:
    """Set ``role_counts`` on traits: the number of roles of each model, and the URL of their list.

    This takes one query, however many traits there are.
    """
    rows = (
        RoleTrait.objects.filter(trait__in=[trait.pk for trait in traits])
        .order_by()
        .values_list("trait", "page__content_type")
        .annotate(Count("page"))
    )
    counts = {(trait, model): count for trait, model, count in rows}
    names = listing_names()
    types = ContentType.objects.get_for_models(*names, for_concrete_models=False)
    for trait in traits:
        trait.role_counts = [
            {
                "model": capfirst(model._meta.verbose_name_plural),
                "count": count,
                "url": f"{reverse(f'{name}:index')}?trait={trait.pk}",
            }
            for model, name in names.items()
            if (count := counts.get((trait.pk, types[model].pk)))
        ]


def alias_names(trait: Trait) -> str:
    return ", ".join(alias.name for alias in trait.aliases.all())


ROLE_COUNT_COLUMN = RoleCountColumn("role_counts", label=_("Usage"), width="12%")
ALIASES_COLUMN = Column("alias_names", label=_("Aliases"), accessor=alias_names)
