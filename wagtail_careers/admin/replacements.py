"""The report on replacements of links, and the progress and the outcomes of each."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView

from wagtail_careers.admin import plain_links
from wagtail_careers.admin.menu import LinkReportMenuItem
from wagtail_careers.admin.ordering import ignoring_case
from wagtail_careers.admin.policies import SHARED_LINKS, editable_pages
from wagtail_careers.admin.replacing import trail
from wagtail_careers.admin.usage import REPLACEMENTS_URL_NAME, title_of
from wagtail_careers.admin.visibility import visible_replacements
from wagtail_careers.background import run_in_background
from wagtail_careers.choices import RETRYABLE, UNRESOLVED, PageOutcome
from wagtail_careers.dates import today
from wagtail_careers.links import progress
from wagtail_careers.models import Replacement, ReplacementPage, SharedLink

RUNNING, FINISHED, UNCHANGED = "running", "finished", "unchanged"


class ReplacementFilterSet(WagtailFilterSet):
    """The filters of the report."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[
            (RUNNING, gettext_lazy("Not finished")),
            (FINISHED, gettext_lazy("Finished")),
            (UNCHANGED, gettext_lazy("Some pages not changed")),
        ],
        method="filter_state",
    )
    link = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Shared link"),
        queryset=lambda request: replaced_links(),
        method="filter_link",
    )
    user = django_filters.ModelChoiceFilter(
        label=gettext_lazy("User"), queryset=lambda request: replacing_users()
    )
    created_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Started"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Replacement
        fields = ["state", "link", "user", "created_at"]

    def filter_state(self, queryset: Any, name: str, value: str) -> Any:
        pages = ReplacementPage.objects.filter(replacement=OuterRef("pk"))
        if value == UNCHANGED:
            return queryset.filter(Exists(pages.filter(outcome__in=UNRESOLVED)))
        is_running = Exists(pages.filter(outcome=PageOutcome.WAITING))
        return queryset.filter(is_running if value == RUNNING else ~is_running)

    def filter_link(self, queryset: Any, name: str, link: SharedLink) -> Any:
        return queryset.of_link(link)


def replaced_links() -> QuerySet[SharedLink]:
    replacements = Replacement.objects.order_by()
    return SharedLink.objects.filter(
        Q(pk__in=replacements.values("old")) | Q(pk__in=replacements.values("new"))
    )


def replacing_users() -> QuerySet[Any]:
    user_model = get_user_model()
    users = user_model._default_manager.filter(pk__in=Replacement.objects.order_by().values("user"))
    return users.order_by(user_model.USERNAME_FIELD)


class OutcomesColumn(Column):
    """The number of pages for each outcome."""

    cell_template_name = "wagtail_careers/admin/outcomes_cell.html"


