"""The modal in which editors choose or create a shared link.

The field of a block and the toolbar button of rich text use it. For the button, a second step of
the modal asks for a deep path (the URL parameter ``deep_path``).
"""

from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenView,
    SnippetCreateView,
)

from wagtail_careers.admin.resolving import ResolveView
from wagtail_careers.models import SharedLink
from wagtail_careers.safe_url import MAX_DEEP_PATH, clean_deep_path


class DeepPathForm(forms.Form):
    """The deep path that a page adds to a shared link."""

    path = forms.CharField(
        required=False,
        max_length=MAX_DEEP_PATH,
        label=_("Page on that site"),
        help_text=_(
            "Optional. Enter the path that follows the address above, for example "
            "“explore-roles/nursing”. Leave empty to link to the site itself."
        ),
    )

    def clean_path(self) -> str:
        return clean_deep_path(self.cleaned_data["path"])


class CreationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The fields to create a shared link without leaving the text."""

    class Meta:
        model = SharedLink
        fields = ["name", "base_url", "purpose", "organisation"]


class _LinkColumnsMixin:
    """The columns that distinguish links with the same name, sorted without regard to case."""

    ordering = (Lower("name"), "pk")

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns  # type: ignore[misc]
        title, *others = columns
        return [
            title,
            Column("host", label=_("Site"), accessor="host"),
            Column("purpose", label=_("Purpose"), accessor="get_purpose_display"),
            Column("successor", label=_("Replaced by"), accessor="successor"),
            *others,
        ]


class _CreationFormMixin:
    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_creation_form_kwargs()  # type: ignore[misc]
        return {
            **kwargs,
            "instance": SharedLink(locale=Locale.get_active()),
            "prefix": "shared-link-chooser",
        }


class _ChosenMixin:
    """A response with the data of a link for the block's field and the rich-text editor.

    For a link that was replaced, it contains the successor.
    """

    request: HttpRequest

    def get_chosen_response_data(self, item: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().get_chosen_response_data(item)  # type: ignore[misc]
        return {**data, "title": item.name, "url": item.base_url}

    def get_chosen_response(self, item: Any) -> JsonResponse:
        item = item.current
        if not self.request.GET.get("deep_path"):
            response: JsonResponse = super().get_chosen_response(item)  # type: ignore[misc]
            return response
        form = DeepPathForm(initial={"path": self.request.GET.get("path", "")})
        return deep_path_step(self.request, item, form)


def deep_path_step(request: HttpRequest, link: Any, form: DeepPathForm) -> JsonResponse:
    """Return the second step of the modal, in the form that Wagtail's script expects."""
    context = {
        "link": link,
        "form": form,
        "action": reverse(f"{URL_NAMESPACE}:deep_path", args=[link.pk]),
        "choose_another": f"{reverse(f'{URL_NAMESPACE}:choose')}?deep_path=1",
    }
    html = render_to_string("wagtail_careers/admin/deep_path.html", context, request=request)
    return JsonResponse({"html": html, "step": "deep_path"})


class SharedLinkChooseView(_LinkColumnsMixin, _CreationFormMixin, ChooseView):
    pass


class SharedLinkChooseResultsView(_LinkColumnsMixin, _CreationFormMixin, ChooseResultsView):
    pass


class SharedLinkChosenView(_ChosenMixin, SnippetChosenView):
    pass


class SharedLinkDeepPathView(SharedLinkChosenView):
    """The second step: a deep path for the chosen link."""

    def post(self, request: HttpRequest, pk: str) -> JsonResponse:
        link: Any = get_object_or_404(SharedLink, pk=pk).current
        form = DeepPathForm(request.POST)
        if not form.is_valid():
            return deep_path_step(request, link, form)
        deep_path = form.cleaned_data["path"]
        data = self.get_chosen_response_data(link)
        result = {**data, "path": deep_path, "url": link.url_for(deep_path)}
        return JsonResponse({"step": "chosen", "result": result})


class SharedLinkCreateView(_CreationFormMixin, _ChosenMixin, SnippetCreateView):
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


class SharedLinkChooserViewSet(SnippetChooserViewSet):
    # The modal adds the name of the model to the title.
    page_title = _("Choose")
    choose_one_text = _("Choose a shared link")
    choose_another_text = _("Choose another shared link")
    creation_tab_label = _("New shared link")
    create_action_label = _("Create link")
    creation_form_class = CreationForm
    preserve_url_parameters = ["multiple", "deep_path"]
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
