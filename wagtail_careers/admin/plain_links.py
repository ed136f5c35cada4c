"""The report on plain links, and the pages of one host, on which they become shared links."""

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView

from wagtail_careers.admin.menu import LinkReportMenuItem
from wagtail_careers.admin.ordering import ignoring_case
from wagtail_careers.admin.plain_link_rows import (
    HostRow,
    describe_uses,
    host_rows,
    host_url,
)
from wagtail_careers.admin.policies import SHARED_LINKS, editable_pages, may_edit_all_pages
from wagtail_careers.admin.replacing import start
from wagtail_careers.dates import today
from wagtail_careers.links import replacements
from wagtail_careers.links.sharing import pages_to_share
from wagtail_careers.models import PlainLinkUse
from wagtail_careers.safe_url import web_address
from wagtail_careers.text import storable


class PlainLinkFilterSet(WagtailFilterSet):
    """The filters of the report."""

    host = django_filters.ChoiceFilter(label=gettext_lazy("Host"), choices=lambda: known_hosts())

    class Meta:
        model = PlainLinkUse
        fields = ["host"]


def known_hosts() -> list[tuple[str, str]]:
    hosts = PlainLinkUse.objects.order_by("host").values_list("host", flat=True).distinct()
    return [(host, host) for host in hosts]


def by_host(uses: QuerySet[PlainLinkUse]) -> QuerySet[Any]:
    """Return the number of links and pages for each host."""
    return uses.values("host").annotate(links=Sum("number"), pages=Count("page", distinct=True))


def row_of(host: str, user: Any) -> HostRow | None:
    """Return the row for a host, or None if no page has plain links to it."""
    rows = host_rows(by_host(PlainLinkUse.objects.filter(host=host)), user)
    return rows[0] if rows else None


class FittingLinksColumn(Column):
    """The shared links that a host's plain links fit, and the next step."""

    cell_template_name = "wagtail_careers/admin/fitting_links_cell.html"


class PlainLinksView(ReportView):  # type: ignore[misc]
    """A report of the hosts that pages have plain links to. The export lists each address."""

    title = gettext_lazy("Plain links")
    page_title = gettext_lazy("Plain links")
    header_icon = "link-external"
    model = PlainLinkUse
    verbose_name_plural: Any = gettext_lazy("hosts")
    permission_policy = SHARED_LINKS
    permission_required = "change"
    filterset_class = PlainLinkFilterSet
    default_ordering = "host"
    index_url_name = "careers_plain_links:index"
    index_results_url_name = "careers_plain_links:results"
    is_searchable = True
    columns = [
        TitleColumn(
            "host",
            label=gettext_lazy("Host"),
            get_url=lambda row: row.url,
            sort_key="host",
            classname="wrap-anywhere",
            width="30%",
        ),
        NumberColumn("links", label=gettext_lazy("Links"), sort_key="links", width="10%"),
        NumberColumn("pages", label=gettext_lazy("Pages"), sort_key="pages", width="10%"),
        FittingLinksColumn("fits", label=gettext_lazy("Shared links")),
    ]
    list_export = ["host", "page_title", "address", "number", "link", "new_address"]
    export_headings = {
        "host": gettext_lazy("Host"),
        "page_title": gettext_lazy("Page"),
        "address": gettext_lazy("Address"),
        "number": gettext_lazy("Links"),
        "link": gettext_lazy("Shared link"),
        "new_address": gettext_lazy("New address"),
    }

    def get_base_queryset(self) -> QuerySet[Any]:
        uses = PlainLinkUse.objects.all()
        return uses.select_related("page") if self.is_export else by_host(uses)

    def search_queryset(self, queryset: Any) -> Any:
        """Search hosts, and the addresses on pages that the user may edit.

        Whoever could search others would learn them letter by letter.
        """
        if not self.is_searching:
            return queryset
        in_address = Q(address__icontains=self.search_query)
        if not may_edit_all_pages(self.request.user):
            in_address &= Q(page__in=editable_pages(self.request.user))
        return queryset.filter(Q(host__icontains=self.search_query) | in_address)

    def order_queryset(self, queryset: Any) -> Any:
        if self.is_export:
            return queryset.order_by("host", "page__title", "page", "address")
        # The host makes the order of equal rows fixed, so that pagination is stable.
        return queryset.order_by(self.ordering, "host")

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        rows = [] if self.is_export else host_rows(object_list, self.request.user)
        return super().get_table(rows, **kwargs)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return describe_uses(object_list, self.request.user) if self.is_export else object_list

    def get_filename(self) -> str:
        return f"plain-links-{today().isoformat()}"


