"""The report on imported roles: the source of each, and everything to review or to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_careers.admin.ordering import ignoring_case
from wagtail_careers.admin.policies import editable_pages, may_edit_all_pages
from wagtail_careers.dates import today
from wagtail_careers.models import ImportRecord
from wagtail_careers.models.import_flags import FLAG_KINDS, flag_message

URL_NAME = "wagtail_careers_imported_roles"


class ImportedRoleFilterSet(WagtailFilterSet):
    live = django_filters.BooleanFilter(field_name="page__live", label=gettext_lazy("Live"))
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("About"),
        choices=[(kind, label) for kind, (label, _codes) in FLAG_KINDS.items()],
        method="with_flags",
    )

    class Meta:
        model = ImportRecord
        fields = ["needs_review", "state"]

    def with_flags(self, records: Any, name: str, kind: str) -> Any:
        """Return the records with a flag of this kind."""
        _label, codes = FLAG_KINDS[kind]
        # As text, because SQLite cannot look into lists in JSON.
        stored = [Q(flags__icontains=f'"code": "{code}"') for code in codes]
        return records.filter(reduce(or_, stored))


@dataclass(frozen=True)
class Row:
    """A flag in words, with the title and the address of the section that it is about."""

    message: str
    section: str
    url: str


class FlagsColumn(Column):
    """All flags, and the source's version of sections where it was not used."""

    cell_template_name = "wagtail_careers/admin/flags_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        context["to_review"] = _rows(instance, review=True)
        context["noted"] = _rows(instance, review=False)
        return context


def _rows(record: ImportRecord, *, review: bool) -> list[Row]:
    return [_row(record, flag) for flag in record.flags if bool(flag.get("review")) == review]


def _row(record: ImportRecord, flag: Mapping[str, Any]) -> Row:
    section = record.section_title(flag.get("block", "")) if record.page_id else ""
    url = f"{edit_url(record)}#block-{flag['block']}-section" if section else ""
    return Row(flag_message(flag), section, url)


class ImportedRolesView(ReportView):  # type: ignore[misc]
    """All imported posts, with a link to edit each page."""

    table_classname = "listing careers-wide-list"
    title = gettext_lazy("Imported roles")
    page_title = gettext_lazy("Imported roles")
    header_icon = "careers-role"
    model = ImportRecord
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["add", "change", "publish"]
    index_url_name = URL_NAME
    index_results_url_name = f"{URL_NAME}_results"
    filterset_class = ImportedRoleFilterSet
    is_searchable = True
    search_fields = ["page__title", "source_title", "source", "source_url"]
    default_ordering = "title"
    columns = [
        TitleColumn(
            "source_title",
            label=gettext_lazy("Role"),
            accessor=lambda record: record.page_title or record.source_title,
            get_url=lambda record: edit_url(record),
            sort_key="title",
            width="25%",
        ),
        FlagsColumn(
            "flags",
            label=gettext_lazy("Notes"),
            width="28%",
            classname="careers-flags wrap-anywhere",
        ),
        Column(
            "source",
            label=gettext_lazy("Source"),
            sort_key="source",
            width="22%",
            classname="wrap-anywhere",
        ),
        Column(
            "state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"
        ),
        BooleanColumn(
            "live",
            label=gettext_lazy("Live"),
            accessor=lambda record: bool(record.page and record.page.live),
        ),
        DateColumn("imported_at", label=gettext_lazy("Imported"), sort_key="imported_at"),
    ]
    list_export = [
        "source_title",
        "page_title",
        "page_path",
        "source",
        "source_url",
        "author",
        "source_date",
        "get_state_display",
        "needs_review",
        "review_text",
        "noted_text",
        "imported_at",
    ]
    export_headings = {
        "page_title": gettext_lazy("Page"),
        "page_path": gettext_lazy("Path"),
        "get_state_display": gettext_lazy("State"),
        "review_text": gettext_lazy("To review"),
        "noted_text": gettext_lazy("To know"),
    }

    def get_base_queryset(self) -> Any:
        """Return the records of pages that the user may edit.

        Nobody knows any more who could edit a deleted page, but who may edit all pages could.
        """
        records = ImportRecord.objects.select_related("page")
        if may_edit_all_pages(self.request.user):
            return records
        return records.filter(page__in=editable_pages(self.request.user))

    def order_queryset(self, queryset: Any) -> Any:
        """Sort as requested, with a fixed order of equal rows, so that pagination is stable."""
        queryset = queryset.annotate(title=Coalesce("page__title", "source_title"))
        return queryset.order_by(ignoring_case(self.ordering, ("title",)), "pk")

    def get_filename(self) -> str:
        return f"imported-roles-{today().isoformat()}"


def edit_url(record: ImportRecord) -> str | None:
    return reverse("wagtailadmin_pages:edit", args=[record.page_id]) if record.page_id else None


class ImportedRolesMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        policy = ImportedRolesView.permission_policy
        required = ImportedRolesView.any_permission_required
        return bool(policy.user_has_any_permission(request.user, required))


def menu_item() -> ImportedRolesMenuItem:
    return ImportedRolesMenuItem(
        gettext_lazy("Imported roles"),
        reverse(URL_NAME),
        name="imported-roles",
        icon_name="careers-role",
        order=1300,
    )


def url_patterns() -> list[Any]:
    view = ImportedRolesView.as_view
    return [
        path("reports/imported-roles/", view(), name=URL_NAME),
        path(
            "reports/imported-roles/results/", view(results_only=True), name=f"{URL_NAME}_results"
        ),
    ]
