"""Where shared links are used, and the refusal to delete those that are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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
from wagtail.snippets.views.snippets import UsageView

from wagtail_careers.admin.listings import section_labels
from wagtail_careers.links.usage import Use, other_references, pages_using, usage_counts, uses_on
from wagtail_careers.models import SharedLink

#: How many pages a form and a refusal name before they point at the whole list.
NAMED = 10


@dataclass(frozen=True)
class User:
    """Something that uses a shared link: its title, its type, where to edit it, and its uses.

    For those who may not edit it, ``edit_url`` and ``uses`` are empty, and the title is hidden.
    """

    label: str
    type_name: str
    edit_url: str
    uses: tuple[Any, ...] = ()


class UsesColumn(Column):
    """Each place: the section, the text of the link and its deep path, and who sees it."""

    cell_template_name = "wagtail_careers/admin/uses_cell.html"


class SharedLinkUsageView(UsageView):
    """The pages that use a shared link, live or in a draft, and whatever else does."""

    object: Any
    columns = [
        TitleColumn(
            "label", label=gettext_lazy("Used by"), get_url=lambda user: user.edit_url or None
        ),
        Column("type_name", label=gettext_lazy("Type"), width="15%"),
        UsesColumn("uses", label=gettext_lazy("Where"), width="55%"),
    ]

    @cached_property
    def header_buttons(self) -> list[Any]:  # type: ignore[override]
        replace = HeaderButton(
            label=_("Replace with…"), url=replace_url(self.object), icon_name="resubmit"
        )
        check = HeaderButton(
            label=_("Check this link"),
            url=reverse("careers_link_health:check_link", args=[self.object.pk]),
            icon_name="rotate",
        )
        return [*super().header_buttons, check, replace]

    def get_queryset(self) -> Any:
        """Keys of pages, then references from elsewhere: looked up when they are on screen."""
        pages = pages_using(self.object).order_by("title", "pk")
        others = other_references(self.object).group_by_source_object()
        return [*pages.values_list("pk", flat=True), *others]

    def get_table(self, object_list: Iterable[Any], **kwargs: Any) -> Any:
        users: Any = describe_users(object_list, self.object, self.request.user)
        # Past the nearer base class, whose rows are those of the reference index alone.
        return BaseListingView.get_table(self, users, **kwargs)


def describe_users(found: Iterable[Any], link: SharedLink, user: Any) -> list[User]:
    """Those of a page's primary key, or of an object with its references, as rows to show."""
    found = list(found)
    pages = pages_using(link).filter(pk__in=[each for each in found if isinstance(each, int)])
    specific = {page.pk: page for page in pages.prefetch_related("latest_revision").specific()}
    finder = AdminURLFinder(user)
    users = []
    for each in found:
        if isinstance(each, int):
            uses: Any = [_place(use) for use in uses_on(specific[each], link)]
            users.append(_describe(specific[each], uses, finder))
        else:
            thing, references = each
            places = [{"section": ref.describe_source_field(), "live": True} for ref in references]
            users.append(_describe(thing, places, finder))
    return users


def _describe(thing: Any, uses: Iterable[Any], finder: AdminURLFinder) -> User:
    edit_url = finder.get_edit_url(thing)
    return User(
        label=title_of(thing, edit_url),
        type_name=capfirst(thing._meta.verbose_name),
        edit_url=edit_url or "",
        uses=tuple(uses) if edit_url else (),
    )


def describe(things: Iterable[Any], user: Any) -> list[User]:
    """Pages or records that use a link, as ``user`` may see them, without their uses."""
    finder = AdminURLFinder(user)
    return [_describe(thing, (), finder) for thing in things]


def title_of(thing: Any, edit_url: str | None) -> str:
    """The title of a page or a record; hidden from those who may not edit it."""
    if not edit_url:
        return _("(Private %(type)s)") % {"type": thing._meta.verbose_name}
    return str(getattr(thing, "get_admin_display_title", thing.__str__)())


def _place(use: Use) -> dict[str, Any]:
    return {
        "section": section_label(use.mention.section),
        "text": use.mention.text,
        "path": use.mention.deep_path,
        "live": use.live,
        "newest": use.newest,
    }


def section_label(name: str) -> str:
    """What editors know a section of a role page by; the name itself for other fields."""
    return str(section_labels().get(name) or capfirst(name.replace("_", " ")))


class UsagePanel(Panel):
    """In the form of a shared link: the pages that a change affects."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_careers/admin/usage_panel.html"
        instance: Any
        request: Any

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            users = usage_counts([self.instance])[self.instance.pk]
            return {**context, **summarise_use(self.instance, users, self.request.user)}


def summarise_use(link: SharedLink, users: int, editor: Any) -> dict[str, Any]:
    """The first pages among the ``users`` of ``link``, and where to see all and replace it."""
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


def replace_url(link: SharedLink) -> str:
    return reverse("careers_shared_links:replace", args=[link.pk])


def refuse_to_delete_links_in_use(
    request: HttpRequest, instances: Iterable[Any]
) -> HttpResponse | None:
    """A ``before_delete_snippet`` hook, for one and for many: show who uses the links instead."""
    links = [instance for instance in instances if isinstance(instance, SharedLink)]
    counts = usage_counts(links)
    in_use = [link for link in links if counts[link.pk]]
    if not in_use:
        return None
    context = {
        "links": [summarise_use(link, counts[link.pk], request.user) for link in in_use],
        "unused": [link for link in instances if link not in in_use],
        "index_url": reverse("careers_shared_links:list"),
    }
    return TemplateResponse(
        request, "wagtail_careers/admin/deletion_refused.html", context, status=409
    )
