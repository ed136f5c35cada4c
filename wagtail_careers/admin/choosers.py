"""The modal in which editors choose or create a shared link.

The field of a block and the toolbar button of rich text use it. For the button, a second step of
the modal asks for a deep path (the URL parameter ``deep_path``), unless the editor has given the
whole address of a page.
"""

import re
from typing import Any
from urllib.parse import urlencode

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, LocaleFilterMixin
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.models import Locale
from wagtail.snippets.views.chooser import SnippetCreateView

from wagtail_careers.admin.keys import ChooserViewSet, ChosenView
from wagtail_careers.admin.link_forms import CreationForm, DeepPathForm, SearchForm
from wagtail_careers.admin.resolving import ResolveView
from wagtail_careers.admin.searching import ChooseResultsView, ChooseView
from wagtail_careers.blocks.shared_link_widget import SharedLinkChooser
from wagtail_careers.choices import LinkState
from wagtail_careers.links.addresses import Found, find_links
from wagtail_careers.links.states import link_states
from wagtail_careers.models import SharedLink
from wagtail_careers.safe_url import full_address, query_of
from wagtail_careers.text import storable

#: The URL parameters that every step of the modal passes on: the step for a deep path is wanted,
#: and the language of the page.
PRESERVED = ["deep_path", "locale"]
#: An address without a scheme. A host alone could be a word of a name, so it is searched for.
_HOST_AND_PATH = re.compile(r"[^\s/:]+\.[^\s/:]+/")


def modal_url(request: HttpRequest, name: str, *args: Any, **params: str) -> str:
    """Return the address of a view of the modal, with the parameters of ``request`` to keep."""
    kept = {key: request.GET[key] for key in PRESERVED if request.GET.get(key)}
    query = urlencode(kept | params)
    url = reverse(f"{URL_NAMESPACE}:{name}", args=args)
    return f"{url}?{query}" if query else url


def content_locale(request: HttpRequest) -> Any:
    """Return the language of the page that is edited, else the active one."""
    code = storable(request.GET.get("locale", ""))
    return Locale.objects.filter(language_code=code).first() or Locale.get_active()


class _CreationFormMixin:
    request: HttpRequest

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_creation_form_kwargs()  # type: ignore[misc]
        address = full_address(self.request.GET.get("address", ""))
        return {
            **kwargs,
            "instance": SharedLink(locale=content_locale(self.request)),
            "initial": CreationForm.initial_for(address) if address else {},
            "prefix": "shared-link-chooser",
            "chosen_url": self._chosen_url,
        }

    def _chosen_url(self, link: Any, deep_path: str) -> str:
        return modal_url(self.request, "chosen", link.pk, found_path=deep_path)


