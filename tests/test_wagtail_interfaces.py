"""What the package takes from Wagtail without a promise in Wagtail's documentation.

Each test goes red when a release of Wagtail removes an interface, renames it or makes it behave
in another way. ``docs/explanation/wagtail-interfaces.md`` says where each is used, and why.
"""

import ast
import json
import re
from hashlib import sha1
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import wagtail.admin
import wagtail.snippets
from bs4 import BeautifulSoup
from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db.models.signals import post_save
from django.template import Context, Template
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, path, resolve, reverse
from django.utils import timezone
from django.views.generic import View
from modelsearch.signal_handlers import post_save_signal_handler
from modelsearch.tasks import insert_or_update_object_task
from wagtail import hooks
from wagtail.admin import compare, messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.rich_text import DraftailRichTextArea, get_rich_text_editor_widget
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.contentstate_models import ContentState
from wagtail.admin.rich_text.converters.editor_html import (
    EditorHTMLConverter,
    LinkTypeRule,
    WhitelistRule,
)
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    HandlerState,
    HtmlToContentStateHandler,
    InlineStyleElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature, PluginFeature
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column, Table, UsageCountColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.urls import pages as page_urls
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.bulk_action.registry import BulkActionRegistry
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.blocks import (
    BlockField,
    CharBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
)
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    GroupApprovalTask,
    Page,
    ReferenceIndex,
    Site,
    TaskState,
    Workflow,
    WorkflowState,
    WorkflowTask,
)
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.rich_text import (
    expand_db_html,
    extract_references_from_rich_text,
    features,
    get_text_for_indexing,
)
from wagtail.rich_text.rewriters import FIND_A_TAG, LinkRewriter, extract_attrs
from wagtail.search import index as search_index
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views.chooser import SnippetChosenView, SnippetCreateView
from wagtail.snippets.views.snippets import (
    CreateView,
    SnippetViewSet,
    UsageView,
    WorkflowActionView,
)
from wagtail.snippets.views.snippets import EditView as SnippetEditView
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView
from wagtail.snippets.widgets import AdminSnippetChooser, SnippetChooserAdapter
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail.whitelist import allow_without_attributes

import wagtail_careers
from tests.bare.models import BarePage
from tests.factories import RoleCategoryFactory, SharedLinkFactory, body, link_item
from wagtail_careers.caches.receivers import BOOKKEEPING
from wagtail_careers.models import LinkCheck, RoleCategory, SharedLink
from wagtail_careers.pages.models import RoleIndexPage, RolePage

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "explanation" / "wagtail-interfaces.md"
TEMPLATES = Path(wagtail_careers.__file__).parent / "templates" / "wagtail_careers" / "admin"
SCRIPTS = Path(wagtail.admin.__file__).parent / "static" / "wagtailadmin" / "js"


def test_each_interface_in_the_list_has_a_test_and_each_test_is_in_the_list() -> None:
    listed = LIST.read_text(encoding="utf-8").partition("\n## ")[0]
    rows = re.findall(r"^\|.*\|$", listed, re.MULTILINE)[2:]
    named = [re.findall(r"`(test_\w+)`", row) for row in rows]
    assert all(named)
    source = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    tests = {node.name for node in source.body if isinstance(node, ast.FunctionDef)}
    tests = {name for name in tests if name.startswith("test_")}
    about_the_list = {test_each_interface_in_the_list_has_a_test_and_each_test_is_in_the_list}
    named_once = [name for names in named for name in names]
    assert sorted(named_once) == sorted(tests - {each.__name__ for each in about_the_list})


# Moderation


def test_approvals_of_pages_have_one_pattern_that_can_be_wrapped() -> None:
    (pattern,) = (each for each in page_urls.urlpatterns if each.name == "workflow_action")
    assert set(pattern.pattern.converters) == {"page_id", "action_name", "task_state_id"}
    assert reverse("wagtailadmin_pages:workflow_action", args=[7, "approve", 8]).endswith(
        "/7/approve/8/"
    )

    def view(request: Any) -> str:
        return "seen"

    def guard(inner: Any) -> Any:
        def guarded(request: Any) -> str:
            return f"guarded, {inner(request)}"

        guarded.mark = True  # type: ignore[attr-defined]
        return guarded

    patterns: list[URLPattern] = [path("", view)]
    decorate_urlpatterns(patterns, guard)
    decorate_urlpatterns(patterns, lambda inner: lambda request: inner(request))
    callback: Any = patterns[0].callback
    assert callback(None) == "guarded, seen"
    assert callback.mark


# Wagtail sends notifications in a way that the newest Django advises against.
@pytest.mark.filterwarnings("ignore:get_connection")
@pytest.mark.filterwarnings("ignore:Django 2028 will not have a default mailer")
@pytest.mark.django_db
def test_dialogs_of_moderation_answer_with_their_markup(
    home: Any, admin_client: Client, admin_user: User
) -> None:
    page = home.add_child(instance=BarePage(title="Bare", slug="bare"))
    page.save_revision()
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(page, admin_user)
    args = [page.pk, "approve", TaskState.objects.get().pk]
    for name in ("workflow_action", "collect_workflow_action_data"):
        answer = admin_client.get(reverse(f"wagtailadmin_pages:{name}", args=args)).json()
        assert answer["step"] == "action"
        before, body, form = answer["html"].partition('<div class="nice-padding">')
        assert "<form" not in before
        assert body
        assert "<form" in form


# Wagtail sends notifications in a way that the newest Django advises against.
@pytest.mark.filterwarnings("ignore:get_connection")
@pytest.mark.filterwarnings("ignore:Django 2028 will not have a default mailer")
@pytest.mark.django_db
def test_tasks_are_listed_by_who_may_review_them(home: Any, admin_user: User) -> None:
    home.save_revision()
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(home, admin_user)
    (state,) = TaskState.objects.reviewable_by(admin_user)
    assert state.revision.object_id == str(home.pk)
    stranger = User.objects.create_user("stranger")
    assert not TaskState.objects.reviewable_by(stranger)


def test_scripts_of_the_form_say_when_it_was_saved_and_name_its_blocks() -> None:
    core = (SCRIPTS / "core.js").read_text(encoding="utf-8")
    assert re.search(r'dispatch\("success",\{[^}]*detail:\{[^}]*data:', core)
    view = Path(wagtail.admin.__file__).parent / "views" / "pages" / "edit.py"
    assert '"pk": self.page.pk' in view.read_text(encoding="utf-8")
    blocks = (SCRIPTS / "telepath" / "blocks.js").read_text(encoding="utf-8")
    assert re.search(r"`block-\$\{\w+\}-section`", blocks)


