"""The usage of shared links, and the refusal to delete links in use."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import DeleteView, UsageView

from wagtail_careers.admin.languages import language_names
from wagtail_careers.admin.listings import section_labels
from wagtail_careers.admin.visibility import visible_pages_with_path
from wagtail_careers.links.deletion import awaited, lock_for_deletion, replaced_in_use
from wagtail_careers.links.pending import with_pending_contents
from wagtail_careers.links.usage import (
    Use,
    other_references,
    pages_using,
    translations_of,
    usage_counts,
    uses_on,
)
from wagtail_careers.models import Replacement, SharedLink
from wagtail_careers.models.link_claim import claimed
from wagtail_careers.models.locking import lock_links
from wagtail_careers.text import storable

#: The number of pages that a form and a refusal list before they link to the whole list.
NAMED = 10

#: The URL of the report on replacements.
REPLACEMENTS_URL_NAME = "careers_replacements"


class UsageRow(NamedTuple):
    """A page or record that uses a shared link: its title, type, edit URL and uses.

    For people who cannot edit it, ``edit_url`` and ``uses`` are empty, and the title is hidden.
    ``language`` is empty on a site in one language, and for a record that has none.
    """

    label: str
    type_name: str
    language: str
    edit_url: str
    uses: tuple[Any, ...] = ()
    pk: Any = None

    @property
    def paths(self) -> set[str]:
        """The deep paths that the page adds to the link."""
        return {use.get("path", "") for use in self.uses} - {""}


class UsesColumn(Column):
    """The places of a link: section, link text and deep path, and live or draft."""

    cell_template_name = "wagtail_careers/admin/uses_cell.html"


class SharedLinkUsageView(UsageView):
    """The list of pages that use a shared link, live or in a draft, and of other records."""

    table_classname = "listing careers-wide-list"
    object: Any

    @cached_property
    def columns(self) -> list[Column]:  # type: ignore[override]
        languages = [Column("language", label=gettext_lazy("Language"), width="12%")]
        return [
            TitleColumn(
                "label", label=gettext_lazy("Used by"), get_url=lambda row: row.edit_url or None
            ),
            Column("type_name", label=gettext_lazy("Type"), width="15%"),
            *(languages if language_names() else []),
            UsesColumn("uses", label=gettext_lazy("Places"), width="50%"),
        ]

    @property
    def deep_path(self) -> str:
        """The deep path to which the list is limited, if any."""
        return storable(self.request.GET.get("path", ""))

    def get_page_subtitle(self) -> str:
        if self.deep_path:
            return str(self.object.url_for(self.deep_path))
        return str(super().get_page_subtitle())

    @cached_property
    def header_buttons(self) -> list[Any]:  # type: ignore[override]
        replace = HeaderButton(
            label=_("Replace link"), url=replace_url(self.object), icon_name="resubmit"
        )
        check = HeaderButton(
            label=_("Check this link"),
            url=reverse("careers_link_health:check_link", args=[self.object.pk]),
            icon_name="rotate",
        )
        return [*super().header_buttons, check, replace]

    def get_queryset(self) -> Any:
        """Return keys of pages, then other references. Only those shown are looked up."""
        if self.deep_path:
            found = visible_pages_with_path(self.request.user, self.object, self.deep_path)
            return list(found.order_by("title", "pk").values_list("pk", flat=True))
        pages = pages_using(self.object).order_by("title", "pk")
        others = other_references(self.object).group_by_source_object()
        return [*pages.values_list("pk", flat=True), *others]

    def get_table(self, object_list: Iterable[Any], **kwargs: Any) -> Any:
        rows: Any = usage_rows(object_list, self.object, self.request.user)
        # Skip the nearest base class, whose rows come from the reference index only.
        return BaseListingView.get_table(self, rows, **kwargs)


def usage_rows(found: Iterable[Any], link: SharedLink, user: Any) -> list[UsageRow]:
    """Build table rows for pages (by primary key) and other referencing objects."""
    found = list(found)
    pages = pages_using(link).filter(pk__in=[each for each in found if isinstance(each, int)])
    loaded = with_pending_contents(pages.prefetch_related("latest_revision").specific())
    specific = {page.pk: page for page in loaded}
    translations = translations_of(link)
    build = _RowBuilder(user)
    rows = []
    for each in found:
        if isinstance(each, int):
            uses: Any = [_place(use) for use in uses_on(specific[each], link, translations)]
            rows.append(build(specific[each], uses))
        else:
            thing, references = each
            places = [{"section": ref.describe_source_field(), "live": True} for ref in references]
            rows.append(build(thing, places))
    return rows


class _RowBuilder:
    """A function that describes pages and records as ``user`` may see them."""

    def __init__(self, user: Any) -> None:
        self.finder = AdminURLFinder(user)
        self.languages = language_names()

    def __call__(self, thing: Any, uses: Iterable[Any] = ()) -> UsageRow:
        edit_url = self.finder.get_edit_url(thing)
        return UsageRow(
            label=title_of(thing, edit_url),
            type_name=capfirst(thing._meta.verbose_name),
            language=self.languages.get(getattr(thing, "locale_id", 0), ""),
            edit_url=edit_url or "",
            uses=tuple(uses) if edit_url else (),
            pk=thing.pk,
        )


def describe(things: Iterable[Any], user: Any) -> list[UsageRow]:
    """Return rows for pages or records that use a link, as ``user`` may see them, without uses."""
    build = _RowBuilder(user)
    return [build(thing) for thing in things]


def title_of(thing: Any, edit_url: str | None) -> str:
    """Return the title of a page or a record, hidden from people who cannot edit it."""
    if not edit_url:
        return _("(Private %(type)s)") % {"type": thing._meta.verbose_name}
    return str(getattr(thing, "get_admin_display_title", thing.__str__)())


def _place(use: Use) -> dict[str, Any]:
    return {
        "section": place_name(use.mention.section),
        "text": use.mention.text,
        "path": use.mention.deep_path,
        "live": use.live,
        "newest": use.newest,
        "pending": use.pending,
    }


def place_name(name: str) -> str:
    """Return the label of a section of a role page, or the name itself for other fields."""
    return str(section_labels().get(name) or capfirst(name.replace("_", " ")))


class UsagePanel(Panel):
    """The panel in the form of a shared link that lists the pages that a change affects."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_careers/admin/usage_panel.html"
        instance: Any
        request: Any

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            users = usage_counts([self.instance])[self.instance.pk]
            return {
                **context,
                **summarise_use(self.instance, users, self.request.user),
                "live_url": replaced_by_draft(self.instance),
                "replacement_count": Replacement.objects.of_link(self.instance).count(),
                "replacements_url": f"{reverse(REPLACEMENTS_URL_NAME)}?link={self.instance.pk}",
            }


