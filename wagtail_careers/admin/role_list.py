"""The list of roles: its filters, its columns and its spreadsheet."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView as PageIndexView
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import Locale

from wagtail_careers.admin.keys import without_huge_numbers
from wagtail_careers.admin.searching import SearchMixin
from wagtail_careers.blocks.registry import sections_of
from wagtail_careers.completeness import completeness_of
from wagtail_careers.link_checks.health import pages_with_dead_links
from wagtail_careers.links.usage import pages_using
from wagtail_careers.models import RoleCategory, RoleCompleteness, RoleTrait, SharedLink, Trait
from wagtail_careers.models.category import shown_categories

#: The conditions of ``RoleCompleteness`` for each choice of the filter.
_COMPLETENESS = {
    "complete": Q(empty=0, unused=0),
    "empty": Q(empty__gt=0),
    "unused": Q(unused__gt=0),
}


class RoleFilterSet(PageFilterSet):
    """The filters of the list of roles."""

    category = django_filters.ModelChoiceFilter(
        label=_("Category"),
        queryset=lambda request: RoleCategory.objects.for_language(Locale.get_active().pk),
        method="filter_category",
    )
    live = django_filters.ChoiceFilter(
        label=_("State"), choices=[("True", _("Live")), ("False", _("Not live"))]
    )
    trait = django_filters.ModelChoiceFilter(
        label=_("Trait"), queryset=Trait.objects.order_by(Lower("name")), method="filter_trait"
    )
    completeness = django_filters.ChoiceFilter(
        label=_("Completeness"),
        choices=[
            ("complete", _("Complete")),
            ("empty", _("Has empty sections")),
            ("unused", _("Does not use all sections")),
        ],
        method="filter_completeness",
    )
    link = django_filters.ModelChoiceFilter(
        label=_("Shared link"), queryset=SharedLink.objects.all(), method="filter_link"
    )
    links = django_filters.ChoiceFilter(
        label=_("Links"), choices=[("dead", _("Has dead links"))], method="filter_dead_links"
    )
    # Roles have no child pages.
    has_child_pages = None  # type: ignore[assignment]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(without_huge_numbers(data), *args, **kwargs)

    def filter_category(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Filter by the category in the newest version, because the list shows that version."""
        pks = [category.pk for category in value.versions()]
        roles = queryset.model.objects.filter(
            Q(latest_revision__content__category__in=pks)
            | Q(latest_revision__isnull=True, category__in=pks)
        )
        # Filter by key, because a search can be filtered only by fields in its index.
        return queryset.filter(pk__in=roles.order_by().values_list("pk", flat=True))

    def filter_trait(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        asking = RoleTrait.objects.filter(trait=value)
        return queryset.filter(pk__in=asking.order_by().values_list("page_id", flat=True))

    def filter_completeness(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        rows = RoleCompleteness.objects.filter(_COMPLETENESS[value])
        return queryset.filter(pk__in=rows.values_list("page_id", flat=True))

    def filter_link(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Filter by use in the live version or in the newest one."""
        return queryset.filter(pk__in=pages_using(value).order_by().values_list("pk", flat=True))

    def filter_dead_links(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=pages_with_dead_links())


class CompletenessColumn(Column):
    """The number of written sections, and the names of those that are empty or not used."""

    cell_template_name = "wagtail_careers/admin/completeness_cell.html"


class RoleIndexView(SearchMixin, PageIndexView):  # type: ignore[misc]
    """The list of all roles of one page model, anywhere in the tree."""

    table_classname = "listing full-width careers-list"
    list_export = [
        "get_admin_display_title",
        "role_category",
        "status_string",
        "role_completeness.empty",
        "role_completeness.unused",
        "latest_revision_created_at",
        "full_url",
    ]
    export_headings: Any = {
        "get_admin_display_title": _("Title"),
        "role_category": _("Category"),
        "status_string": _("Status"),
        "role_completeness.empty": _("Empty sections"),
        "role_completeness.unused": _("Sections not used"),
        "latest_revision_created_at": _("Last edited"),
        "full_url": _("Address"),
    }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        describe_newest_versions(context["object_list"])
        return context


def describe_newest_versions(roles: Iterable[Any]) -> None:
    """Set ``role_category`` and ``role_completeness`` on pages, from their newest revision.

    This takes two queries, for the revisions and the categories, however many pages there are,
    and another one if a page has a category of another language.
    """
    roles = list(roles)
    prefetch_related_objects(roles, "latest_revision")
    contents = [role.latest_revision.content if role.latest_revision else {} for role in roles]
    chosen = [
        (content.get("category", role.category_id), role.locale_id)
        for role, content in zip(roles, contents, strict=True)
    ]
    categories = shown_categories(chosen)
    for role, content, category in zip(roles, contents, categories, strict=True):
        body = content.get("body")
        if body is None:
            # Loads what the list leaves out, but only for a page without a revision.
            body = role.body.raw_data
        role.role_category = category
        state = completeness_of(type(role), body)
        sections = sections_of(type(role)._meta.get_field("body").stream_block)
        role.role_completeness = {
            "written": len(state.written),
            "total": len(state.written) + len(state.empty) + len(state.unused),
            "empty": [str(sections[name].label) for name in state.empty],
            "unused": [str(sections[name].label) for name in state.unused],
        }


ROLE_COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    Column("role_category", label=_("Category"), width="15%"),
    CompletenessColumn("role_completeness", label=_("Completeness"), width="15%"),
    DateColumn(
        "latest_revision_created_at",
        label=_("Last edited"),
        sort_key="latest_revision_created_at",
        width="12%",
    ),
    PageStatusColumn(
        "status", label=_("Status"), sort_key="live", width="12%", classname="careers-status"
    ),
]
