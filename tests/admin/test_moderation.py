"""Approvals, and what happens to those of versions that the editor would not publish."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowTask

from tests.bare.models import BarePage
from tests.factories import SharedLinkFactory, body
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage

pytestmark = [
    pytest.mark.django_db,
    # Wagtail sends notifications in a way that the newest Django advises against.
    pytest.mark.filterwarnings("ignore:get_connection"),
    pytest.mark.filterwarnings("ignore:Django 2028 will not have a default mailer"),
]


@pytest.fixture
def submit(admin_user: User) -> Any:
    """A function that submits something for approval by moderators."""

    def start(thing: Any) -> TaskState:
        workflow = Workflow.objects.create(name="Moderation")
        task = GroupApprovalTask.objects.create(name="Moderators")
        task.groups.add(Group.objects.get(name="Moderators"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        workflow.start(thing, admin_user)
        return TaskState.objects.get()

    return start


@pytest.fixture
def submitted(publish_role: Any, submit: Any) -> Any:
    """A function that gives a live role in moderation, with the sections of its newest version."""

    def make(**sections: Any) -> tuple[RolePage, TaskState]:
        page = publish_role(title="Nurse", body=body(duties="<p>Old.</p>"))
        page.save_revision()
        page.refresh_from_db()
        state = submit(page)
        page.body = body(**sections)
        page.save_revision(clean=False)
        return page, state

    return make


def act(
    client: Client, page: Any, state: TaskState, action: str = "approve", **headers: Any
) -> Any:
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(url, {"next": "/admin/", "comment": ""}, headers=headers)


def status(state: TaskState) -> str:
    return str(TaskState.objects.get(pk=state.pk).status)


def said(client: Client) -> str:
    return client.get("/admin/").content.decode()


def test_incomplete_role_is_not_approved_and_the_admin_says_why(
    submitted: Any, admin_client: Client
) -> None:
    page, state = submitted(duties="")
    assert act(admin_client, page, state).url == "/admin/"
    assert status(state) == TaskState.STATUS_IN_PROGRESS
    saved = RolePage.objects.get(pk=page.pk)
    assert saved.live
    assert saved.has_unpublished_changes
    assert "Old." in str(saved.body)
    assert "Nurse: Duties: describe the work, or remove this section." in said(admin_client)


def test_dialog_for_a_comment_leads_back_as_well(submitted: Any, admin_client: Client) -> None:
    page, state = submitted(duties="")
    answer = act(admin_client, page, state, **{"X-Requested-With": "XMLHttpRequest"}).json()
    assert answer == {"step": "success", "redirect": "/admin/"}
    assert status(state) == TaskState.STATUS_IN_PROGRESS


def test_complete_role_is_approved_and_published(submitted: Any, admin_client: Client) -> None:
    page, state = submitted(duties="<p>New.</p>")
    act(admin_client, page, state)
    assert status(state) == TaskState.STATUS_APPROVED
    assert "New." in str(RolePage.objects.get(pk=page.pk).body)


def test_incomplete_role_can_be_rejected(submitted: Any, admin_client: Client) -> None:
    page, state = submitted(duties="")
    act(admin_client, page, state, "reject")
    assert status(state) == TaskState.STATUS_REJECTED


def test_who_may_not_approve_learns_nothing_of_the_page(submitted: Any, outsider: Client) -> None:
    page, state = submitted(duties="")
    act(outsider, page, state)
    assert status(state) == TaskState.STATUS_IN_PROGRESS
    assert "Duties" not in said(outsider)


def test_other_pages_are_approved_as_ever(home: Any, submit: Any, admin_client: Client) -> None:
    page = home.add_child(instance=BarePage(title="Bare", live=False))
    page.save_revision()
    state = submit(page)
    act(admin_client, page, state)
    assert Page.objects.get(pk=page.pk).live


def test_page_that_is_gone_is_not_found(submitted: Any, admin_client: Client) -> None:
    page, state = submitted()
    page.pk = 4040
    assert act(admin_client, page, state).status_code == 404


@pytest.fixture
def submitted_link(submit: Any) -> tuple[SharedLink, TaskState]:
    """A live link in moderation that is to have the address https://new.example/."""
    link = SharedLinkFactory(name="A", base_url="https://old.example/")
    link.base_url = "https://new.example/"
    link.save_revision()
    link.refresh_from_db()
    return link, submit(link)


def approve(client: Client, link: SharedLink, state: TaskState) -> Any:
    url = reverse("careers_shared_links:workflow_action", args=[link.pk, "approve", state.pk])
    return client.post(url, {"next": "/admin/", "comment": ""})


def test_link_whose_address_another_has_got_is_not_approved(
    submitted_link: Any, admin_client: Client
) -> None:
    link, state = submitted_link
    SharedLinkFactory(name="The other", base_url="https://new.example/")
    approve(admin_client, link, state)
    assert status(state) == TaskState.STATUS_IN_PROGRESS
    assert SharedLink.objects.get(pk=link.pk).base_url == "https://old.example/"
    assert "“The other” already has this address" in said(admin_client)


def test_link_is_approved_and_published(submitted_link: Any, admin_client: Client) -> None:
    link, state = submitted_link
    approve(admin_client, link, state)
    assert status(state) == TaskState.STATUS_APPROVED
    assert SharedLink.objects.get(pk=link.pk).base_url == "https://new.example/"


def test_code_publishes_what_it_likes(submitted: Any) -> None:
    page, _state = submitted(duties="")
    page.get_latest_revision().publish()
    assert not RolePage.objects.get(pk=page.pk).has_unpublished_changes