@pytest.mark.django_db
def test_side_panels_are_found_when_the_form_is_complete() -> None:
    scripts = (SCRIPTS / "wagtailadmin.js").read_text(encoding="utf-8")
    _before, _event, at_the_end = scripts.partition('addEventListener("DOMContentLoaded"')
    for selector in ("[data-form-side]", "[data-side-panel]", "[data-side-panel-toggle]"):
        assert f'"{selector}"' in at_the_end
    assert 'CustomEvent("show")' in at_the_end
    assert 'data-side-panel="preview"' not in scripts
    core = (SCRIPTS / "core.js").read_text(encoding="utf-8")
    assert re.search(r'dispatch\("add"', core)

    class SidePanel(BaseSidePanel):
        class SidePanelToggle(BaseSidePanel.SidePanelToggle):
            icon_name = "glasses"

        name = "ours"
        title = "Ours"
        template_name = "wagtailadmin/shared/side_panels/includes/side_panel.html"

    panel = SidePanel(RolePage(), RequestFactory().get("/"))
    toggle = BeautifulSoup(panel.toggle.render_html(), "html.parser").button
    assert toggle is not None
    assert toggle["data-side-panel-toggle"] == "ours"
    get_template("wagtailadmin/shared/side_panels/includes/side_panel.html")


@pytest.mark.django_db
def test_preview_takes_the_form_and_says_whether_it_is_valid(
    admin_client: Client, index: Any
) -> None:
    edit_url = reverse("wagtailadmin_pages:edit", args=[index.pk])
    soup = BeautifulSoup(admin_client.get(edit_url).content, "html.parser")
    assert soup.select_one("form[data-edit-form]") is not None
    assert soup.select_one('[data-side-panel-toggle="preview"]') is not None
    panel = soup.select_one('[data-controller~="w-preview"]')
    assert panel is not None
    url = str(panel["data-w-preview-url-value"])
    answer = admin_client.post(url, {"title": "Roles", "slug": "no slug"}).json()
    assert answer["is_valid"] is False


def test_user_bar_brings_axe_core_with_its_commons() -> None:
    bar = get_template("wagtailadmin/userbar/base.html").template.source  # type: ignore[attr-defined]
    assert "wagtailadmin/js/vendor.js" in bar
    assert "wagtailadmin/js/userbar.js" in bar
    script = (SCRIPTS / "userbar.js").read_text(encoding="utf-8")
    assert ".axe=" in script
    for name in ("accessibleText", "subtreeText", "getRole", "idrefs", "getNodeFromTree"):
        assert re.search(rf"\b{name}:", script)


@pytest.mark.django_db
def test_approvals_of_snippets_are_done_by_the_view_of_their_viewset(admin_client: Client) -> None:
    viewset: Any = SharedLink.snippet_viewset  # type: ignore[attr-defined]
    assert issubclass(viewset.workflow_action_view_class, WorkflowActionView)
    url = reverse(f"{viewset.url_namespace}:workflow_action", args=[1, "approve", 1])
    assert resolve(url).func.view_class is viewset.workflow_action_view_class
    namespaces = {
        inner.namespace
        for pattern in wagtail.admin.urls.urlpatterns
        for inner in (pattern, *getattr(pattern, "url_patterns", ()))
        if isinstance(inner, URLResolver)
    }
    assert viewset.url_namespace in namespaces
    assert callable(WorkflowActionView.post)


@pytest.mark.django_db
def test_status_of_a_snippet_is_made_of_what_was_looked_up_before(
    django_assert_num_queries: Any,
) -> None:
    link: Any = SharedLinkFactory()
    in_moderation = WorkflowState(status=WorkflowState.STATUS_IN_PROGRESS)
    with django_assert_num_queries(0):
        link.scheduled_revision, link._current_workflow_states = None, []
        assert link.status_string == "live"
        link._current_workflow_states = [in_moderation]
        assert link.status_string == "live + in moderation"
        link.scheduled_revision = link.latest_revision or SimpleNamespace(pk=1)
        assert link.status_string == "live + scheduled"


# Choosers and modals


@pytest.mark.django_db
def test_choosers_answer_with_a_step_and_a_result(admin_client: Client) -> None:
    link = SharedLinkFactory(name="NHS Jobs")
    chooser = "careers_shared_link_chooser"
    assert admin_client.get(reverse(f"{chooser}:choose")).json().keys() >= {"step", "html"}
    answer = admin_client.get(reverse(f"{chooser}:chosen", args=[link.pk])).json()
    assert answer.keys() == {"step", "result"}
    assert answer["step"] == "chosen"
    assert answer["result"].items() >= {"id": str(link.pk), "string": "NHS Jobs"}.items()
    assert "edit_url" in answer["result"]


def test_choosers_are_made_of_methods_that_can_be_overridden(rf: RequestFactory) -> None:
    item = SimpleNamespace(pk=3)

    class Chosen(SnippetChosenView):
        def get_edit_item_url(self, instance: Any) -> str:
            return "/edit/"

        def get_chosen_response_data(self, item: Any) -> dict[str, Any]:
            return {**super().get_chosen_response_data(item), "more": "seen"}

    view = Chosen()
    view.setup(rf.get("/"))
    answer = json.loads(view.get_chosen_response(item).content)
    assert answer["result"] == {
        "id": "3",
        "string": str(item),
        "edit_url": "/edit/",
        "more": "seen",
    }
    creation = SnippetCreateView()
    creation.setup(rf.post("/", {"name": "x"}))
    assert creation.get_creation_form_kwargs().keys() == {"data", "files"}
    form = SimpleNamespace(save=lambda: "saved")
    assert creation.save_form(form) == "saved"


def test_lists_of_choosers_are_made_of_methods_that_can_be_overridden(
    rf: RequestFactory, admin_user: User
) -> None:
    seen = []

    class Choose(SharedLink.snippet_viewset.chooser_viewset.choose_view_class):  # type: ignore[name-defined,misc]
        def get_filter_form_class(self) -> Any:
            seen.append("form")
            return super().get_filter_form_class()

        def apply_object_list_ordering(self, objects: Any) -> Any:
            seen.append("order")
            return super().apply_object_list_ordering(objects)

        def filter_object_list(self, objects: Any) -> Any:
            seen.append("filter")
            return super().filter_object_list(objects)

        def get_results_page(self, request: Any) -> Any:
            seen.append("page")
            return super().get_results_page(request)

        def get_response_json_data(self) -> Any:
            seen.append("json")
            return super().get_response_json_data()

    chooser = SharedLink.snippet_viewset.chooser_viewset  # type: ignore[attr-defined]
    view = chooser.construct_view(
        Choose, icon=chooser.icon, page_title="x", search_tab_label="x", creation_tab_label="x"
    )
    answer = json.loads(view(visitor(rf, admin_user)).content)
    assert answer["step"] == "choose"
    assert seen == ["form", "page", "order", "filter", "json"]


