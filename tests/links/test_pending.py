"""Links count as used in each version that can go live, not only in the newest."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from tests.factories import SharedLinkFactory, body, shared_link_html
from wagtail_careers.choices import UNRESOLVED, PageOutcome
from wagtail_careers.links.replacements import replace_link, retry
from wagtail_careers.links.running import run
from wagtail_careers.links.usage import (
    pages_using,
    pages_with_path,
    translations_of,
    usage_counts,
    uses_on,
)
from wagtail_careers.models import SharedLink

pytestmark = [
    # Wagtail sends notifications in a way that the newest Django advises against.
    pytest.mark.filterwarnings("ignore:get_connection"),
    pytest.mark.filterwarnings("ignore:Django 2028 will not have a default mailer"),
]


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs")


def save(page: Any, new_body: Any, *, in_days: int | None = None) -> Any:
    """A new version of the page, scheduled if it has days."""
    page.go_live_at = timezone.now() + timedelta(days=in_days) if in_days else None
    page.body = new_body
    revision = page.save_revision()
    if in_days:
        revision.publish()
    return revision


def linked(link: SharedLink) -> Any:
    return body(duties=shared_link_html(link, "x", "nursing"))


@pytest.fixture
def scheduled(publish_role: Any, link: SharedLink) -> Any:
    """A live page with a link in the version that is scheduled, but not in the newest."""
    page = publish_role(title="Nurse")
    save(page, linked(link), in_days=1)
    save(page, body())
    page.refresh_from_db()
    return page


@pytest.fixture
def moderated(publish_role: Any, link: SharedLink, admin_user: Any) -> Any:
    """A live page with a link in the version that is in moderation, but not in the newest."""
    page = publish_role(title="Nurse")
    workflow = Workflow.objects.create(name="Approval")
    task = GroupApprovalTask.objects.create(name="Approve")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    save(page, linked(link))
    workflow.start(page, admin_user)
    save(page, body())
    page.refresh_from_db()
    return page


@pytest.fixture(params=["scheduled", "moderated"])
def pending(request: Any) -> Any:
    return request.getfixturevalue(request.param)


def test_link_is_in_use(pending: Any, link: SharedLink) -> None:
    assert usage_counts([link]) == {link.pk: 1}
    assert [page.pk for page in pages_using(link)] == [pending.pk]
    assert [page.pk for page in pages_with_path(link, "nursing")] == [pending.pk]
    (use,) = uses_on(pending, link)
    assert (use.live, use.newest, use.pending) == (False, False, True)
    with pytest.raises(ProtectedError):
        link.delete()


def test_usage_says_so(admin_client: Any, pending: Any, link: SharedLink) -> None:
    page = admin_client.get(f"/admin/careers/shared-links/usage/{link.pk}/").content.decode()
    assert "scheduled or in moderation" in page


def test_link_is_free_once_the_version_cannot_go_live(pending: Any, link: SharedLink) -> None:
    for revision in pending.revisions.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
    if pending.current_workflow_state:
        pending.current_workflow_state.cancel()
    link.delete()
    assert not SharedLink.objects.exists()


def test_older_version_that_is_scheduled_counts(publish_role: Any, link: SharedLink) -> None:
    page = publish_role()
    older = save(page, linked(link))
    save(page, body())
    assert usage_counts([link]) == {link.pk: 0}
    older.approved_go_live_at = timezone.now() + timedelta(days=1)
    older.save(update_fields=["approved_go_live_at"])
    assert usage_counts([link]) == {link.pk: 1}


@pytest.mark.parametrize(
    ("pending", "outcome"),
    # Wagtail locks a page that is scheduled.
    [("scheduled", PageOutcome.LOCKED), ("moderated", PageOutcome.IN_MODERATION)],
    indirect=["pending"],
)
def test_replacement_says_that_such_a_version_keeps_the_link(
    pending: Any, outcome: PageOutcome, link: SharedLink, admin_user: Any
) -> None:
    replacement = replace_link(link, SharedLinkFactory(), user=admin_user)
    run(replacement)
    assert replacement.pages.get().outcome == outcome
    assert outcome in UNRESOLVED


def test_replacement_in_the_newest_version_says_that_the_moderated_one_keeps_the_link(
    moderated: Any, link: SharedLink, admin_user: Any
) -> None:
    save(moderated, linked(link))
    replacement = replace_link(link, SharedLinkFactory(), user=admin_user)
    run(replacement)
    assert replacement.pages.get().outcome == PageOutcome.IN_MODERATION
    assert {use.newest for use in uses_on(type(moderated).objects.get(), link)} == {False}


def test_replacement_can_be_retried_when_the_moderation_has_ended(
    moderated: Any, link: SharedLink, admin_user: Any
) -> None:
    replacement = replace_link(link, SharedLinkFactory(), user=admin_user)
    run(replacement)
    moderated.current_workflow_state.cancel(user=admin_user)
    retry(replacement, user=admin_user)
    run(replacement)
    assert replacement.pages.get().outcome == PageOutcome.UNCHANGED


class TestTranslation:
    def test_page_uses_the_link_that_it_shows_in_its_language(
        self, publish_role: Any, link: SharedLink, add_language: Any
    ) -> None:
        french = add_language("fr")
        shown = link.copy_for_translation(french)
        shown.base_url = "https://fr.example/"
        shown.save()
        page = publish_role(title="Nurse", body=linked(link))
        assert usage_counts([link, shown]) == {link.pk: 1, shown.pk: 0}
        translated = page.copy_for_translation(french, copy_parents=True)
        assert usage_counts([link, shown]) == {link.pk: 2, shown.pk: 1}
        assert [each.pk for each in pages_using(shown)] == [translated.pk]
        assert [
            use.mention.shared_link for use in uses_on(translated, shown, translations_of(shown))
        ] == [link.pk]
        with pytest.raises(ProtectedError):
            shown.delete()