def replaced_by_draft(link: SharedLink) -> str:
    """Return the address that readers get until the draft of ``link`` is published.

    It is empty if the link is not live or its draft has the same address.
    """
    if not (link.has_unpublished_changes and link.latest_revision):
        return ""
    # From the database, because the form puts what was entered on its own object.
    live = SharedLink.objects.filter(pk=link.pk, live=True)
    draft_url = link.latest_revision.content.get("base_url")
    found = live.exclude(base_url=draft_url).values_list("base_url", flat=True)
    return found.first() or ""


def summarise_use(link: SharedLink, users: int, editor: Any) -> dict[str, Any]:
    """Return the first pages that use ``link``, the counts, and the URLs to see all and replace it.

    ``users`` is the number of pages and other records that use it.
    """
    pages = pages_using(link)
    page_count = pages.count()
    return {
        "link": link,
        "page_count": page_count,
        "other_count": users - page_count,
        "pages": describe(pages.order_by("title", "pk")[:NAMED], editor),
        "usage_url": reverse("careers_shared_links:usage", args=[link.pk]),
        "replace_url": replace_url(link),
        "restore_url": reverse("careers_shared_links:restore", args=[link.pk]),
        "successor_url": link.successor_id
        and reverse("careers_shared_links:edit", args=[link.successor_id]),
    }


class SharedLinkDeleteView(DeleteView):
    """The deletion of a link, in one transaction with the test that nothing uses it."""

    object: Any

    @property
    def confirmation_message(self) -> str:
        """The question, with what becomes of versions in which nothing can be changed."""
        loss = _(
            "Older versions of pages can still have this link. If somebody restores one of them, "
            "the link is missing."
        )
        sentences = [str(super().confirmation_message), loss]
        if self.object.successor_id:
            successor = {"link": self.object.current}
            sentences.append(_("If you keep it, they get “%(link)s” instead.") % successor)
        return " ".join(sentences)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            lock_links(self.object.pk)
            return super().dispatch(request, *args, **kwargs)


def replace_url(link: SharedLink) -> str:
    return reverse("careers_shared_links:replace", args=[link.pk])


def refuse_to_delete_links_in_use(
    request: HttpRequest, instances: Iterable[Any]
) -> HttpResponse | None:
    """Show the pages that use links instead of deleting them. A ``before_delete_snippet`` hook.

    The views that delete run it in their transaction, so nothing changes before the deletion.
    Pages that wait to get a link count as well.
    """
    links = [instance for instance in instances if isinstance(instance, SharedLink)]
    if links and request.method == "POST":
        lock_for_deletion(links)
    counts = usage_counts(links)
    being_saved = claimed([link.pk for link in links])
    in_use = [link for link in links if counts[link.pk] or link.pk in being_saved]
    waited_for = {link: awaited(link).first() for link in links if link not in in_use}
    replacements = {link: each for link, each in waited_for.items() if each}
    replaced = {link: list(replaced_in_use(link)) for link in links}
    if not (in_use or replacements or any(replaced.values())):
        return None
    used = {link: counts[link.pk] for link in in_use}
    used |= {old: old.usage for olds in replaced.values() for old in olds}
    kept = [*in_use, *replacements, *(link for link in links if replaced[link])]
    context = {
        "links": [summarise_use(link, count, request.user) for link, count in used.items()],
        "replacements": replacements,
        "unused": [link for link in instances if link not in kept],
        "index_url": reverse("careers_shared_links:list"),
    }
    return TemplateResponse(
        request, "wagtail_careers/admin/deletion_refused.html", context, status=409
    )