def test_scripts_of_choosers_can_be_extended() -> None:
    static = Path(wagtail.snippets.__file__).parent / "static/wagtailsnippets/js"
    chooser = (static / "snippet-chooser.js").read_text(encoding="utf-8")
    assert "window.SnippetChooser=" in chooser
    name = "wagtail.snippets.widgets.SnippetChooser"
    telepath = (static / "snippet-chooser-telepath.js").read_text(encoding="utf-8")
    assert f'window.telepath.register("{name}"' in telepath
    assert "widgetClass=" in telepath
    base = (SCRIPTS / "vendor.js").read_text(encoding="utf-8")
    for part in (
        "onloadHandlers=",
        "openChooserModal()",
        "setStateFromModalData(",
        "chooserModalClass=",
    ):
        assert part in base, part
    core = (SCRIPTS / "core.js").read_text(encoding="utf-8")
    assert 'activePanelId:{default:"",type:String}' in core
    # In core.js since Wagtail 8.0.
    assert "this.constructors" in core + base


def test_scripts_of_modals_follow_steps_and_forms() -> None:
    modal = (SCRIPTS / "modal-workflow.js").read_text(encoding="utf-8")
    for method in ("loadUrl", "ajaxifyForm", "close"):
        assert re.search(rf"\.{method}=function\(", modal), method
    assert ".step in e.onload" in modal or re.search(r"\.step in \w+\.onload", modal)
    assert re.search(r"\.html\b", modal)
    chooser = (SCRIPTS / "chooser-modal.js").read_text(encoding="utf-8")
    assert "window.CHOOSER_MODAL_ONLOAD_HANDLERS=" in chooser
    approval = (SCRIPTS / "workflow-action.js").read_text(encoding="utf-8")
    # After an approval in a dialog: a step "success" with an address.
    assert re.search(r"success[^}]*\.redirect", approval)


@pytest.mark.django_db
def test_choosers_in_streams_have_a_state_that_scripts_can_follow() -> None:
    template = get_template("wagtailadmin/widgets/chooser.html").template
    blocks = {node.name for node in template.nodelist.get_nodes_by_type(BlockNode)}
    assert "chosen_state_view" in blocks
    (adapter,) = (
        each for each in SnippetChooserAdapter.__mro__ if each.__name__ == "BaseChooserAdapter"
    )
    widget = AdminSnippetChooser(SharedLink)
    html, _id, _options = adapter().js_args(widget)
    assert 'id="__ID__-chooser"' in html
    vendor = (SCRIPTS / "vendor.js").read_text(encoding="utf-8")
    assert re.search(r"renderState\(\w\)\{[^}]*new Event\(\"change\",\{bubbles:!0\}\)", vendor)
    core = (SCRIPTS / "core.js").read_text(encoding="utf-8")
    assert "window.StimulusModule=" in core
    assert "window.wagtail=" in core


# Views of the admin


def visitor(rf: RequestFactory, user: Any, address: str = "/", **data: Any) -> Any:
    request = rf.get(address, data)
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def shown(response: Any) -> str:
    return str(response.render().content.decode())


class Listing(PermissionCheckedMixin, BaseListingView):
    """All shared links, as the package's own lists of the admin are declared."""

    model = SharedLink
    permission_policy = ModelPermissionPolicy(SharedLink)
    permission_required = "change"
    page_title = "A listing"
    header_icon = "careers-shared-link"
    is_searchable = False
    paginate_by = 2
    columns = [Column("probe", label="Probe")]
    index_url = "/listing/"

    def get_breadcrumbs_items(self) -> Any:
        return [*self.breadcrumbs_items, {"url": "/above/", "label": "The page above"}]

    def get_base_queryset(self) -> Any:
        return SharedLink.objects.order_by("name")

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        rows = list(object_list)
        for row in rows:
            row.probe = f"<{row.name}>"
        return super().get_table(rows, **kwargs)


@pytest.mark.django_db
def test_views_of_the_admin_ask_the_policy_for_the_permission(rf: RequestFactory) -> None:
    user = User.objects.create_user("nobody")
    with pytest.raises(PermissionDenied):
        Listing.as_view()(visitor(rf, user))


@pytest.mark.django_db
def test_listings_show_their_title_trail_and_the_rows_of_one_page(
    rf: RequestFactory, admin_user: User
) -> None:
    for name in "abc":
        SharedLinkFactory(name=name)
    html = shown(Listing.as_view()(visitor(rf, admin_user)))
    for text in ("A listing", "The page above", "Probe", "&lt;a&gt;", "&lt;b&gt;"):
        assert text in html
    assert "&lt;c&gt;" not in html


@pytest.mark.django_db
def test_pages_of_the_admin_have_a_template_and_buttons(
    rf: RequestFactory, admin_user: User
) -> None:
    class Probe(WagtailAdminTemplateMixin, View):
        page_title = "A page"
        header_buttons = [HeaderButton(label="Press", url="/press/", icon_name="rotate")]
        template_name = "wagtailadmin/generic/base.html"

        def get_page_subtitle(self) -> str:
            return "The subtitle"

    probe = Probe()
    probe.request = visitor(rf, admin_user)
    html = shown(probe.render_to_response(probe.get_context_data()))
    assert "A page" in html
    assert "The subtitle" in html
    assert 'href="/press/"' in html


@pytest.mark.django_db
def test_reports_search_order_and_export(rf: RequestFactory, admin_user: User) -> None:
    class Probe(ReportView):  # type: ignore[misc]
        model = LinkCheck
        permission_policy = ModelPermissionPolicy(SharedLink)
        permission_required = "change"
        page_title = "A report"
        default_ordering = "-url"
        is_searchable = True
        search_fields = ["url", "shared_link__name"]
        columns = [Column("url", sort_key="url"), Column("probe")]
        list_export = ["url", "shared_link.name", "probe"]
        export_headings = {"url": "Address"}
        index_url = index_results_url = "/report/"

        def get_filename(self) -> str:
            return "probe"

        def get_base_queryset(self) -> Any:
            return LinkCheck.objects.all()

        def decorate_paginated_queryset(self, object_list: Any) -> Any:
            for row in object_list:
                row.probe = "set on the object"
            return object_list

    for name in ("aaa", "bbb"):
        link = SharedLinkFactory(name=name.upper(), base_url=f"https://{name}.example/")
        LinkCheck.objects.create(shared_link=link, url=link.base_url)
    html = shown(Probe.as_view()(visitor(rf, admin_user)))
    assert "A report" in html
    assert html.index("bbb") < html.index("aaa")
    assert html.count("set on the object") == 2
    found = shown(Probe.as_view(results_only=True)(visitor(rf, admin_user, q="AAA")))
    assert "aaa.example" in found
    assert "bbb.example" not in found
    sheet = Probe.as_view()(visitor(rf, admin_user, export="csv"))
    assert "probe.csv" in sheet["Content-Disposition"]
    rows = b"".join(sheet.streaming_content).decode().splitlines()
    assert rows[0].startswith("Address,")
    assert rows[1:] == [
        "https://bbb.example/,BBB,set on the object",
        "https://aaa.example/,AAA,set on the object",
    ]


