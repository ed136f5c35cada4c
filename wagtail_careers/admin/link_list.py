"""The list of shared links."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn, UsageCountColumn
from wagtail.models import Revision, WorkflowState

from wagtail_careers.admin.menu import ListSearchArea
from wagtail_careers.admin.ordering import ignoring_case
from wagtail_careers.admin.policies import SHARED_LINKS
from wagtail_careers.admin.searching import IndexView
from wagtail_careers.admin.visibility import visible_checks
from wagtail_careers.links.addresses import find_links
from wagtail_careers.links.usage import number_of, usage_counts, with_usage
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.safe_url import destination_key


class SharedLinkFilterSet(WagtailFilterSet):
    class Meta:
        model = SharedLink
        fields = ["purpose", "live"]


class HealthColumn(Column):
    """The successor of a replaced link, or the number of addresses that need attention."""

    cell_template_name = "wagtail_careers/admin/health_cell.html"


LINK_COLUMNS: list[Any] = [
    "name",
    Column("host", label=_("Site"), accessor="host", sort_key="base_url"),
    "purpose",
    UsageCountColumn("usage_count", label=_("Usage"), sort_key="usage", width="12%"),
    HealthColumn("health", label=_("Health"), sort_key="health", width="15%"),
    LiveStatusTagColumn(),
    UpdatedAtColumn(),
]


class SharedLinkIndexView(IndexView):
    """The list of shared links, with their usage and health."""

    table_classname = "listing careers-wide-list"

    def get_base_queryset(self) -> Any:
        links = super().get_base_queryset()  # type: ignore[no-untyped-call]
        return links.select_related("successor")

    def order_queryset(self, queryset: Any) -> Any:
        """Sort as requested, and by name. Usage and health are looked up only to sort by them."""
        ordering = self.ordering or "name"
        if ordering in ("usage", "-usage"):
            queryset = with_usage(queryset)
        if ordering in ("health", "-health"):
            queryset = with_health(queryset)
        # Also annotates the time of the last update, and sorts it with empty values first.
        queryset = super().order_queryset(queryset)
        if ordering.endswith("_updated_at"):
            return queryset
        return queryset.order_by(ignoring_case(ordering, ("name",)), Lower("name"), "pk")

    def search_queryset(self, queryset: Any) -> Any:
        """Search names and organisations in the index, and addresses in the database.

        Each search backend takes addresses apart in its own way, and finds whole words at best.
        """
        if not self.is_searching:
            return queryset
        every_link = self.get_base_queryset().order_by()
        found = super().search_queryset(every_link)
        return queryset.filter(
            Q(pk__in=[link.pk for link in found]) | has_address(self.search_query)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        describe_links(context["object_list"], self.request.user)
        return context


def search_area() -> ListSearchArea:
    return ListSearchArea(
        _("Shared links"),
        reverse("careers_shared_links:list"),
        name="careers-shared-links",
        icon_name="careers-shared-link",
        order=700,
        policy=SHARED_LINKS,
        view=SharedLinkIndexView,
    )


def has_address(text: str) -> Q:
    """Return the condition for links whose address contains ``text``, or is the start of it.

    It is the start of ``text`` if that is the address of a page on the link's site.
    """
    address = text if "://" in text else f"https://{text}"
    below = find_links([address]).get(address)
    part = destination_key(address) or text
    condition = Q(destination_key__icontains=part) | Q(base_url__icontains=text)
    return condition | Q(pk=below.link.pk) if below else condition


def with_health(links: Any) -> Any:
    """Annotate ``health``: the number of addresses that need attention, dead ones first."""
    checks = LinkCheck.objects.needing_attention().filter(shared_link=OuterRef("pk"))
    number, dead = (number_of(each, "shared_link", F("pk")) for each in (checks, checks.dead()))
    # A dead address outweighs any number of others.
    return links.annotate(health=dead * 1000 + number)


def describe_links(links: Collection[Any], user: Any) -> None:
    """Set the usage, the health and the data for the status on links, in constant queries.

    The addresses counted are those that link health shows to ``user``.
    """
    counts = usage_counts(links)
    prefetch_states(links)
    checks = LinkCheck.objects.needing_attention().filter(shared_link__in=list(links))
    checks = visible_checks(user, checks)
    needing = Counter(checks.values_list("shared_link", flat=True))
    dead = Counter(checks.dead().values_list("shared_link", flat=True))
    for link in links:
        link.usage_count = counts[link.pk]
        link.usage_url = reverse("careers_shared_links:usage", args=[link.pk])
        link.dead = dead[link.pk]
        link.needing_attention = needing[link.pk] - dead[link.pk]


def prefetch_states(links: Collection[SharedLink]) -> None:
    """Look up the data for the status of all ``links`` at once, instead of link by link.

    This takes two queries, for scheduled versions and for workflows.
    """
    of_links = {
        "base_content_type": ContentType.objects.get_for_model(SharedLink),
        "object_id__in": [str(link.pk) for link in links],
    }
    scheduled = {
        revision.object_id: revision
        for revision in Revision.objects.filter(**of_links, approved_go_live_at__isnull=False)
    }
    workflows: dict[str, list[WorkflowState]] = {}
    for state in WorkflowState.objects.active().filter(**of_links):
        workflows.setdefault(state.object_id, []).append(state)
    for link in links:
        link.scheduled_revision = scheduled.get(str(link.pk))
        link._current_workflow_states = workflows.get(str(link.pk), [])  # type: ignore[attr-defined]