class _ListMixin(_CreationFormMixin):
    """A list of links by name, or of the one link that an address belongs to."""

    ordering = (Lower("name"), "pk")
    results_template_name = "wagtail_careers/admin/chooser_results.html"
    filter_form: Any
    results: Any

    def get_filter_form_class(self) -> Any:
        locale = [LocaleFilterMixin] if self.i18n_enabled else []  # type: ignore[attr-defined]
        return type("FilterForm", (*locale, SearchForm, BaseFilterForm), {})

    @cached_property
    def address(self) -> str:
        """The address that was searched for, or for which a link is wanted."""
        query = self.request.GET.get("q", "").strip()
        if _HOST_AND_PATH.match(query):
            query = f"https://{query}"
        return full_address(query or self.request.GET.get("address", ""))

    @cached_property
    def found(self) -> Found | None:
        self.filter_form.is_valid()
        code = self.filter_form.cleaned_data.get("locale")
        locale = Locale.objects.filter(language_code=code).first() if code else None
        return find_links([self.address], locale).get(self.address)

    def apply_object_list_ordering(self, objects: Any) -> Any:
        ordered = super().apply_object_list_ordering(objects)  # type: ignore[misc]
        return ordered.select_related("successor", "locale")

    def filter_object_list(self, objects: Any) -> Any:
        if not self.address:
            return super().filter_object_list(objects)  # type: ignore[misc]
        self.filter_form.is_searching = True
        self.filter_form.search_query = self.address
        return objects.filter(pk=self.found.link.pk) if self.found else objects.none()

    def get_results_page(self, request: HttpRequest) -> Any:
        page = super().get_results_page(request)  # type: ignore[misc]
        deep_path = self.found.path if self.address and self.found else ""
        states = link_states(
            [(link.pk, deep_path) for link in page], {link.pk: link for link in page}
        )
        for link in page:
            link.state = states[(link.pk, deep_path)]
        return page

    @property
    def columns(self) -> list[Column]:
        title, *others = super().columns  # type: ignore[misc]
        return [
            title,
            Column("host", label=_("Site"), accessor="host"),
            Column("purpose", label=_("Purpose"), accessor="get_purpose_display"),
            *(column for column in others if column.name == "locale"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="state.label",
                primary=lambda link: link.state == LinkState.LIVE,
            ),
            Column("successor", label=_("Replaced by"), accessor="successor"),
        ]

    @property
    def title_column(self) -> Column:
        if not (self.address and self.found):
            return super().title_column  # type: ignore[misc,no-any-return]
        deep_path = self.found.path
        return TitleColumn(
            "title",
            label=_("Title"),
            accessor="name",
            get_url=lambda link: self._chosen_url(link, deep_path),
            link_attrs={"data-chooser-modal-choice": "true"},
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.address:
            host = SharedLink(base_url=self.address).host
            new_url = modal_url(self.request, "choose", address=self.address)
            context |= {"address": self.address, "found": self.found, "host": host}
            context["new_link_url"] = new_url if self.can_create() else ""  # type: ignore[attr-defined]
        return context


class _ChosenMixin:
    """A response with the data of a link for the block's field and the rich-text editor.

    For a link that was replaced, it contains the successor.
    """

    request: HttpRequest

    def get_chosen_response_data(self, item: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().get_chosen_response_data(item)  # type: ignore[misc]
        data |= {"title": item.name, "url": item.href}
        if (deep_path := self.get_deep_path()) is not None:
            data |= {"path": deep_path, "url": item.href_for(deep_path)}
        return data

    def get_chosen_response(self, item: Any) -> JsonResponse:
        item = item.current
        if not self.request.GET.get("deep_path") or self.get_deep_path() is not None:
            response: JsonResponse = super().get_chosen_response(item)  # type: ignore[misc]
            return response
        form = DeepPathForm(initial={"path": self.request.GET.get("path", "")})
        return deep_path_step(self.request, item, form)

    def get_deep_path(self) -> str | None:
        """Return the deep path if it is known, because the editor has given a whole address."""
        form = DeepPathForm({"path": self.request.GET.get("found_path")})
        is_known = "found_path" in self.request.GET and form.is_valid()
        return form.cleaned_data["path"] if is_known else None


def deep_path_step(
    request: HttpRequest, link: Any, form: DeepPathForm, *, switched: bool = False
) -> JsonResponse:
    """Return the second step of the modal, in the form that Wagtail's script expects.

    ``switched`` says that the link is another than the one that the editor has chosen.
    """
    context = {
        "link": link,
        "form": form,
        "switched": switched,
        "base_query": query_of(link.base_url),
        "action": modal_url(request, "deep_path", link.pk),
        "choose_another": modal_url(request, "choose", deep_path="1"),
    }
    html = render_to_string("wagtail_careers/admin/deep_path.html", context, request=request)
    return JsonResponse({"html": html, "step": "deep_path"})


class SharedLinkChooseView(_ListMixin, ChooseView):  # type: ignore[misc]
    def get_response_json_data(self) -> dict[str, Any]:
        is_new = bool(self.address and not self.found and self.can_create())
        return {**super().get_response_json_data(), "tab": "create" if is_new else "search"}


class SharedLinkChooseResultsView(_ListMixin, ChooseResultsView):  # type: ignore[misc]
    pass


class SharedLinkChosenView(_ChosenMixin, ChosenView):
    pass


class SharedLinkDeepPathView(SharedLinkChosenView):
    """The second step: a deep path for the chosen link."""

    deep_path: str | None = None

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        link: Any = get_object_or_404(SharedLink, pk=pk).current
        form = DeepPathForm(request.POST, base_url=link.base_url)
        if address := form.other_address:
            return self._for_other_address(address, link)
        if not form.is_valid():
            return deep_path_step(request, link, form)
        self.deep_path = form.cleaned_data["path"]
        return self._wrap_chosen_response_data(self.get_chosen_response_data(link))

    def get_deep_path(self) -> str | None:
        return super().get_deep_path() if self.deep_path is None else self.deep_path

    def _for_other_address(self, address: str, link: Any) -> HttpResponse:
        """Go on with the link that ``address`` belongs to, or with a new one."""
        found = find_links([address], link.locale_id).get(address)
        if found is None:
            # The modal's script follows this redirect.
            return redirect(modal_url(self.request, "choose", deep_path="1", address=address))
        form = DeepPathForm(initial={"path": found.path})
        return deep_path_step(self.request, found.link, form, switched=True)


class SharedLinkCreateView(_CreationFormMixin, _ChosenMixin, SnippetCreateView):
    form: Any

    def get_deep_path(self) -> str | None:
        deep_path: str | None = self.form.deep_path
        return deep_path

    def save_form(self, form: Any) -> SharedLink:
        """Save the link with a first revision, and publish it if the user has permission."""
        link: SharedLink = form.save(commit=False)
        user: Any = self.request.user
        may_publish = self.get_permission_policy().user_has_permission(user, "publish")
        link.live = False
        link.save()
        revision = link.save_revision(user=user, log_action=True)
        if may_publish:
            revision.publish(user=user)
            link.refresh_from_db()
        return link


#: The rich-text editor's button finds the modal by this name.
URL_NAMESPACE = "careers_shared_link_chooser"


class SharedLinkChooserViewSet(ChooserViewSet):
    # The modal adds the name of the model to the title.
    page_title = _("Choose")
    choose_one_text = _("Choose a shared link")
    choose_another_text = _("Choose another shared link")
    search_tab_label = _("Shared links")
    creation_tab_label = _("New shared link")
    create_action_label = _("Create link")
    creation_form_class = CreationForm
    base_widget_class = SharedLinkChooser
    preserve_url_parameters = ["multiple", *PRESERVED]
    choose_view_class = SharedLinkChooseView
    choose_results_view_class = SharedLinkChooseResultsView
    chosen_view_class = SharedLinkChosenView
    create_view_class = SharedLinkCreateView

    def get_urlpatterns(self) -> list[Any]:
        deep_path_view = self.construct_view(SharedLinkDeepPathView)
        return [
            *super().get_urlpatterns(),
            path("deep-path/<int:pk>/", deep_path_view, name="deep_path"),
            path("resolve/", self.construct_view(ResolveView), name="resolve"),
        ]