@pytest.mark.django_db
def test_usage_of_a_snippet_is_a_listing_of_what_its_query_gives(
    rf: RequestFactory, admin_user: User
) -> None:
    link = SharedLinkFactory()
    asked: list[Any] = []

    class Probe(UsageView):
        columns = [Column("label")]

        def get_queryset(self) -> Any:
            return list(range(self.paginate_by + 5))

        def get_table(self, object_list: Any, **kwargs: Any) -> Any:
            asked.extend(object_list)
            return BaseListingView.get_table(self, [{"label": f"row {each}"} for each in asked])

    viewset: Any = SharedLink.snippet_viewset  # type: ignore[attr-defined]
    view: Any = viewset.construct_view(Probe, **viewset.get_usage_view_kwargs())
    html = shown(view(visitor(rf, admin_user), pk=str(link.pk)))
    assert asked == list(range(Probe.paginate_by))
    assert "row 0" in html
    assert isinstance(
        Probe(request=visitor(rf, admin_user), edit_url_name=None, object=link).header_buttons, list
    )


@pytest.mark.django_db
def test_listings_of_snippets_order_and_search_in_methods_that_can_be_overridden(
    rf: RequestFactory, admin_user: User
) -> None:
    class Probe(SnippetIndexView):
        def order_queryset(self, queryset: Any) -> Any:
            assert self.ordering == "base_url"
            return super().order_queryset(queryset).order_by("-name")

        def search_queryset(self, queryset: Any) -> Any:
            assert self.is_searching
            assert self.search_query == "words"
            return queryset.exclude(name="aaa")

    for name in ("aaa", "bbb", "ccc"):
        SharedLinkFactory(name=name)
    viewset: Any = SharedLink.snippet_viewset  # type: ignore[attr-defined]
    view: Any = viewset.construct_view(Probe, **viewset.get_index_view_kwargs())
    response = view(visitor(rf, admin_user, q="words", ordering="base_url"))
    assert [link.name for link in response.context_data["object_list"]] == ["ccc", "bbb"]


@pytest.mark.django_db
def test_choosers_order_by_expressions_when_nobody_searches(admin_client: Client) -> None:
    for name in ("beta", "Alpha"):
        SharedLinkFactory(name=name)
    html = admin_client.get(reverse("careers_shared_link_chooser:choose")).json()["html"]
    assert html.index("Alpha") < html.index("beta")


@pytest.mark.django_db
def test_viewsets_hand_their_own_attributes_to_views() -> None:
    class Probe(PermissionCheckedMixin, BaseListingView):
        model = SharedLink
        edit_url_name = None

    viewset: Any = SharedLink.snippet_viewset  # type: ignore[attr-defined]
    assert isinstance(viewset, SnippetViewSet)
    given = viewset.construct_view(Probe).view_initkwargs
    assert given["edit_url_name"] == viewset.get_url_name("edit")
    # Given by the viewset in Wagtail 7.4, found by the model in 8.0: without it all may enter.
    assert Probe(**given).permission_policy.model is SharedLink


def test_form_of_a_new_snippet_starts_with_an_instance_of_the_view(admin_client: Client) -> None:
    class Probe(CreateView):
        def get_initial_form_instance(self) -> SharedLink:
            return SharedLink(name="Filled in")

    viewset: Any = SharedLink.snippet_viewset  # type: ignore[attr-defined]
    request = admin_client.get(reverse(viewset.get_url_name("add"))).wsgi_request
    response = viewset.construct_view(Probe, **viewset.get_add_view_kwargs())(request)
    form = BeautifulSoup(response.rendered_content, "html.parser")
    assert form.select_one("[name=name]")["value"] == "Filled in"  # type: ignore[index]


def test_rich_text_knows_the_features_of_its_editor() -> None:
    for text in (RichTextField(features=["link"]), RichTextBlock(features=["link"])):
        assert text.features == ["link"]
    for text in (RichTextField(), RichTextBlock()):
        assert (text.features, text.editor) == (None, "default")
        widget = get_rich_text_editor_widget(text.editor, features=text.features)
        assert widget.features == features.get_default_features()


@pytest.mark.django_db
def test_listings_of_pages_show_what_is_set_on_their_objects(
    rf: RequestFactory, publish_role: Any, admin_user: User
) -> None:
    class Probe(IndexView):
        model = RolePage
        columns = [Column("probe"), PageStatusColumn("status")]
        index_url = index_results_url = "/listing/"

        def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
            context = super().get_context_data(**kwargs)
            for page in context["object_list"]:
                assert type(page) is RolePage
                page.probe = "set on the object"
            return dict(context)

    publish_role()
    html = shown(Probe.as_view()(visitor(rf, admin_user)))
    assert "set on the object" in html
    assert re.search(r"\blive\b", html, re.IGNORECASE)


def test_filters_of_pages_can_be_left_out() -> None:
    class Probe(PageFilterSet):
        has_child_pages = None  # type: ignore[assignment]

    assert "has_child_pages" in PageFilterSet.base_filters
    assert "has_child_pages" not in Probe.base_filters


def test_column_of_uses_links_to_the_address_on_the_row() -> None:
    row = SimpleNamespace(count=3, usage_url="/uses/")
    html = Table([UsageCountColumn("count")], [row]).render_html({})
    assert 'href="/uses/"' in html
    assert "Used 3 times" in html


@pytest.mark.django_db
def test_bulk_actions_give_hooks_their_form_and_the_next_address(
    publish_role: Any, admin_client: Client
) -> None:
    seen: list[Any] = []
    page = publish_role()
    page.unpublish()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    with hooks.register_temporarily(
        "before_bulk_action",
        lambda request, kind, objects, action: seen.append(action),
        order=-1,
    ):
        query = f"?id={page.pk}&next=/admin/reports/"
        admin_client.post(url + query, {"include_descendants": "on"})
    (action,) = seen
    assert action.cleaned_form.cleaned_data == {"include_descendants": True}
    assert action.next_url == "/admin/reports/"


def test_screens_of_a_snippet_say_its_usage_in_words_of_ours() -> None:
    link = SharedLink(pk=1, name="NHS Jobs")
    panel = SnippetStatusSidePanel(
        link, RequestFactory().get("/"), usage_url="/x/", history_url="/y/", last_updated_info=None
    )
    assert callable(panel.get_usage_context)
    usage = get_template("wagtailadmin/shared/side_panels/includes/status/usage.html")
    assert "in our words" in usage.render({"usage_url": "/x/", "usage_url_text": "in our words"})
    assert hasattr(SnippetEditView, "get_side_panels")
    assert hasattr(SnippetViewSet, "delete_template_name")


def test_last_bulk_action_of_a_kind_is_the_one_of_a_model() -> None:
    registry = BulkActionRegistry()
    kinds = [
        type(name, (DeleteBulkAction,), {"models": [SharedLink]}) for name in ("First", "Last")
    ]
    first, last = (
        hooks.register_temporarily("register_bulk_action", kind, order=order)
        for order, kind in enumerate(kinds, start=10)
    )
    with first, last:
        found = registry.get_bulk_action_class("wagtail_careers", "sharedlink", "delete")
    assert found is kinds[-1]
    for name in ("annotate_items", "object_context"):
        assert hasattr(DeleteBulkAction, name)


