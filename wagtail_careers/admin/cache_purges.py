"""The report on cache purges that wait or failed, and the dashboard panel that links to it."""

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_careers.caches import purging
from wagtail_careers.models import CachePurge

CACHE_PURGES = ModelPermissionPolicy(CachePurge)


class AddressesColumn(Column):
    """The addresses of a purge."""

    cell_template_name = "wagtail_careers/admin/purged_addresses_cell.html"


class NextAttemptColumn(DateColumn):
    """The time of the next attempt, or a note that there is none."""

    cell_template_name = "wagtail_careers/admin/next_attempt_cell.html"


class CachePurgesView(ReportView):  # type: ignore[misc]
    """A report of the addresses that front-end caches have yet to forget.

    Addresses are those of all pages, so only superusers see them, and groups with the permission.
    """

    table_classname = "listing careers-wide-list"
    page_title: Any = gettext_lazy("Cache purges")
    header_icon = "rotate"
    model = CachePurge
    permission_policy = CACHE_PURGES
    permission_required = "change"
    default_ordering = "asked_at"
    index_url_name = "careers_cache_purges:index"
    index_results_url_name = "careers_cache_purges:results"
    template_name = "wagtail_careers/admin/cache_purges.html"
    is_searchable = False
    columns = [
        AddressesColumn(
            "urls", label=gettext_lazy("Addresses"), classname="wrap-anywhere", width="40%"
        ),
        Column("error", label=gettext_lazy("Error"), classname="wrap-anywhere"),
        Column("attempts", label=gettext_lazy("Failed attempts")),
        DateColumn("asked_at", label=gettext_lazy("Waiting since"), sort_key="asked_at"),
        NextAttemptColumn("due_at", label=gettext_lazy("Next attempt"), sort_key="due_at"),
    ]
    list_export = ["urls", "error", "attempts", "asked_at", "due_at"]

    def get_base_queryset(self) -> Any:
        return CachePurge.objects.all()

    def get_filename(self) -> str:
        return "cache-purges"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "some_failed": CachePurge.objects.failed().exists()}

    def post(self, request: HttpRequest) -> HttpResponse:
        if "discard" in request.POST:
            CachePurge.objects.failed().delete()
            messages.success(request, _("The failed purges were discarded."))
        else:
            purging.try_again()
            messages.success(request, _("Purging started. Refresh this report in a minute."))
        return redirect(self.index_url_name)


class CachePurgesPanel(Component):
    """The dashboard panel with the number of addresses that could not be purged."""

    name = "careers_cache_purges"
    template_name = "wagtail_careers/admin/cache_purges_panel.html"
    order = 190

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        failed = CachePurge.objects.failed()
        return {
            "count": sum(len(urls) for urls in failed.values_list("urls", flat=True)),
            "error": failed.values_list("error", flat=True).first(),
            "url": reverse("careers_cache_purges:index"),
        }


def _looks_after_cache(user: Any) -> bool:
    """Return whether the site has a front-end cache that is of concern to ``user``."""
    may_see = CACHE_PURGES.user_has_permission(user, "change")
    return bool(purging.is_configured() and may_see)


def add_panel(request: Any, panels: list[Component]) -> None:
    """Add the dashboard panel. A ``construct_homepage_panels`` hook."""
    if _looks_after_cache(request.user):
        panels.append(CachePurgesPanel())


class CachePurgesMenuItem(MenuItem):
    """The entry of the report."""

    def is_shown(self, request: Any) -> bool:
        return _looks_after_cache(request.user)


def menu_item() -> CachePurgesMenuItem:
    return CachePurgesMenuItem(
        gettext_lazy("Cache purges"),
        reverse("careers_cache_purges:index"),
        name="careers-cache-purges",
        icon_name="rotate",
        order=1220,
    )


def permissions() -> Any:
    """Return the permission to grant to groups. A ``register_permissions`` hook."""
    return Permission.objects.filter(
        content_type__app_label="wagtail_careers", codename="change_cachepurge"
    )


def url_patterns() -> list[Any]:
    patterns = [
        path("", CachePurgesView.as_view(), name="index"),
        path("results/", CachePurgesView.as_view(results_only=True), name="results"),
    ]
    return [path("reports/cache-purges/", include((patterns, "careers_cache_purges")))]
