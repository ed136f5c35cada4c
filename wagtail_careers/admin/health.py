"""The report on link health, and the dashboard panel that links to it."""

from typing import Any

import django_filters
from django import forms
from django.middleware.csrf import get_token
from django.urls import include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from wagtail_careers.admin.health_actions import (
    AcceptMovesView,
    CheckLinkView,
    CheckNowView,
    IgnoreView,
)
from wagtail_careers.admin.menu import LinkReportMenuItem
from wagtail_careers.admin.ordering import ignoring_case
from wagtail_careers.admin.path_changes import url_with_path
from wagtail_careers.admin.plain_link_rows import host_url
from wagtail_careers.admin.policies import SHARED_LINKS
from wagtail_careers.admin.visibility import visible_checks
from wagtail_careers.choices import Purpose, Verdict
from wagtail_careers.dates import today
from wagtail_careers.links.usage import retired_in_use
from wagtail_careers.models import LinkCheck
from wagtail_careers.models.plain_link_use import MAX_HOST
from wagtail_careers.safe_url import site_of, web_address


class LinkHealthFilterSet(WagtailFilterSet):
    """The filters of the report."""

    attention = django_filters.ChoiceFilter(
        label=gettext_lazy("Attention"),
        choices=[("needed", gettext_lazy("Needs attention")), ("ignored", gettext_lazy("Ignored"))],
        method="filter_attention",
    )
    verdict = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Verdict"),
        choices=Verdict.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    host = django_filters.ChoiceFilter(label=gettext_lazy("Host"))
    purpose = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Purpose"),
        field_name="shared_link__purpose",
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = LinkCheck
        fields = ["attention", "verdict", "host", "purpose"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = self.queryset.order_by("host").values_list("host", flat=True).distinct()
        self.filters["host"].extra["choices"] = [(host, host) for host in hosts]

    def filter_attention(self, checks: Any, name: str, value: str) -> Any:
        if value == "needed":
            return checks.needing_attention()
        return checks.filter(ignored_until__gte=today())


class AddressColumn(Column):
    """An address, as a link that opens in a new tab."""

    cell_template_name = "wagtail_careers/admin/address_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "href": web_address(instance.url)}


class VerdictColumn(Column):
    """The verdict with its evidence, and the status of a dead or ignored link."""

    cell_template_name = "wagtail_careers/admin/verdict_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "final_href": web_address(instance.final_url)}


class ActionsColumn(Column):
    """The actions for an address."""

    cell_template_name = "wagtail_careers/admin/check_actions_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        link, path = instance.shared_link_id, instance.deep_path
        if link is None:
            return {**context, "pages_url": link_url(instance)}
        return {
            **context,
            # A cell has its own context, and the form in it needs the token.
            "csrf_token": get_token(parent_context["request"]),
            "usage_url": url_with_path("usage", link, path),
            "change_path_url": url_with_path("change_path", link, path),
        }


class LinkHealthView(ReportView):  # type: ignore[misc]
    """A report of all addresses that shared links lead to, with their health."""

    table_classname = "listing careers-wide-list"
    page_title: Any = gettext_lazy("Link health")
    header_icon = "careers-shared-link"
    model = LinkCheck
    permission_policy = SHARED_LINKS
    permission_required = "change"
    filterset_class = LinkHealthFilterSet
    default_ordering = "url"
    index_url_name = "careers_link_health:index"
    index_results_url_name = "careers_link_health:results"
    template_name = "wagtail_careers/admin/link_health.html"
    is_searchable = True
    search_fields = ["url", "shared_link__name"]
    columns = [
        TitleColumn(
            "shared_link",
            label=gettext_lazy("Shared link"),
            accessor=lambda check: check.link_name or _("Plain link"),
            get_url=lambda check: link_url(check),
            sort_key="shared_link__name",
            width="20%",
        ),
        AddressColumn(
            "url",
            label=gettext_lazy("Address"),
            sort_key="url",
            width="22%",
            classname="wrap-anywhere",
        ),
        VerdictColumn(
            "verdict",
            label=gettext_lazy("Verdict"),
            sort_key="verdict",
            width="20%",
            classname="wrap-anywhere",
        ),
        DateColumn("checked_at", label=gettext_lazy("Checked"), sort_key="checked_at"),
        DateColumn("last_good_at", label=gettext_lazy("Last worked"), sort_key="last_good_at"),
        ActionsColumn("actions", label=gettext_lazy("Actions"), accessor="pk", width="16%"),
    ]
    list_export = [
        "url",
        "link_name",
        "purpose_label",
        "deep_path",
        "get_verdict_display",
        "status",
        "final_url",
        "detail",
        "failing_days",
        "checked_at",
        "last_good_at",
        "ignored_until",
        "ignored_because",
    ]
    export_headings = {
        "url": gettext_lazy("Address"),
        "link_name": gettext_lazy("Shared link"),
        "purpose_label": gettext_lazy("Purpose"),
        "get_verdict_display": gettext_lazy("Verdict"),
    }

    def get_filename(self) -> str:
        return f"link-health-{today():%Y-%m-%d}"

    @cached_property
    def visible(self) -> Any:
        return visible_checks(self.request.user)

    def get_base_queryset(self) -> Any:
        return self.visible.select_related("shared_link", "ignored_by")

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "queryset": self.visible}

    def order_queryset(self, queryset: Any) -> Any:
        """Sort as requested, the worst verdicts first, in a fixed order of equal rows."""
        by = ignoring_case(self.ordering, ("shared_link__name",))
        if self.ordering in ("verdict", "-verdict"):
            queryset, by = queryset.by_severity(), self.ordering.replace("verdict", "severity")
        return queryset.order_by(by, "url", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context if self.results_only else {**context, "retired": retired_in_use()}

    @property
    def header_buttons(self) -> list[Any]:
        accept = HeaderButton(
            label=_("Accept new addresses"),
            url=reverse("careers_link_health:accept"),
            icon_name="redirect",
        )
        check = HeaderButton(
            label=_("Check all links"), url=reverse("careers_link_health:check"), icon_name="rotate"
        )
        return [accept, check]


def link_url(check: LinkCheck) -> str:
    """Return the URL of the form of the shared link, or of the pages with the plain links."""
    if check.shared_link_id is None:
        return host_url(site_of(check.url)[:MAX_HOST])
    return reverse("careers_shared_links:edit", args=[check.shared_link_id])


class LinkHealthPanel(Component):
    """The dashboard panel with the number of addresses that need attention."""

    name = "careers_link_health"
    template_name = "wagtail_careers/admin/health_panel.html"
    order = 200

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        needing = LinkCheck.objects.needing_attention()
        return {
            "count": visible_checks(parent_context["request"].user, needing).count(),
            "url": f"{reverse('careers_link_health:index')}?attention=needed",
        }


def add_panel(request: Any, panels: list[Component]) -> None:
    """Add the panel for users who can change shared links. A ``construct_homepage_panels`` hook."""
    if SHARED_LINKS.user_has_permission(request.user, "change"):
        panels.append(LinkHealthPanel())


def menu_item() -> LinkReportMenuItem:
    return LinkReportMenuItem(
        gettext_lazy("Link health"),
        reverse("careers_link_health:index"),
        name="careers-link-health",
        icon_name="careers-shared-link",
        order=1200,
    )


def url_patterns() -> list[Any]:
    patterns = [
        path("", LinkHealthView.as_view(), name="index"),
        path("results/", LinkHealthView.as_view(results_only=True), name="results"),
        path("accept/", AcceptMovesView.as_view(), name="accept"),
        path("check/", CheckNowView.as_view(), name="check"),
        path("check/<int:link_pk>/", CheckLinkView.as_view(), name="check_link"),
        path("<int:pk>/ignore/", IgnoreView.as_view(), name="ignore"),
    ]
    return [path("reports/link-health/", include((patterns, "careers_link_health")))]
