"""Views that replace a shared link on all pages: choose, confirm, and restore."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_careers import tasks
from wagtail_careers.admin.usage import UsageRow, describe, usage_rows
from wagtail_careers.background import run_in_background
from wagtail_careers.blocks.shared_link_widget import SharedLinkChooser
from wagtail_careers.links import replacements, running
from wagtail_careers.links.usage import other_references, pages_using
from wagtail_careers.models import Replacement, SharedLink
from wagtail_careers.rich_text.targets import parse_id

#: The number of pages that are read, to list those with deep paths for a choice.
LISTED = 500

#: The number of pages without deep paths that are listed.
SHOWN = 50

#: The time that one request takes if there is no worker, in seconds.
REQUEST_SECONDS = 2.0

KEEP, DROP, CHOOSE = "keep", "drop", "choose"


class SuccessorForm(forms.Form):
    """The choice of the link that replaces a shared link."""

    new = forms.ModelChoiceField(
        queryset=SharedLink.objects.none(),
        label=gettext_lazy("Replace with"),
        help_text=gettext_lazy("Choose the new link for all pages. It must be live."),
    )

    def __init__(self, *args: Any, old: SharedLink, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old = old
        self.fields["new"].queryset = SharedLink.objects.all()  # type: ignore[attr-defined]
        self.fields["new"].widget = SharedLinkChooser(SharedLink)

    def clean_new(self) -> SharedLink:
        new: SharedLink = self.cleaned_data["new"]
        replacements.check_successor(self.old, new)
        return new


class ConfirmationForm(SuccessorForm):
    """The successor, and the pages on which deep paths are removed."""

    new = forms.ModelChoiceField(queryset=SharedLink.objects.none(), widget=forms.HiddenInput)
    paths = forms.ChoiceField(
        choices=[
            (KEEP, gettext_lazy("Keep paths on all pages")),
            (DROP, gettext_lazy("Remove paths on all pages, and link to the new address itself")),
            (CHOOSE, gettext_lazy("Remove paths only on the pages selected below")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
        label=gettext_lazy("Paths that pages add to the link"),
    )
    # Selected pages lose their paths, so that a form with many pages sends few values.
    without_path = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, pages: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].widget = forms.HiddenInput()
        self.fields["without_path"].choices = [(pk, pk) for pk in pages]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("paths") == KEEP and cleaned.get("without_path"):
            self.add_error(
                "paths",
                _(
                    "You selected pages below. Choose “Remove paths only on the pages selected "
                    "below”, or unselect them."
                ),
            )
        return cleaned

    def pages_without_path(self, all_pages: list[int]) -> list[int]:
        if self.cleaned_data["paths"] == DROP:
            return all_pages
        return self.cleaned_data["without_path"] if self.cleaned_data["paths"] == CHOOSE else []


class SharedLinkView(WagtailAdminTemplateMixin, PermissionCheckedMixin, View):
    """A page about one shared link, for users who can change it."""

    model = SharedLink
    permission_required = "change"
    header_icon = "careers-shared-link"
    request: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.link = get_object_or_404(SharedLink, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.link.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *trail(self.link, str(self.get_page_title()))]


def trail(link: SharedLink | None, label: str) -> list[dict[str, Any]]:
    """Return the breadcrumbs from the list of shared links to a page about one of them.

    Without ``link``, which was deleted, they lead to the page directly.
    """
    items = [{"url": reverse("careers_shared_links:list"), "label": _("Shared links")}]
    if link is not None:
        edit_url = reverse("careers_shared_links:edit", args=[link.pk])
        items.append({"url": edit_url, "label": link.name})
    return [*items, {"url": "", "label": label}]


class ReplaceView(SharedLinkView):
    """The form to choose another link, review the pages, and confirm."""

    page_title: Any = gettext_lazy("Replace")
    template_name = "wagtail_careers/admin/replace.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = SuccessorForm(request.GET if "new" in request.GET else None, old=self.link)
        if form.is_bound and form.is_valid():
            return self._ask(form.cleaned_data["new"], None)
        return self.render_to_response(self.get_context_data(form=form, media=form.media))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ConfirmationForm(request.POST, old=self.link, pages=self._pages)
        if form.is_valid() and (replacement := self._replace(form)):
            start(replacement)
            return redirect("careers_shared_links:replacement", replacement.pk)
        new = form.cleaned_data.get("new")
        if new is None:
            for errors in form.errors.values():
                messages.error(request, " ".join(map(str, errors)))
            return redirect("careers_shared_links:replace", pk)
        return self._ask(new, form)

    def _replace(self, form: ConfirmationForm) -> Replacement | None:
        """Return the new replacement, or None if others have just decided about the links."""
        try:
            return replacements.replace_link(
                self.link,
                form.cleaned_data["new"],
                user=self.request.user,
                without_path=form.pages_without_path(self._pages),
            )
        except ValidationError as error:
            form.add_error("new", error)
            return None

    @cached_property
    def _pages(self) -> list[int]:
        return list(pages_using(self.link).order_by("title", "pk").values_list("pk", flat=True))

    def _ask(self, new: SharedLink, form: ConfirmationForm | None) -> HttpResponse:
        form = form or ConfirmationForm(
            initial={"new": new, "paths": KEEP}, old=self.link, pages=self._pages
        )
        others = other_references(self.link).group_by_source_object()
        rows = self._rows(new)
        shown = [row for row in rows if row.paths]
        shown += [row for row in rows if not row.paths][:SHOWN]
        context = self.get_context_data(
            confirmation=form,
            chosen={parse_id(pk) for pk in form["without_path"].value() or ()},
            new=new,
            # Wagtail updates aliases itself, together with their source page.
            count=pages_using(self.link).filter(alias_of=None).count(),
            rows=shown,
            has_paths=len(self._pages) > LISTED or any(row.paths for row in rows),
            more=len(self._pages) - len(shown),
            usage_url=reverse("careers_shared_links:usage", args=[self.link.pk]),
            others=describe((thing for thing, _refs in others), self.request.user),
            listed=LISTED,
        )
        return self.render_to_response(context)

    def _rows(self, new: SharedLink) -> list[UsageRow]:
        """Return the first pages with their places, and the addresses that paths would lead to."""
        rows = usage_rows(self._pages[:LISTED], self.link, self.request.user)
        return [
            row._replace(
                uses=tuple(
                    {**use, "new_url": new.url_for(use["path"]) if use["path"] else ""}
                    for use in row.uses
                ),
            )
            for row in rows
        ]


def start(replacement: Replacement) -> None:
    """Queue the replacement for a worker. Without a worker, the progress page does the work."""
    if run_in_background():
        tasks.queue_replacement(replacement)


def advance(replacement: Replacement) -> None:
    """Continue the replacement: with a worker, or else for the time that a request can take."""
    if run_in_background():
        tasks.queue_replacement(replacement)
    else:
        running.run(replacement, seconds=REQUEST_SECONDS)


class RestoreView(SharedLinkView):
    """The form to restore a link that was replaced."""

    page_title: Any = gettext_lazy("Restore")
    template_name = "wagtail_careers/admin/restore.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.link.successor_id is None:
            messages.error(request, _("“%(link)s” is not replaced.") % {"link": self.link})
            return redirect("careers_shared_links:edit", pk)
        return self.render_to_response(self.get_context_data(link=self.link))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            replacements.restore_link(self.link, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request,
                _("“%(link)s” was restored. Editors can choose it again.") % {"link": self.link},
            )
        return redirect("careers_shared_links:edit", pk)