@pytest.mark.django_db
def test_permissions_are_told_by_policies_and_by_the_tester_of_a_page(
    publish_role: Any, admin_user: User
) -> None:
    page, nobody = publish_role(), User.objects.create_user("nobody")
    for user, may in ((admin_user, True), (nobody, False)):
        policy, tester = ModelPermissionPolicy(SharedLink), page.permissions_for_user(user)
        assert policy.user_has_permission(user, "publish") is may
        assert PagePermissionPolicy().user_has_any_permission(user, ["add", "change"]) is may
        pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        assert pages.filter(pk=page.pk).exists() is may
        assert (tester.can_edit(), tester.can_publish()) == (may, may)
    assert not page.permissions_for_user(admin_user).page_locked()
    page.locked, page.locked_by, page.locked_at = True, nobody, timezone.now()
    assert page.permissions_for_user(admin_user).page_locked()
    assert not page.permissions_for_user(nobody).page_locked()


def test_messages_of_the_admin_have_buttons(rf: RequestFactory) -> None:
    request = visitor(rf, AnonymousUser())
    messages.error(request, "Not <done>.", buttons=[messages.button("/edit/", "Edit")])
    (message,) = request._messages
    assert "Not &lt;done&gt;." in str(message)
    assert re.search(r'<a [^>]*href="/edit/"[^>]*>\s*Edit', str(message))


def test_next_address_does_not_leave_the_site(rf: RequestFactory) -> None:
    def asked(url: str) -> str:
        return str(get_valid_next_url_from_request(rf.post("/", {"next": url})))

    assert asked("/admin/") == "/admin/"
    assert asked("https://elsewhere.example/") == ""


def parents(template: Any) -> Any:
    """The templates that ``template`` extends, nearest first."""
    for node in template.nodelist.get_nodes_by_type(ExtendsNode):
        parent = get_template(node.parent_name.resolve(Context())).template
        yield parent
        yield from parents(parent)


def blocks_of(template: Any) -> set[str]:
    found = {node.name for node in template.nodelist.get_nodes_by_type(BlockNode)}
    return found.union(*(blocks_of(parent) for parent in parents(template)))


def test_templates_of_the_admin_have_the_blocks_that_ours_fill() -> None:
    filled: dict[str, set[str]] = {}
    for file in sorted(TEMPLATES.glob("*.html")):
        template: Any = get_template(f"wagtail_careers/admin/{file.name}").template  # type: ignore[attr-defined]
        above = list(parents(template))
        if above:
            own = {node.name for node in template.nodelist.get_nodes_by_type(BlockNode)}
            assert own, file.name
            filled[file.name] = own - blocks_of(above[0])
    assert filled
    assert {name: blocks for name, blocks in filled.items() if blocks} == {}


def test_template_tags_of_the_admin_render_fields_panels_and_headers() -> None:
    source = """
        {% load wagtailadmin_tags %}{% formattedfield field %}
        {% panel id="probe" heading="The heading" icon="user" classname="x" %}Inside{% endpanel %}
        {% include "wagtailadmin/shared/header.html" with title="The title" subtitle="Below" only %}
    """
    html = Template(source).render(Context({"field": probe_field()}))
    for text in ("The label", "The help", 'name="probe"', 'id="probe', "The heading", "Inside"):
        assert text in html
    assert "The title" in html
    assert "Below" in html


def probe_field() -> Any:
    class Probe(forms.Form):
        probe = forms.BooleanField(label="The label", help_text="The help")

    return Probe()["probe"]


# Rich text


def test_rewriters_find_tags_and_leave_those_without_a_replacement() -> None:
    html = '<p><a id="3" linktype="page">a</a> <a linktype="other" path="x&amp;y">b</a></p>'
    assert [extract_attrs(match[1]) for match in FIND_A_TAG.finditer(html)] == [
        {"id": "3", "linktype": "page"},
        {"linktype": "other", "path": "x&y"},
    ]

    class Probe(LinkRewriter):
        def get_tag_replacements(self, tag_type: Any, attrs_list: Any) -> Any:
            return super().get_tag_replacements(tag_type, attrs_list) if tag_type == "page" else []

    rewritten = Probe(bulk_rules={"page": lambda found: [f'<a href="/{found[0]["id"]}/">']})(html)
    assert rewritten == html.replace('<a id="3" linktype="page">', '<a href="/3/">')


@pytest.mark.django_db
def test_link_without_a_target_is_an_anchor_without_attributes(home: Any) -> None:
    html = '<p><a id="987654" linktype="page">gone</a></p>'
    assert expand_db_html(html) == "<p><a>gone</a></p>"


def test_editor_html_is_sanitised_by_rules_of_features() -> None:
    assert [type(rule) for rule in features.get_converter_rule("editorhtml", "trait")] == [
        WhitelistRule
    ]
    assert [type(rule) for rule in features.get_converter_rule("editorhtml", "shared-link")] == [
        LinkTypeRule
    ]
    converter = EditorHTMLConverter(features=["trait", "shared-link"])
    assert (
        converter.to_database_format(
            '<p><mark class="x">kind</mark> <a data-linktype="shared-link" data-id="3">y</a></p>'
        )
        == '<p><mark>kind</mark> <a id="3" linktype="shared-link">y</a></p>'
    )
    tag: Any = BeautifulSoup('<mark class="x"></mark>', "html.parser").mark
    allow_without_attributes(tag)
    assert tag.attrs == {}


def test_converter_of_the_editor_keeps_one_parser_for_all_requests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If this fails, ``ProseConverter`` no longer needs a parser of its own for each call."""
    converter = ContentstateConverter(features=["bold"])
    html = '<p data-block-key="aaaaa">One <b>two</b></p>'
    alone = converter.from_database_format(html)
    waiting = ["<p>Another page</p>"]

    def read(self: Any, data: str) -> None:
        if waiting:
            converter.from_database_format(waiting.pop())
        original(self, data)

    original = HtmlToContentStateHandler.handle_data
    monkeypatch.setattr(HtmlToContentStateHandler, "handle_data", read)
    try:
        at_the_same_time = converter.from_database_format(html)
    except (AssertionError, AttributeError, IndexError):
        return
    assert at_the_same_time != alone


@pytest.mark.django_db
def test_converters_of_wagtail_stop_at_an_impossible_id() -> None:
    """If this fails, the package no longer needs to take such links out."""
    html = '<p><a linktype="page" id="abc">x</a></p>'
    with pytest.raises(ValueError, match="abc"):
        ContentstateConverter(features=["link"]).from_database_format(html)
    with pytest.raises(ValueError, match="abc"):
        expand_db_html(html)
    with pytest.raises(KeyError):
        list(extract_references_from_rich_text('<p><a linktype="page">x</a></p>'))


def test_exporter_of_rich_text_leaves_line_breaks_in_links() -> None:
    """If this fails, the package no longer needs to make tags of these line breaks."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://a.example/"}}
    block = {"key": "a", "text": "a\nb\nc", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"offset": 2, "length": 3, "key": 0}]
    state = json.dumps({"blocks": [block], "entityMap": {"0": link}})
    html = ContentstateConverter(features=["link"]).to_database_format(state)
    assert '>a<br/><a href="https://a.example/">b\nc</a></p>' in html


