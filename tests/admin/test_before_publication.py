"""What readers would stumble over is said in the form of a role and in moderation."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    TaskState,
    Workflow,
    WorkflowTask,
)

from tests.bare.models import BarePage
from tests.factories import RoleCategoryFactory, RolePageFactory, SharedLinkFactory, body, link_item
from tests.testapp.models import StaffRolePage
from wagtail_careers.admin.before_publication import AwaitingReviewPanel
from wagtail_careers.pages.models import RolePage

pytestmark = [
    pytest.mark.django_db,
    # Wagtail sends notifications in a way that the newest Django advises against.
    pytest.mark.filterwarnings("ignore:get_connection"),
    pytest.mark.filterwarnings("ignore:Django 2028 will not have a default mailer"),
]

SAID = "The shared link “Draft link” is not published yet. Readers do not see it."


def with_draft_link() -> list[dict[str, Any]]:
    draft = SharedLinkFactory(name="Draft link", live=False)
    return body(application_links={"prose": "<p>Apply.</p>", "links": [link_item(draft)]})


@pytest.fixture
def page(publish_role: Any) -> RolePage:
    """A live role whose newest version has a draft link."""
    role: RolePage = publish_role(title="Nurse", body=body())
    role.body = with_draft_link()
    role.save_revision()
    role.refresh_from_db()
    return role


def url(page: Any) -> str:
    return reverse("careers_before_publication", args=[page.pk])


def text(response: Any) -> str:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestPanel:
    def panel(self, client: Client, path: str) -> Any:
        soup = BeautifulSoup(client.get(path).content, "html.parser")
        return soup.select_one("[data-careers-before-publication]")

    def test_form_says_it_about_the_newest_version(self, page: Any, admin_client: Client) -> None:
        panel = self.panel(admin_client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert panel["data-careers-before-publication"] == url(page)
        status = panel.select_one("[role=status]").get_text(strip=True)
        assert status == "1 thing to check before publication."
        assert SAID in panel.get_text(" ", strip=True)
        section = page.get_latest_revision_as_object().body.raw_data[4]["id"]
        assert panel.select_one("li a")["href"] == f"#block-{section}-section"

    def test_new_page_is_told_to_save(self, index: Any, admin_client: Client) -> None:
        path = "wagtailadmin_pages:add"
        args = ["wagtail_careers_pages", "rolepage", index.pk]
        panel = self.panel(admin_client, reverse(path, args=args))
        assert "Save a draft" in panel.select_one("[role=status]").text
        assert panel["data-careers-before-publication"].endswith("/0/")

    def test_model_of_a_site_has_it_with_the_panels_of_the_mixin(
        self, home: Any, admin_client: Client
    ) -> None:
        page = StaffRolePage(title="Own", body=with_draft_link(), category=RoleCategoryFactory())
        home.add_child(instance=page)
        panel = self.panel(admin_client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert SAID in panel.get_text(" ", strip=True)


class TestRefresh:
    def test_view_shows_the_newest_version(self, page: Any, admin_client: Client) -> None:
        assert SAID in text(admin_client.get(url(page)))
        page.body = body()
        page.save_revision()
        assert text(admin_client.get(url(page))) == ""

    def test_text_of_people_is_escaped(self, index: Any, admin_client: Client) -> None:
        hostile = "<script>alert(1)</script>"
        link = SharedLinkFactory(name=hostile, live=False)
        page = RolePageFactory(
            parent=index,
            body=body(
                person_spec="<p><mark>&lt;script&gt;x&lt;/script&gt;</mark></p>",
                text={"title": hostile, "prose": "<p><mark>y</mark></p>"},
                application_links={"links": [link_item(link)]},
            ),
        )
        html = admin_client.get(url(page)).content.decode()
        assert "<script" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_who_may_not_edit_the_page_is_refused(
        self, page: Any, editor: Client, outsider: Client, client: Client
    ) -> None:
        assert SAID in text(editor.get(url(page)))
        for stranger in (outsider, client):
            response = stranger.get(url(page))
            assert response.status_code == 302, "to the login or the home page of the admin"
            assert SAID.encode() not in response.content

    def test_other_pages_have_none(self, home: Any, admin_client: Client) -> None:
        bare = home.add_child(instance=BarePage(title="Bare", slug="bare"))
        assert admin_client.get(url(bare)).status_code == 404
        missing = reverse("careers_before_publication", args=[0])
        assert admin_client.get(missing).status_code == 404


class TestModeration:
    @pytest.fixture
    def submit(self, admin_user: User) -> Any:
        """A function that submits pages for approval by moderators."""
        workflow = Workflow.objects.create(name="Moderation")
        task = GroupApprovalTask.objects.create(name="Moderators")
        task.groups.add(Group.objects.get(name="Moderators"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)

        def start(page: Any) -> TaskState:
            workflow.start(page, admin_user)
            return TaskState.objects.latest("pk")

        return start

    @pytest.mark.parametrize("dialog", ["workflow_action", "collect_workflow_action_data"])
    def test_dialog_of_an_approval_says_it_above_the_form(
        self, page: Any, submit: Any, admin_client: Client, dialog: str
    ) -> None:
        state = submit(page)
        path = reverse(f"wagtailadmin_pages:{dialog}", args=[page.pk, "approve", state.pk])
        answer = admin_client.get(path).json()
        assert answer["step"] == "action"
        soup = BeautifulSoup(answer["html"], "html.parser")
        said = soup.select_one(".nice-padding > section")
        assert SAID in said.get_text(" ", strip=True)
        assert said.find_next_sibling("form")
        edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert said.li.a["href"].startswith(f"{edit_url}#block-")

    def test_dialog_of_another_action_or_page_is_wagtails(
        self, page: Any, home: Any, submit: Any, admin_client: Client
    ) -> None:
        name = "wagtailadmin_pages:workflow_action"
        state = submit(page)
        reject = admin_client.get(reverse(name, args=[page.pk, "reject", state.pk])).json()
        bare = home.add_child(instance=BarePage(title="Bare", slug="bare"))
        bare.save_revision()
        state = submit(bare)
        other = admin_client.get(reverse(name, args=[bare.pk, "approve", state.pk])).json()
        assert "Before publication" not in reject["html"] + other["html"]

    def test_who_may_not_approve_learns_nothing(
        self, page: Any, submit: Any, outsider: Client
    ) -> None:
        state = submit(page)
        path = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        assert SAID.encode() not in outsider.get(path).content
        assert SAID not in text(outsider.get("/admin/"))

    def test_approval_is_not_stopped(self, page: Any, submit: Any, admin_client: Client) -> None:
        state = submit(page)
        path = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        admin_client.post(path, {"next": "/admin/", "comment": ""})
        page.refresh_from_db()
        assert not page.has_unpublished_changes

    def test_dashboard_says_it_about_the_roles_to_review(
        self, page: Any, publish_role: Any, submit: Any, admin_client: Client
    ) -> None:
        fine = publish_role(title="Porter", body=body())
        # A shared link in moderation can have the key of a page that is not.
        other = RolePageFactory(parent=page.get_parent(), body=with_draft_link())
        link = SharedLinkFactory(pk=other.pk)
        link.save_revision()
        for each in (page, fine, link):
            submit(each)
        soup = BeautifulSoup(admin_client.get("/admin/").content, "html.parser")
        panel = soup.select_one("[data-careers-to-review]")
        assert [title.get_text(strip=True) for title in panel.select("h3")] == ["Nurse"]
        assert SAID in panel.get_text(" ", strip=True)

    def test_dashboard_without_anything_to_say_has_no_panel(
        self, page: Any, admin_client: Client
    ) -> None:
        assert b"careers-before-publication" not in admin_client.get("/admin/").content

    def test_number_of_roles_to_review_makes_no_difference_to_our_queries(
        self, page: Any, publish_role: Any, submit: Any, admin_user: User, rf: Any
    ) -> None:
        request = rf.get("/admin/")
        request.user = admin_user

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                roles = AwaitingReviewPanel().get_context_data({"request": request})["roles"]
            assert len(roles) == TaskState.objects.count()
            return len(captured)

        submit(page)
        queries()
        before = queries()
        for number in range(4):
            submit(publish_role(title=f"Role {number}", body=with_draft_link()))
        assert queries() == before