class AddressColumn(Column):
    """The address of plain links, and their number."""

    cell_template_name = "wagtail_careers/admin/plain_address_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "href": web_address(context["value"] or "")}


class TargetColumn(Column):
    """The shared link that plain links to an address fit, and the new address."""

    cell_template_name = "wagtail_careers/admin/fitting_link_cell.html"


class HostView(PermissionCheckedMixin, BaseListingView):
    """The pages with plain links to one host, to review before they become shared links."""

    model = PlainLinkUse
    verbose_name_plural: Any = gettext_lazy("addresses")
    permission_policy = SHARED_LINKS
    permission_required = "change"
    page_title: Any = gettext_lazy("Plain links")
    header_icon = "link-external"
    template_name = "wagtail_careers/admin/plain_links.html"
    request: Any
    is_searchable = False
    paginate_by = 50
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page"),
            accessor="page_title",
            get_url=lambda use: use.edit_url,
            width="30%",
        ),
        AddressColumn("address", label=gettext_lazy("Plain link"), classname="wrap-anywhere"),
        TargetColumn("link", label=gettext_lazy("Shared link"), classname="wrap-anywhere"),
    ]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.host = storable(kwargs["host"])

    def post(self, request: HttpRequest, host: str) -> HttpResponse:
        if not pages_to_share(self.host):
            message = _("No live shared link fits the plain links to “%(host)s”.")
            messages.warning(request, message % {"host": self.host})
            return redirect(self.index_url)
        replacement = replacements.replace_plain_links(self.host, user=request.user)
        start(replacement)
        return redirect("careers_shared_links:replacement", replacement.pk)

    @cached_property
    def index_url(self) -> str:
        return host_url(self.host)

    def get_page_subtitle(self) -> str:
        return self.host

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *trail(self.host)]

    def get_base_queryset(self) -> QuerySet[PlainLinkUse]:
        uses = PlainLinkUse.objects.filter(host=self.host).select_related("page")
        title = ignoring_case("page__title", ["page__title"])
        return uses.order_by(title, "page", "address")

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        rows: Any = describe_uses(object_list, self.request.user)
        return super().get_table(rows, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "row": row_of(self.host, self.request.user),
            "page_count": len(pages_to_share(self.host)),
            "list_url": reverse("careers_plain_links:index"),
        }


def trail(host: str, label: str = "") -> list[dict[str, Any]]:
    """Return the breadcrumbs from the report to a host, or to a page with ``label`` about it."""
    items = [
        {"url": reverse("careers_plain_links:index"), "label": _("Plain links")},
        {"url": host_url(host), "label": host},
        {"url": "", "label": label},
    ]
    return items if label else items[:2]


def menu_item() -> LinkReportMenuItem:
    return LinkReportMenuItem(
        gettext_lazy("Plain links"),
        reverse("careers_plain_links:index"),
        name="careers-plain-links",
        icon_name="link-external",
        order=1205,
    )


def url_patterns() -> list[Any]:
    patterns = [
        path("", PlainLinksView.as_view(), name="index"),
        path("results/", PlainLinksView.as_view(results_only=True), name="results"),
        path("hosts/<str:host>/", HostView.as_view(), name="host"),
    ]
    return [path("reports/plain-links/", include((patterns, "careers_plain_links")))]