def test_editors_convert_with_a_converter_that_can_be_replaced() -> None:
    widget = DraftailRichTextArea(features=["bold"])
    assert type(widget.converter) is ContentstateConverter
    assert type(widget.converter.html_to_contentstate_handler) is HtmlToContentStateHandler
    assert widget.features == ["bold"]
    widget.converter = SimpleNamespace(
        from_database_format=lambda html: f"opened {html}",
        to_database_format=lambda state: f"saved {state}",
    )
    assert widget.format_value("x") == "opened x"
    assert widget.value_from_datadict({"text": "y"}, {}, "text") == "saved y"


def test_features_of_the_editor_write_their_plugins_into_its_options() -> None:
    options: dict[str, Any] = {}
    InlineStyleFeature({"type": "PROBE"}).construct_options(options)
    PluginFeature({"type": "PROBE"}).construct_options(options)
    assert options == {"inlineStyles": [{"type": "PROBE"}], "plugins": [{"type": "PROBE"}]}
    editor = DraftailRichTextArea(features=["trait"])
    assert {"type": "TRAIT"} in editor.options["plugins"]


def test_plugins_of_the_editor_see_each_change_and_draft_js_keeps_styles_on_enter() -> None:
    draftail = (SCRIPTS / "draftail.js").read_text(encoding="utf-8")
    assert re.search(
        r"\.onChange&&\(\w+=\w+\.onChange\(\w+,\w+\.getPluginMethods\(\)\)\)", draftail
    )
    assert "getEditorState:" in draftail
    # An override of styles outlives these changes only.
    assert '["adjust-depth","change-block-type","split-block"]' in draftail
    # Moving the caret drops it.
    assert "nativelyRenderedContent:null,inlineStyleOverride:null})}" in draftail
    assert "customStyleFn:" in draftail


def test_handler_of_inline_styles_keeps_them_in_the_state() -> None:
    handler = InlineStyleElementHandler("PROBE")
    contentstate = ContentState()
    state = HandlerState()
    handler.handle_starttag("span", [("lang", "cy")], state, contentstate)
    (style,) = state.current_inline_styles
    assert style.style == "PROBE"
    assert state.current_block.inline_style_ranges == [style]
    handler.handle_endtag("span", state, contentstate)
    assert state.current_inline_styles == []
    assert state.current_block.inline_style_ranges == [style]


def test_scripts_of_the_editor_offer_sources_and_icons() -> None:
    draftail = (SCRIPTS / "draftail.js").read_text(encoding="utf-8")
    assert "window.draftail=" in draftail
    for name in ("ModalWorkflowSource", "registerPlugin"):
        assert re.search(rf"\b{name}:", draftail), name
    source = re.search(r"getChooserConfig\(\w+,\w+\)\{throw.*?componentWillUnmount", draftail)
    assert source is not None
    # It takes from the subclass what the modal needs, and keeps the modal as its workflow.
    assert re.search(r"\{url:\w+,urlParams:\w+,onload:\w+,responses:\w+\}=", source[0])
    assert "filterEntityData(" in source[0]
    assert "this.workflow=window.ModalWorkflow(" in source[0]
    assert "this.onChosen=this.onChosen.bind(this)" in draftail
    assert re.search(r"onChosen\(\w+\)\{const\{[^}]*onComplete", draftail)
    core = (SCRIPTS / "core.js").read_text(encoding="utf-8")
    assert re.search(r"\.components=\{Icon:", core)
    assert "window.wagtailConfig=" in core
    assert "CSRF_HEADER_NAME]:" in core


def test_source_of_wagtails_links_is_in_the_registry_and_takes_any_entity() -> None:
    draftail = (SCRIPTS / "draftail.js").read_text(encoding="utf-8")
    # It returns the registry in which it has put the plugin.
    pattern = (
        r'registerPlugin:\((\w+),(\w+)="entityTypes"\)=>\((\w+)\[\2\]\[\1\.type\]=\1,\3\[\2\]\)'
    )
    assert re.search(pattern, draftail)
    assert re.search(r'\{type:"LINK",source:\w+\.LinkModalWorkflowSource,', draftail)
    source = re.search(r"LinkModalWorkflowSource:.*?filterEntityData", draftail)
    assert source is not None
    # When it looks at the type itself, the package need not wrap it.
    assert re.search(
        r"getChooserConfig\((\w+),\w+\)\{.*if\(\1\)\{const \w+=\1\.getData\(\)", source[0]
    )


def test_draftail_gives_plugins_and_controls_what_the_shared_link_needs() -> None:
    draftail = (SCRIPTS / "draftail.js").read_text(encoding="utf-8")
    for pattern in (
        # A command with the name of an entity type opens the source of that type.
        r"handleKeyCommand\((\w)\)\{.{,110}\w\.type===\1\)\)return this\.onRequestSource\(\1\)",
        r'"function"==typeof \w\.initialize&&\w\.initialize\(',
        r"0===\w\.indexOf\(\"handle\"\)",
        r"(\w)\.meta\|\|\1;return.{,30}\{getEditorState:\w,onChange:\w\}",
        # Without a state, it closes the source, changes nothing and gives back the focus.
        r"onCompleteSource\((\w)\)\{.{,60}\1&&this\.onChange\(\1\).{,150}this\.focus\(\)",
        r"\w\.draftailEditor=",
        r'setAttribute\("data-draftail-editor-wrapper"',
    ):
        assert re.search(pattern, draftail), pattern
    modal = (SCRIPTS / "vendor" / "bootstrap-modal.js").read_text(encoding="utf-8")
    # The modal takes the focus, and says so afterwards.
    assert re.search(r'Event\("shown\.bs\.modal".*trigger\("focus"\)\.trigger\(\w\)', modal)


def test_editor_stops_watching_for_changes_in_three_places() -> None:
    """If this fails, the script ``unsaved.js`` may no longer be needed, or no longer work."""
    core = (SCRIPTS / "core.js").read_text(encoding="utf-8")
    (watcher,) = re.findall(r"static values=\{checkInterval:.*?disconnect\(\)", core)
    # With changes from the start, it does not begin to watch, nor once they are saved.
    assert re.search(
        r"checkIntervalValueChanged\(\w\)\{if\(this\.forceValue\)return void\(this", watcher
    )
    assert (
        "clear(){this.setInitialFormData(),this.hasEditsValue=!1,this.hasCommentsValue=!1,"
        "this.forceValue=!1}"
    ) in watcher
    # What is in the form two seconds after its start, or when a save is answered, counts as saved.
    assert "static initialDelayValue=2e3" in watcher
    assert re.search(r"setInitialFormData\(\)\{const (\w)=this\.formData;", watcher)
    assert "this.hasEditsValue=this.forceValue||this.initialFormData!==" in watcher
    assert "if(this.confirmationValue&&this.hasEditsValue)" in watcher
    assert 'this.dispatch("watch-edits"' in watcher
    # A save takes the values of the form at once, and waits before it sends them.
    (saving,) = re.findall(r'static targets=\["partials"\].*?intervalValueChanged\(', core)
    assert re.search(r'this\.dispatch\("save",\{cancelable:!0,detail:\{formData:\w', saving)
    assert re.search(r'this\.dispatch\("success",\{cancelable:!1,detail:\{response:\w', saving)
    for name in ("create", "edit"):
        template = get_template(f"wagtailadmin/pages/{name}.html").template  # type: ignore[attr-defined]
        for text in (
            "data-edit-form",
            "data-w-unsaved-force-value=",
            "w-unsaved:add->w-autosave#save:prevent",
            "w-autosave:success->w-unsaved#clear",
        ):
            assert text in template.source


