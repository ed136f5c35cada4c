"""The Careers menu and its views."""

from typing import Any

from django.urls import include, path
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from wagtail_careers.admin.choosers import URL_NAMESPACE, SharedLinkChooserViewSet
from wagtail_careers.admin.continuing import CancelReplacementView, ContinueReplacementView
from wagtail_careers.admin.keys import ChooseParentView, ChooserViewSet
from wagtail_careers.admin.link_forms import SharedLinkForm
from wagtail_careers.admin.link_list import LINK_COLUMNS, SharedLinkFilterSet, SharedLinkIndexView
from wagtail_careers.admin.listings import listing_names
from wagtail_careers.admin.moderation import SharedLinkApprovalView
from wagtail_careers.admin.path_changes import ChangePathView
from wagtail_careers.admin.replacements import ReplacementView
from wagtail_careers.admin.replacing import ReplaceView, RestoreView
from wagtail_careers.admin.role_list import ROLE_COLUMNS, RoleFilterSet, RoleIndexView
from wagtail_careers.admin.searching import IndexView
from wagtail_careers.admin.traits import (
    TRAIT_COLUMNS,
    TraitDeleteView,
    TraitEditView,
    TraitIndexView,
    TraitUsageView,
)
from wagtail_careers.admin.usage import SharedLinkDeleteView, SharedLinkUsageView, UsagePanel
from wagtail_careers.models import OrganisationWord, RoleCategory, SharedLink, Trait


class RoleListingViewSet(PageListingViewSet):
    """The list of all roles of one page model."""

    icon = "careers-role"
    index_view_class = RoleIndexView
    choose_parent_view_class = ChooseParentView
    columns = ROLE_COLUMNS
    filterset_class = RoleFilterSet


def role_listings() -> list[RoleListingViewSet]:
    """Return one list for each page model with ``RolePageMixin``."""
    return [
        RoleListingViewSet(
            name,
            model=model,
            url_prefix=f"careers/{name}",
            menu_label=capfirst(model._meta.verbose_name_plural),
        )
        for model, name in listing_names().items()
    ]


class SharedLinkCreateView(CreateView):
    """The form for a new link, filled in with the ``name`` and ``base_url`` of its URL."""

    def get_initial_form_instance(self) -> Any:
        link: Any = super().get_initial_form_instance() or SharedLink()
        link.name = self.request.GET.get("name", "")
        link.base_url = self.request.GET.get("base_url", "")
        return link


class BuiltOnceMixin:
    """A snippet whose views are built once, for Wagtail and for ``usual_names``."""

    def get_urlpatterns(self) -> list[Any]:
        return self._urlpatterns

    @cached_property
    def _urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), *self.more_urlpatterns()]  # type: ignore[misc]

    def more_urlpatterns(self) -> list[Any]:
        """Return the URL patterns of views that other snippets do not have."""
        return []


class SharedLinkViewSet(BuiltOnceMixin, SnippetViewSet):
    model = SharedLink
    icon = "careers-shared-link"
    menu_label = _("Shared links")
    admin_url_namespace = "careers_shared_links"
    base_url_path = "careers/shared-links"
    chooser_admin_url_namespace = URL_NAMESPACE
    chooser_base_url_path = "careers/shared-link-chooser"
    chooser_viewset_class = SharedLinkChooserViewSet
    index_view_class = SharedLinkIndexView
    add_view_class = SharedLinkCreateView
    delete_view_class = SharedLinkDeleteView
    usage_view_class = SharedLinkUsageView
    workflow_action_view_class = SharedLinkApprovalView
    filterset_class = SharedLinkFilterSet
    edit_handler = ObjectList(
        [*SharedLink.panels, UsagePanel(heading=_("Pages that use this link"))],
        base_form_class=SharedLinkForm,
    )
    list_display = LINK_COLUMNS
    list_export = ["name", "base_url", "purpose_label", "organisation", "live"]
    export_headings: Any = {"purpose_label": _("Purpose")}

    def more_urlpatterns(self) -> list[Any]:
        return [
            path("replace/<int:pk>/", self.construct_view(ReplaceView), name="replace"),
            path("change-path/<int:pk>/", self.construct_view(ChangePathView), name="change_path"),
            path("restore/<int:pk>/", self.construct_view(RestoreView), name="restore"),
            path(
                "replacements/<int:pk>/", self.construct_view(ReplacementView), name="replacement"
            ),
            path(
                "replacements/<int:pk>/continue/",
                self.construct_view(ContinueReplacementView),
                name="continue_replacement",
            ),
            path(
                "replacements/<int:pk>/cancel/",
                self.construct_view(CancelReplacementView),
                name="cancel_replacement",
            ),
        ]


class TraitViewSet(BuiltOnceMixin, SnippetViewSet):
    model = Trait
    icon = "careers-trait"
    chooser_viewset_class = ChooserViewSet
    menu_label = _("Traits")
    admin_url_namespace = "careers_traits"
    base_url_path = "careers/traits"
    index_view_class = TraitIndexView
    edit_view_class = TraitEditView
    delete_view_class = TraitDeleteView
    delete_template_name = "wagtail_careers/admin/delete_trait.html"
    usage_view_class = TraitUsageView
    list_display = TRAIT_COLUMNS


class RoleCategoryViewSet(BuiltOnceMixin, SnippetViewSet):
    model = RoleCategory
    icon = "folder-open-inverse"
    chooser_viewset_class = ChooserViewSet
    menu_label = _("Categories")
    admin_url_namespace = "careers_categories"
    base_url_path = "careers/categories"
    index_view_class = IndexView
    list_display = ["name", "slug", BooleanColumn("is_apprenticeship", label=_("Apprenticeship"))]


class OrganisationWordViewSet(BuiltOnceMixin, SnippetViewSet):
    model = OrganisationWord
    icon = "edit"
    chooser_viewset_class = ChooserViewSet
    menu_label = _("Words to avoid")
    admin_url_namespace = "careers_words"
    base_url_path = "careers/words"
    index_view_class = IndexView
    list_display = ["word", "replacement", "reason"]
    list_export = ["word", "replacement", "reason"]


def usual_names() -> list[Any]:
    """Return the views of the snippets under the names that Wagtail gives them by default.

    wagtail-localize, among others, builds these names. A ``register_admin_urls`` hook.
    """
    models: tuple[Any, ...] = (SharedLink, Trait, RoleCategory, OrganisationWord)
    return [_usual_name(model.snippet_viewset) for model in models]


def _usual_name(viewset: Any) -> Any:
    name = f"wagtailsnippets_{viewset.app_label}_{viewset.model_name}"
    return path(f"{viewset.url_prefix}/", include((viewset.get_urlpatterns(), name)))


class CareersViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Careers")
    menu_name = "careers"
    menu_icon = "careers-role"
    menu_order = 150

    def __init__(self) -> None:
        self.items = [
            *role_listings(),
            SharedLinkViewSet,
            TraitViewSet,
            RoleCategoryViewSet,
            OrganisationWordViewSet,
        ]
        super().__init__()
