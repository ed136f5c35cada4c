"""The reports on what rules about content found on published roles: by section, and one by one.

They read recorded findings, never bodies. The rules are imported when a report is opened, because
a site starts without them.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import swapper
from django.db.models import Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_careers.admin.content_filters import ListFilterSet, MatrixFilterSet, level_choices
from wagtail_careers.admin.listings import section_labels
from wagtail_careers.admin.ordering import ignoring_case
from wagtail_careers.admin.policies import editable_live_roles
from wagtail_careers.admin.trend import Trend, trend
from wagtail_careers.dates import today
from wagtail_careers.models import FindingCount, RoleFinding

MATRIX, LIST = "wagtail_careers_content", "wagtail_careers_findings"
#: The section of findings about a page as a whole.
PAGE = "title"
#: Tells the columns of sections from that of the title of a role.
_SECTION = "section-"
#: The number of days in the picture over time.
SHOWN_DAYS = 90
PageModel = swapper.load_model("wagtailcore", "Page")


class _ContentReportView(ReportView):  # type: ignore[misc]
    """A report for people who can edit pages, about the pages that they can edit."""

    table_classname = "listing careers-wide-list"
    header_icon = "careers-role"
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False

    @cached_property
    def wanted(self) -> Q:
        return self.filters.wanted if self.filters and self.filters.form.is_valid() else Q()


class SectionColumn(Column):
    """The number of findings of each level in one section."""

    cell_template_name = "wagtail_careers/admin/section_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance.found.get(self.name.removeprefix(_SECTION), ())


class MatrixView(_ContentReportView):
    """The roles with the numbers of findings in each section, and a picture over time."""

    page_title: Any = gettext_lazy("Content of roles")
    model = PageModel
    template_name = "wagtail_careers/admin/content_report.html"
    index_url_name = MATRIX
    index_results_url_name = f"{MATRIX}_results"
    filterset_class = MatrixFilterSet
    default_ordering = "title"

    @cached_property
    def sections(self) -> dict[str, Any]:
        return {PAGE: _("Whole page"), **section_labels()}

    @property
    def columns(self) -> list[Any]:
        return [
            TitleColumn(
                "title",
                label=_("Role"),
                get_url=lambda page: f"{reverse(LIST)}?page={page.pk}" if page.total else None,
                sort_key="title",
                width="20%",
            ),
            *(
                SectionColumn(f"{_SECTION}{name}", label=label)
                for name, label in self.sections.items()
            ),
        ]

    @property
    def list_export(self) -> list[str]:
        return ["title", "url_path", *(f"numbers.{name}" for name in self.sections), "total"]

    @property
    def export_headings(self) -> dict[str, Any]:
        sections = {f"numbers.{name}": label for name, label in self.sections.items()}
        return {"title": _("Role"), "url_path": _("Path"), "total": _("Findings"), **sections}

    def get_base_queryset(self) -> Any:
        return editable_live_roles(self.request.user)

    def order_queryset(self, queryset: Any) -> Any:
        return queryset.order_by(ignoring_case(self.ordering, ("title",)), "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Set what was found on each page, in one query."""
        pages = list(object_list)
        by_page: dict[int, Counter[tuple[str, str]]] = {page.pk: Counter() for page in pages}
        found = RoleFinding.objects.filter(self.wanted, page__in=by_page)
        for page, section, level in found.order_by().values_list("page", "section", "level"):
            by_page[page][section, level] += 1
        for page in pages:
            _describe(page, by_page[page.pk], self.sections)
        return pages

    def get_filename(self) -> str:
        return f"content-of-roles-{today().isoformat()}"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "trend": _picture(), "list_url": reverse(LIST)}


def _describe(page: Any, counts: Counter[tuple[str, str]], sections: Iterable[str]) -> None:
    """Set ``found`` (words), ``numbers`` and ``total`` of a page from its counts."""
    levels = level_choices()
    page.found = {
        name: [f"{label}: {number}" for level, label in levels if (number := counts[name, level])]
        for name in sections
    }
    page.numbers = {name: sum(counts[name, level] for level, _label in levels) for name in sections}
    page.total = counts.total()


def _picture() -> Trend:
    since = today() - timedelta(days=SHOWN_DAYS)
    counts = FindingCount.objects.filter(day__gte=since).order_by("day")
    labels = {level: str(label) for level, label in level_choices()}
    return trend(counts.values_list("day", "level", "findings"), labels)


class WaiverColumn(Column):
    """The last day and the reason of a waiver, and a link to the form for one."""

    cell_template_name = "wagtail_careers/admin/waiver_cell.html"

    def get_value(self, instance: Any) -> Any:
        until = instance.waived_until
        return until if until and until >= today() else None

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "finding": instance}


class ListView(_ContentReportView):
    """The findings one by one, with a link to the section of each."""

    page_title: Any = gettext_lazy("Findings on roles")
    model = RoleFinding
    index_url_name = LIST
    index_results_url_name = f"{LIST}_results"
    filterset_class = ListFilterSet
    default_ordering = "page__title"
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Role"),
            accessor="page.title",
            get_url=lambda row: edit_url(row),
            sort_key="page__title",
            width="18%",
        ),
        Column("section_label", label=gettext_lazy("Section"), width="12%"),
        Column(
            "level",
            label=gettext_lazy("Level"),
            accessor=lambda row: dict(level_choices())[row.level],
        ),
        Column("problem", label=gettext_lazy("Problem"), classname="wrap-anywhere", width="30%"),
        Column("text", label=gettext_lazy("Text"), classname="wrap-anywhere"),
        WaiverColumn("waived_until", label=gettext_lazy("Waiver")),
    ]
    list_export = [
        "page.title",
        "page.url_path",
        "section_label",
        "level",
        "rule",
        "problem",
        "text",
        "waived_until",
        "waived_because",
    ]
    export_headings = {
        "page.title": gettext_lazy("Role"),
        "page.url_path": gettext_lazy("Path"),
        "section_label": gettext_lazy("Section"),
    }

    def get_base_queryset(self) -> Any:
        roles = editable_live_roles(self.request.user).order_by().values("pk")
        return RoleFinding.objects.filter(page__in=roles).select_related("page")

    def order_queryset(self, queryset: Any) -> Any:
        first = ignoring_case(self.ordering, ("page__title",))
        return queryset.order_by(first, "page", "sort_order", "pk")

    def get_filename(self) -> str:
        return f"findings-on-roles-{today().isoformat()}"


def edit_url(row: RoleFinding) -> str:
    """Return the address of the section of a finding in the form of its page."""
    url = reverse("wagtailadmin_pages:edit", args=[row.page_id])
    return f"{url}#block-{row.block_id}-section" if row.block_id else url


class ContentReportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        policy = MatrixView.permission_policy
        required = MatrixView.any_permission_required
        return bool(policy.user_has_any_permission(request.user, required))


def menu_item() -> ContentReportMenuItem:
    return ContentReportMenuItem(
        gettext_lazy("Content of roles"),
        reverse(MATRIX),
        name="content-of-roles",
        icon_name="careers-role",
        order=1310,
    )


def url_patterns() -> list[Any]:
    """Return the URLs. A ``register_admin_urls`` hook."""
    return [
        path("reports/content-of-roles/", MatrixView.as_view(), name=MATRIX),
        path(
            "reports/content-of-roles/results/",
            MatrixView.as_view(results_only=True),
            name=f"{MATRIX}_results",
        ),
        path("reports/findings-on-roles/", ListView.as_view(), name=LIST),
        path(
            "reports/findings-on-roles/results/",
            ListView.as_view(results_only=True),
            name=f"{LIST}_results",
        ),
    ]