def test_plain_text_of_rich_text_keeps_words_apart() -> None:
    html = "<p>one</p><p>two &amp; <b>th</b>ree</p><ul><li>four</li><li>five</li></ul>"
    assert get_text_for_indexing(html) == "one two & three four five"


# Streams


class Inner(StructBlock):
    name = CharBlock()


class Outer(StreamBlock):
    inner = Inner()
    items = ListBlock(Inner())


def test_drafts_are_cleaned_by_the_outermost_block_which_relaxes_those_inside() -> None:
    block, calls = Outer(), []
    inner = block.child_blocks["inner"]

    class Watched(Outer):
        def clean_deferred(self, value: Any) -> Any:
            calls.append("before")
            try:
                return super().clean_deferred(value)
            finally:
                calls.append("after")

        def clean(self, value: Any) -> Any:
            calls.append((self.is_deferred_validation, inner.child_blocks["name"].field.required))
            return super().clean(value)

    block = Watched()
    inner = block.child_blocks["inner"]
    value = block.to_python([{"type": "inner", "value": {"name": ""}}])
    field = BlockField(block)
    with pytest.raises(StreamBlockValidationError):
        field.clean(value)
    field.is_deferred_validation = True
    field.clean(value)
    assert calls == [(False, True), "before", (True, False), "after"]
    assert inner.child_blocks["name"].field.required


def test_values_of_blocks_are_made_of_the_values_inside() -> None:
    block = Outer()
    inner, items = block.child_blocks["inner"], block.child_blocks["items"]
    struct = inner.meta.value_class(inner, [("name", "A")])
    entry = ListValue.ListChild(items.child_block, struct, id="b")
    value = StreamValue(
        block, [("inner", struct, "a"), ("items", ListValue(items, bound_blocks=[entry]), "c")]
    )
    assert list(value.get_prep_value()) == [
        {"type": "inner", "value": {"name": "A"}, "id": "a"},
        {
            "type": "items",
            "value": [{"type": "item", "value": {"name": "A"}, "id": "b"}],
            "id": "c",
        },
    ]


@pytest.mark.django_db
def test_forms_of_drafts_say_so_while_they_find_errors(publish_role: Any) -> None:
    form_class: Any = RolePage.get_edit_handler().get_form_class()
    found: list[Any] = []

    class Probe(form_class):  # type: ignore[misc]
        def add_error(self, field: Any, error: Any) -> None:
            found.append((field, field in self.cleaned_data, self.is_deferred_validation))

    data = {"title": "x", "slug": "x", "expire_at": "2001-01-01 10:00", "body-count": "0"}
    probe = Probe(data, instance=publish_role())
    probe.defer_required_fields()
    probe.is_valid()
    assert ("expire_at", True, True) in found


def test_errors_of_streams_have_the_errors_of_their_blocks_by_place() -> None:
    errors = {"name": ValidationError("No name.")}
    error: Any = StreamBlockValidationError(
        {1: StructBlockValidationError(errors, ["Of the struct."])}, [ValidationError("Of all.")]
    )
    assert [each.message for each in error.non_block_errors.as_data()] == ["Of all."]
    assert list(error.block_errors) == [1]
    inner = error.block_errors[1]
    assert inner.block_errors == errors
    assert [each.message for each in inner.non_block_errors.as_data()] == ["Of the struct."]
    block = Outer()
    with pytest.raises(StreamBlockValidationError) as raised:
        block.clean(block.to_python([{"type": "items", "value": [{"name": ""}]}]))
    found: Any = raised.value
    assert found.block_errors[0].block_errors[0].block_errors["name"].messages


@pytest.mark.django_db
def test_streams_keep_their_raw_data_and_look_nothing_up_before_they_are_read(
    django_assert_num_queries: Any,
) -> None:
    field: Any = RolePage._meta.get_field("body")
    raw = body(duties="<p>Work.</p>")
    with django_assert_num_queries(0):
        value = StreamValue(field.stream_block, [dict(each) for each in raw], is_lazy=True)
        assert list(value.raw_data) == [dict(each) for each in raw]
    page = RolePage(body=value)
    assert [dict(each) for each in page.body.raw_data] == [dict(each) for each in raw]
    assert list(type(field.stream_block).base_blocks) == list(field.stream_block.child_blocks)


def test_blocks_take_the_options_of_their_field_until_it_is_asked_for() -> None:
    block = RichTextBlock(required=False)
    assert block.field_options["required"] is False
    block.field_options["error_messages"] = {"required": "Say something."}
    assert block.field.error_messages["required"] == "Say something."
    title = CharBlock()
    title.field.error_messages["required"] = "Enter a title."
    with pytest.raises(ValidationError, match="Enter a title"):
        title.clean("")


def test_blocks_of_choosers_look_up_many_at_once_and_say_what_may_be_chosen() -> None:
    asked = []

    class Probe(SnippetChooserBlock):
        def bulk_to_python(self, values: Any) -> Any:
            asked.append(list(values))
            return [None for _ in values]

    class Stream(StreamBlock):
        link = Probe("wagtail_careers.SharedLink")

    class Roles(PageChooserBlock):
        target_models = [RolePage]

    raw = [{"type": "link", "value": pk} for pk in (3, 4)]
    assert [child.value for child in Stream().to_python(raw)] == [None, None]
    assert asked == [[3, 4]]
    assert Roles().target_model is RolePage
    assert Roles().widget.target_models == [RolePage]


# Saving, publishing, caches


@pytest.mark.django_db
def test_blocks_and_fields_name_the_classes_that_compare_them() -> None:
    class Compared(compare.BlockComparison):
        def htmlvalue(self, val: Any) -> str:
            return f"only {val}"

        def htmldiff(self) -> str:
            return f"{self.val_a} or {self.val_b}"

    class Block(CharBlock):
        def get_comparison_class(self) -> Any:
            return Compared

    class Stream(StreamBlock):
        one = Block()
        many = ListBlock(Block())

    def version(*values: tuple[str, str]) -> Any:
        raw = [{"type": "one", "value": value, "id": key} for key, value in values]
        return Stream().to_python(raw)

    before, after = version(("1", "a"), ("2", "b")), version(("1", "c"), ("3", "d"))
    html = compare.StreamBlockComparison(Stream(), True, True, before, after).htmldiff()
    assert [part in html for part in ("a or c", "only b", "only d")] == [True] * 3
    items = Stream().child_blocks["many"]
    both = [items.to_python([{"type": "item", "value": value, "id": "1"}]) for value in "ab"]
    (item,) = compare.ListBlockComparison(items, True, True, *both).get_block_comparisons()
    assert isinstance(item, Compared)
    introduction = RoleIndexPage._meta.get_field("introduction")
    assert issubclass(
        compare.comparison_class_registry.get(introduction), compare.RichTextFieldComparison
    )
    body_panel = FieldPanel("body").bind_to_model(RolePage)
    assert body_panel.get_comparison_class() is compare.StreamFieldComparison


