"""The list of traits, their usage and their deletion."""

from collections.abc import Collection, Iterable
from typing import Any

import swapper
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.models import ReferenceIndex
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views.snippets import DeleteView, EditView, UsageView

from wagtail_careers.admin.languages import language_names
from wagtail_careers.admin.menu import ListSearchArea
from wagtail_careers.admin.ordering import ignoring_case
from wagtail_careers.admin.policies import TRAITS
from wagtail_careers.admin.searching import IndexView
from wagtail_careers.admin.usage import describe
from wagtail_careers.models import RoleTrait, Trait

_OF_LIVE_PAGES = Q(roles__page__live=True)


def role_counts(traits: Collection[Trait]) -> dict[int, int]:
    """Return the number of published roles that ask for each trait, in one query.

    Drafts are not counted: traits are recorded when a page is published.
    """
    counts = dict.fromkeys((trait.pk for trait in traits), 0)
    rows = RoleTrait.objects.filter(trait__in=counts, page__live=True).order_by()
    return counts | dict(rows.values_list("trait").annotate(Count("page", distinct=True)))


def roles_with(trait: Trait) -> Any:
    """Return the published roles that ask for ``trait``, by title."""
    page_model = swapper.load_model("wagtailcore", "Page")
    asking = RoleTrait.objects.filter(trait=trait).order_by()
    pages = page_model.objects.live().filter(pk__in=asking.values_list("page_id", flat=True))
    return pages.order_by(Lower("title"), "pk")


def usage_text(role_count: int) -> str:
    if not role_count:
        return _("Not used")
    text = ngettext("%(count)d published role", "%(count)d published roles", role_count)
    return text % {"count": role_count}


def usage_url(trait: Trait) -> str:
    return reverse("careers_traits:usage", args=[trait.pk])


class RoleCountColumn(Column):
    """The number of published roles that ask for a trait, with a link to their list."""

    cell_template_name = "wagtail_careers/admin/role_count_cell.html"


def alias_names(trait: Trait) -> str:
    return ", ".join(alias.name for alias in trait.aliases.all())


TRAIT_COLUMNS: list[Any] = [
    "name",
    Column("alias_names", label=gettext_lazy("Aliases"), accessor=alias_names),
    RoleCountColumn("usage", label=gettext_lazy("Usage"), sort_key="usage", width="20%"),
]


class TraitIndexView(IndexView):
    """The list of traits, with their aliases and the number of published roles."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("aliases")  # type: ignore[no-untyped-call]

    def order_queryset(self, queryset: Any) -> Any:
        """Sort as requested, and by name."""
        ordering = self.ordering or "name"
        if ordering in ("usage", "-usage"):
            number = Count("roles__page", filter=_OF_LIVE_PAGES, distinct=True)
            queryset = queryset.annotate(usage=number)
        return queryset.order_by(ignoring_case(ordering, ("name",)), Lower("name"), "pk")

    def search_queryset(self, queryset: Any) -> Any:
        """Search names and aliases, and keep the order of the list."""
        if not self.is_searching:
            return queryset
        found = super().search_queryset(self.get_base_queryset().order_by())
        return queryset.filter(pk__in=[trait.pk for trait in found])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        traits = list(context["object_list"])
        counts = role_counts(traits)
        for trait in context["object_list"]:
            trait.usage = {
                "count": counts[trait.pk],
                "text": usage_text(counts[trait.pk]),
                "url": usage_url(trait),
            }
        return context


def search_area() -> ListSearchArea:
    return ListSearchArea(
        gettext_lazy("Traits"),
        reverse("careers_traits:list"),
        name="careers-traits",
        icon_name="careers-trait",
        order=710,
        policy=TRAITS,
        view=TraitIndexView,
    )


class TraitUsageView(UsageView):
    """The published roles that ask for a trait, then other records that refer to it."""

    table_classname = "listing careers-wide-list"
    object: Any

    @cached_property
    def columns(self) -> list[Column]:  # type: ignore[override]
        languages = [Column("language", label=gettext_lazy("Language"), width="15%")]
        return [
            TitleColumn(
                "label", label=gettext_lazy("Used by"), get_url=lambda row: row.edit_url or None
            ),
            Column("type_name", label=gettext_lazy("Type"), width="25%"),
            *(languages if language_names() else []),
        ]

    def get_page_subtitle(self) -> str:
        text = usage_text(role_counts([self.object])[self.object.pk])
        return f"{self.object} ({text})"

    def get_queryset(self) -> Any:
        """Return keys of pages, then other references. Only those shown are looked up."""
        others: Any = ReferenceIndex.get_references_to(self.object)
        keys = roles_with(self.object).values_list("pk", flat=True)
        return [*keys, *others.group_by_source_object()]

    def get_table(self, object_list: Iterable[Any], **kwargs: Any) -> Any:
        found = list(object_list)
        keys = [each for each in found if isinstance(each, int)]
        roles = {page.pk: page for page in roles_with(self.object).filter(pk__in=keys).specific()}
        things = [roles[each] if isinstance(each, int) else each[0] for each in found]
        rows: Any = describe(things, self.request.user)
        # Skip the nearest base class, whose rows come from the reference index only.
        return BaseListingView.get_table(self, rows, **kwargs)


class TraitStatusPanel(SnippetStatusSidePanel):
    """The status of a trait, with the number of published roles as its usage."""

    object: Any

    def get_usage_context(self) -> dict[str, Any]:
        count = role_counts([self.object])[self.object.pk]
        return {
            "usage_count": count,
            "usage_url": self.usage_url,
            "usage_url_text": usage_text(count),
        }


class TraitEditView(EditView):
    def get_side_panels(self) -> Any:
        panel = TraitStatusPanel(
            self.object,
            self.request,
            usage_url=self.get_usage_url(),
            history_url=self.get_history_url(),
            last_updated_info=self.get_last_updated_info(),
        )
        return MediaContainer([panel])


class TraitDeleteView(DeleteView):
    """The confirmation of a deletion, which says what happens to the roles."""

    object: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        count = role_counts([self.object])[self.object.pk]
        return context | {"role_count": count, "roles_url": usage_url(self.object)}


class TraitDeleteBulkAction(DeleteBulkAction):  # type: ignore[misc]
    """Wagtail's bulk action, with the number of published roles of each trait."""

    models = [Trait]
    template_name = "wagtail_careers/admin/delete_traits.html"

    def annotate_items(self, items: Any) -> Any:
        items = super().annotate_items(items)
        self.role_counts = role_counts(items)
        return items

    def object_context(self, item: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().object_context(item)
        count = self.role_counts[item.pk]
        return context | {"role_count": count, "usage_text": usage_text(count)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"role_count": sum(self.role_counts.values())}