class ReplacementsView(ReportView):  # type: ignore[misc]
    """All replacements, the newest first, each with a link to the outcome for each page."""

    table_classname = "listing careers-wide-list"
    title = gettext_lazy("Link replacements")
    page_title = gettext_lazy("Link replacements")
    header_icon = "resubmit"
    model = Replacement
    permission_policy = SHARED_LINKS
    permission_required = "change"
    filterset_class = ReplacementFilterSet
    default_ordering = "-created_at"
    index_url_name = REPLACEMENTS_URL_NAME
    index_results_url_name = f"{REPLACEMENTS_URL_NAME}_results"
    is_searchable = True
    search_fields = [
        "old__name",
        "old__base_url",
        "old_name",
        "new__name",
        "new__base_url",
        "new_name",
        "old_path",
        "host",
    ]
    columns = [
        TitleColumn(
            "old_label",
            label=gettext_lazy("From"),
            get_url=lambda row: reverse("careers_shared_links:replacement", args=[row.pk]),
            sort_key="old__name",
            classname="wrap-anywhere",
            width="30%",
        ),
        Column(
            "new_label",
            label=gettext_lazy("To"),
            sort_key="new__name",
            classname="wrap-anywhere",
            width="22%",
        ),
        DateColumn("created_at", label=gettext_lazy("Started"), sort_key="created_at"),
        UserColumn(
            "user",
            label=gettext_lazy("User"),
            blank_display_name=gettext_lazy("Deleted user"),  # type: ignore[arg-type]
            sort_key=f"user__{get_user_model().USERNAME_FIELD}",
        ),
        Column("progress", label=gettext_lazy("Progress"), width="12%"),
        OutcomesColumn("result", label=gettext_lazy("Result"), width="20%"),
    ]
    list_export = [
        "old_label",
        "new_label",
        "created_at",
        "finished_at",
        "user",
        "progress",
        "result",
    ]
    export_headings = {
        "old_label": gettext_lazy("From"),
        "new_label": gettext_lazy("To"),
        "progress": gettext_lazy("Progress"),
        "result": gettext_lazy("Result"),
    }

    def get_base_queryset(self) -> Any:
        visible = visible_replacements(self.request.user)
        return visible.select_related("old", "new", "user__wagtail_userprofile")

    def order_queryset(self, queryset: Any) -> Any:
        """Sort as requested, with a fixed order of equal rows, so that pagination is stable."""
        by = ignoring_case(self.ordering, ("old__name", "new__name"))
        return queryset.order_by(by, "-pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        describe_outcomes(object_list)
        return object_list

    def get_filename(self) -> str:
        return f"link-replacements-{today().isoformat()}"


def describe_outcomes(rows: QuerySet[Any]) -> None:
    """Set ``progress``, ``outcomes`` and ``result`` on replacements. This takes one query."""
    found = progress.outcomes_of(rows)
    for row in rows:
        row.progress = progress.from_outcomes(found[row.pk])
        row.outcomes = labelled(found[row.pk])
        row.result = ", ".join(f"{each['label']}: {each['count']}" for each in row.outcomes)


def labelled(outcomes: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the outcomes that occur, as the report shows them. A waiting page has none."""
    return [
        {"label": outcome.label, "count": outcomes[outcome], "unresolved": outcome in UNRESOLVED}
        for outcome in PageOutcome
        if outcome != PageOutcome.WAITING and outcome in outcomes
    ]


def trail_to(replacement: Replacement) -> list[dict[str, Any]]:
    if replacement.host:
        return plain_links.trail(replacement.host, _("Replacement"))
    return trail(replacement.old, _("Replacement"))


def has_pages_to_retry(replacement: Replacement, user: Any) -> bool:
    """Return whether pages of ``replacement`` were not changed that ``user`` could change."""
    if not (replacement.host or replacement.links):
        return False  # One of the links is deleted.
    unchanged = replacement.pages.filter(outcome__in=RETRYABLE)
    return bool(unchanged.filter(page__in=editable_pages(user)).exists())


class OutcomeColumn(Column):
    cell_template_name = "wagtail_careers/admin/outcome_cell.html"


class ReplacementView(PermissionCheckedMixin, BaseListingView):
    """The progress of a replacement, and the outcome for each page."""

    model = SharedLink
    permission_required = "change"
    page_title: Any = gettext_lazy("Replacement")
    header_icon = "careers-shared-link"
    template_name = "wagtail_careers/admin/replacement.html"
    request: Any
    is_searchable = False
    paginate_by = 50
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page"),
            accessor="title",
            get_url=lambda row: row.edit_url,
        ),
        OutcomeColumn("outcome", label=gettext_lazy("Outcome"), width="50%"),
    ]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = visible_replacements(request.user)
        found = visible.select_related("old", "new", "user", "continued_by")
        self.replacement = get_object_or_404(found, pk=kwargs["pk"])

    @property
    def index_url(self) -> str:
        return reverse("careers_shared_links:replacement", args=[self.replacement.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *trail_to(self.replacement)]

    def get_base_queryset(self) -> Any:
        return self.replacement.pages.select_related("page")

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        finder = AdminURLFinder(self.request.user)
        rows: Any = list(object_list)
        for row in rows:
            row.edit_url = finder.get_edit_url(row.page)
            row.title = title_of(row.page, row.edit_url)
        return super().get_table(rows, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        outcomes = progress.outcomes(self.replacement)
        return {
            **context,
            "replacement": self.replacement,
            "progress": progress.from_outcomes(outcomes),
            "was_cancelled": PageOutcome.CANCELLED in outcomes,
            "retryable": has_pages_to_retry(self.replacement, self.request.user),
            "in_background": run_in_background(),
            "is_own": self.replacement.actor == self.request.user,
            "cancel_url": reverse(
                "careers_shared_links:cancel_replacement", args=[self.replacement.pk]
            ),
            "outcomes": labelled(outcomes),
            "remaining": plain_links.row_of(self.replacement.host, self.request.user),
            "list_url": reverse(REPLACEMENTS_URL_NAME),
            "continue_url": reverse(
                "careers_shared_links:continue_replacement", args=[self.replacement.pk]
            ),
        }


def menu_item() -> LinkReportMenuItem:
    return LinkReportMenuItem(
        gettext_lazy("Link replacements"),
        reverse(REPLACEMENTS_URL_NAME),
        name="careers-replacements",
        icon_name="resubmit",
        order=1210,
    )


def url_patterns() -> list[Any]:
    view = ReplacementsView.as_view
    return [
        path("reports/link-replacements/", view(), name=REPLACEMENTS_URL_NAME),
        path(
            "reports/link-replacements/results/",
            view(results_only=True),
            name=f"{REPLACEMENTS_URL_NAME}_results",
        ),
    ]