def test_bound_panels_have_the_field_of_their_form(publish_role: Any) -> None:
    panel = FieldPanel("category").bind_to_model(RolePage)
    page = publish_role()
    form = forms.modelform_factory(RolePage, fields=["category"])(instance=page)
    bound = panel.get_bound_panel(instance=page, request=None, form=form)
    assert isinstance(bound, FieldPanel.BoundPanel)
    assert bound.bound_field.field is form.fields["category"]


def test_saving_a_draft_writes_bookkeeping_alone(publish_role: Any, admin_user: User) -> None:
    page: Any = publish_role()
    link: Any = SharedLinkFactory()
    written: list[Any] = []

    def note(sender: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if sender in (RolePage, SharedLink):
            written.append(update_fields)

    post_save.connect(note)
    try:
        page.title = "A draft"
        page.save_revision(user=admin_user, log_action=True)
        link.save_revision(user=admin_user, log_action=True)
        drafts = len(written)
        page.get_latest_revision().publish()
        link.get_latest_revision().publish()
    finally:
        post_save.disconnect(note)
    assert drafts
    assert all(fields and BOOKKEEPING.issuperset(fields) for fields in written[:drafts])
    assert len([fields for fields in written[drafts:] if fields is None]) >= 2


@pytest.mark.django_db
def test_revision_is_read_by_the_model_which_may_correct_it(publish_role: Any) -> None:
    page: Any = publish_role(category=RoleCategoryFactory())
    revision = page.save_revision()
    revision.content["category"] = RoleCategory.objects.order_by("pk").last().pk + 1  # type: ignore[union-attr]
    # Else modelcluster would refuse, because the field protects its target from deletion.
    assert revision.as_object().category is None


@pytest.mark.django_db
def test_addresses_of_sites_are_kept_on_what_is_handed_in(
    publish_role: Any, django_assert_num_queries: Any
) -> None:
    page, batch = publish_role(), PurgeBatch()
    urls = {page.get_full_url(batch) + path.lstrip("/") for path in page.get_cached_paths()}
    another = RolePage.objects.get(pk=page.pk)
    Site.clear_site_root_paths_cache()
    with django_assert_num_queries(0):
        assert another.get_full_url(batch) == page.get_full_url(batch)
    batch.add_page(page)
    assert batch.urls == urls


@pytest.mark.django_db
@pytest.mark.usefixtures("search_index")
def test_object_is_indexed_again_on_request(publish_role: Any) -> None:
    page = publish_role(title="Porter")
    RolePage.objects.filter(pk=page.pk).update(title="Zookeeper")
    page.refresh_from_db()
    search_index.insert_or_update_object(page)
    assert page.pk in [found.pk for found in RolePage.objects.search("Zookeeper")]


def test_models_can_index_themselves() -> None:
    def receivers_of(model: Any) -> list[Any]:
        return [*post_save._live_receivers(model)[0]]

    assert post_save_signal_handler in receivers_of(BarePage)
    assert post_save_signal_handler not in receivers_of(RolePage)
    assert callable(insert_or_update_object_task.enqueue)


@pytest.mark.django_db
def test_child_objects_come_from_one_manager(home: Any, django_assert_num_queries: Any) -> None:
    page = home.add_child(instance=BarePage(title="Bare"))
    role = RolePage(pk=page.pk, id=page.pk)
    with django_assert_num_queries(0):
        assert list(page.role_alternative_titles.all()) == []
        page.role_alternative_titles = []
        page.role_alternative_titles.commit()
    with django_assert_num_queries(1):
        assert list(role.role_alternative_titles.all()) == []


@pytest.mark.django_db
def test_reference_index_names_pages_by_the_base_model_and_keys_as_text(
    publish_role: Any,
) -> None:
    link = SharedLinkFactory()
    page = publish_role(body=body(application_links={"links": [link_item(link)]}))
    page_type = ContentType.objects.get_for_model(Page)
    (row,) = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(SharedLink), to_object_id=str(link.pk)
    )
    assert (row.base_content_type, row.object_id) == (page_type, str(page.pk))
    assert page.latest_revision.base_content_type == page_type
    assert page.latest_revision.object_id == str(page.pk)
    (group,) = ReferenceIndex.objects.filter(pk=row.pk).group_by_source_object()
    thing, references = group
    assert (thing.pk, list(references)) == (page.pk, [row])
    assert "Sections" in row.describe_source_field()


# What the import writes


def test_redirects_have_one_form_of_a_path() -> None:
    assert Redirect.normalise_path("/Old/path/?b=2&a=1") == "/Old/path?a=1&b=2"
    assert Redirect.normalise_path("https://old.example/caf%C3%A9/") == "/café"


@pytest.mark.django_db
def test_images_are_known_by_the_hash_of_their_file(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    content = get_test_image_file().file.getvalue()
    image: Any = get_image_model()(title="x", file=ContentFile(content, name="x.png"))
    image.save()
    assert image.get_file_hash() == sha1(content, usedforsecurity=False).hexdigest()
    assert image.get_file_size() == len(content)
    assert get_image_model().objects.get(file_hash=image.file_hash) == image


def test_rows_of_the_checks_panel_are_marked() -> None:
    panel = get_template("wagtailadmin/shared/side_panels/checks.html").template.source  # type: ignore[attr-defined]
    for mark in ("row", "name", "help", "selector-text"):
        assert f"data-content-checker-{mark}" in panel
    assert "data-checks-panel" in panel
    assert 'json_script:"checker-axe-configuration"' in panel
    preview = get_template("wagtailadmin/shared/side_panels/preview.html").template.source  # type: ignore[attr-defined]
    assert 'id="w-preview-iframe"' in preview


def test_user_bar_runs_checks_of_scripts_after_its_own() -> None:
    bar = get_template("wagtailadmin/userbar/base.html").template.source  # type: ignore[attr-defined]
    assert bar.index("userbar.js") < bar.index("{{ media.js }}")
    assert bar.index("wagtail-userbar-template") < bar.index("{{ item|safe }}")
    script = (SCRIPTS / "userbar.js").read_text(encoding="utf-8")
    assert "window.wagtail.userbar=document.querySelector" in script
    assert "registerCheck(" in script
    assert 'window.addEventListener("load",this.onWindowLoad)' in script
