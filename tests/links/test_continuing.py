"""Replacements that were interrupted, cancelled, or continued by somebody else."""

from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import default_task_backend
from wagtail.models import PageLogEntry

from tests.factories import SharedLinkFactory, body, shared_link_html
from tests.links.test_replacements import person
from wagtail_careers import tasks
from wagtail_careers.choices import PageOutcome
from wagtail_careers.link_checks import run as checking
from wagtail_careers.links import progress, running
from wagtail_careers.links import replacements as replace
from wagtail_careers.links.usage import pages_using
from wagtail_careers.models import Replacement, SharedLink

OURS = "wagtail_careers.tasks"
DUMMY = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def pages(publish_role: Any, old: SharedLink) -> list[Any]:
    using = body(duties=shared_link_html(old, "x"))
    return [publish_role(body=using) for _number in range(3)]


@pytest.fixture
def begun(pages: list[Any], old: SharedLink, new: SharedLink, admin_user: Any) -> Replacement:
    """One page is done; nothing continues."""
    replacement = replace.replace_link(old, new, user=admin_user)
    running.run(replacement, seconds=0)
    return replacement


def interrupt(replacement: Replacement) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    Replacement.objects.filter(pk=replacement.pk).update(active_at=long_ago)


def outcomes(replacement: Replacement) -> dict[str, int]:
    return progress.outcomes(replacement)


def url(name: str, replacement: Replacement) -> str:
    return reverse(f"careers_shared_links:{name}", args=[replacement.pk])


class TestInterruption:
    @pytest.fixture
    def queue(self, settings: Any) -> Any:
        settings.TASKS = DUMMY
        default_task_backend.clear()
        return default_task_backend

    def test_task_queues_what_continues_before_it_works_and_the_rest_after_it(
        self, begun: Replacement, queue: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(*args: Any, **kwargs: Any) -> None:
            raise SystemExit

        monkeypatch.setattr(tasks, "SLICE_SECONDS", 0)
        with monkeypatch.context() as patched:
            patched.setattr(running, "run", killed)
            with pytest.raises(SystemExit):
                tasks.replace_shared_link.func(begun.pk)
        (watch,) = queue.results
        assert watch.task.func is tasks.continue_replacements.func
        assert watch.task.run_after > timezone.now()
        tasks.replace_shared_link.func(begun.pk)
        assert outcomes(begun)[PageOutcome.WAITING] == 1
        ours = [each for each in queue.results[1:] if each.task.module_path.startswith(OURS)]
        names = [each.task.name for each in ours]
        assert names == ["continue_replacements", "replace_shared_link"]

    def test_task_continues_what_shows_no_sign_of_life_and_nothing_else(
        self, begun: Replacement, queue: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            tasks.continue_replacements.func()
        assert not queue.results
        interrupt(begun)
        for _number in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                tasks.continue_replacements.func()
        watch, work = queue.results
        assert watch.task.func is tasks.continue_replacements.func
        assert (work.task.name, work.args) == ("replace_shared_link", [begun.pk])

    def test_page_of_the_progress_continues_it(
        self,
        admin_client: Client,
        begun: Replacement,
        queue: Any,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        interrupt(begun)
        for _number in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                admin_client.post(
                    url("continue_replacement", begun),
                    headers={"X-Requested-With": "XMLHttpRequest"},
                )
        names = [result.task.name for result in queue.results]
        assert names == ["continue_replacements", "replace_shared_link"]

    def test_command_for_every_day_continues_it(
        self, begun: Replacement, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(checking, "check_addresses", lambda rows: (row for row in ()))
        interrupt(begun)
        output = StringIO()
        with suppress(SystemExit):
            call_command("check_links", stdout=output, stderr=StringIO())
        assert "Continued: Replace “Old” with “New”" in output.getvalue()
        assert outcomes(begun) == {PageOutcome.PUBLISHED: 3}

    def test_page_is_tried_again_when_the_connection_was_lost(
        self, begun: Replacement, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replace_on, lost = running._replace_on, []

        def lose(*args: Any) -> PageOutcome:
            if len(lost) < 1:
                lost.append(True)
                raise OperationalError("server closed the connection unexpectedly")
            return replace_on(*args)

        monkeypatch.setattr(running, "_replace_on", lose)
        monkeypatch.setattr(running, "_has_lost_connection", lambda: True)
        monkeypatch.setattr(running, "_reconnect", lambda: lost.append(True))
        monkeypatch.setattr(running, "PASSES", 2)
        running.run(begun)
        assert len(lost) == 2
        assert outcomes(begun) == {PageOutcome.PUBLISHED: 3}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server")
def test_replacement_outlives_a_connection_that_the_server_closes(
    begun: Replacement, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_on, closed = running._replace_on, []

    def close(*args: Any) -> PageOutcome:
        if not closed:
            closed.append(True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return replace_on(*args)

    monkeypatch.setattr(running, "_replace_on", close)
    running.run(begun)
    assert closed
    assert outcomes(begun) == {PageOutcome.PUBLISHED: 3}


class TestCancelling:
    def test_leaves_the_waiting_pages_and_restores_the_link(
        self, admin_client: Client, begun: Replacement, old: SharedLink, new: SharedLink
    ) -> None:
        form = admin_client.get(url("cancel_replacement", begun)).content.decode()
        assert "Pages that are done stay changed." in form
        response = admin_client.post(
            url("cancel_replacement", begun), {"restore": "on"}, follow=True
        )
        assert "The replacement was cancelled." in response.content.decode()
        expected = {PageOutcome.PUBLISHED: 1, PageOutcome.CANCELLED: 2}
        assert outcomes(begun) == expected
        running.run(begun)
        assert outcomes(begun) == expected
        begun.refresh_from_db()
        assert begun.finished_at is not None
        assert SharedLink.objects.get(pk=old.pk).successor is None

    def test_keeps_the_link_retired_if_asked_to(
        self, admin_client: Client, begun: Replacement, old: SharedLink, new: SharedLink
    ) -> None:
        response = admin_client.post(url("cancel_replacement", begun), follow=True)
        assert "The replacement was cancelled." in response.content.decode()
        assert "is finished" not in response.content.decode()
        assert SharedLink.objects.get(pk=old.pk).successor == new

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_for_those_who_may_change_links(
        self, begun: Replacement, client: Client, index: Any, method: str
    ) -> None:
        client.force_login(person(get_user_model(), "outsider", [], index))
        response = getattr(client, method)(url("cancel_replacement", begun))
        assert response.status_code == 302
        assert PageOutcome.CANCELLED not in outcomes(begun)


class TestContinuingForSomebodyElse:
    @pytest.fixture
    def stranger(self, index: Any) -> Any:
        from django.contrib.auth.models import Permission

        user = person(get_user_model(), "stranger", [], index)
        user.user_permissions.add(Permission.objects.get(codename="change_sharedlink"))
        return user

    def test_is_done_with_ones_own_permissions(
        self, begun: Replacement, client: Client, stranger: Any
    ) -> None:
        client.force_login(stranger)
        assert "with your permissions" in client.get(url("replacement", begun)).content.decode()
        client.post(url("continue_replacement", begun))
        running.run(begun)
        assert outcomes(begun) == {PageOutcome.PUBLISHED: 1, PageOutcome.NOT_ALLOWED: 2}

    def test_is_not_done_by_looking_at_it(
        self, begun: Replacement, client: Client, stranger: Any
    ) -> None:
        client.force_login(stranger)
        answer = client.post(
            url("continue_replacement", begun), headers={"X-Requested-With": "XMLHttpRequest"}
        )
        assert answer.json()["done"] == 1

    def test_writes_ones_own_name_into_the_history(
        self, begun: Replacement, client: Client, stranger: Any, pages: list[Any]
    ) -> None:
        client.force_login(stranger)
        client.post(url("continue_replacement", begun))
        running.run(begun)
        chief = get_user_model().objects.create_superuser("chief")
        client.force_login(chief)
        client.post(url("continue_replacement", begun), {"retry": "1"})
        running.run(begun)
        assert outcomes(begun) == {PageOutcome.PUBLISHED: 3}
        entries = PageLogEntry.objects.filter(action="wagtail_careers.replace_link", user=chief)
        assert entries.count() == 2

    def test_whose_permissions_end_meanwhile_changes_nothing_more(
        self, begun: Replacement, admin_user: Any
    ) -> None:
        get_user_model().objects.filter(pk=admin_user.pk).update(is_active=False)
        running.run(begun)
        assert outcomes(begun)[PageOutcome.NOT_ALLOWED] == 2

    def test_is_refused_for_a_link_that_was_replaced_by_another_since(
        self, begun: Replacement, admin_user: Any, old: SharedLink, pages: list[Any]
    ) -> None:
        begun.pages.filter(outcome=PageOutcome.WAITING).update(outcome=PageOutcome.LOCKED)
        replace.restore_link(old, user=admin_user)
        other = SharedLinkFactory(name="Other")
        replace.replace_link(old, other, user=admin_user)
        Replacement.objects.get(new=other).pages.update(outcome=PageOutcome.LOCKED)
        with pytest.raises(ValidationError, match="“Old” was replaced by “Other” since"):
            replace.retry(begun, user=admin_user)
        replace.retry(Replacement.objects.get(new=other), user=admin_user)

    def test_goes_on_if_the_new_link_was_replaced_itself(
        self, begun: Replacement, admin_user: Any, new: SharedLink, pages: list[Any]
    ) -> None:
        begun.pages.filter(outcome=PageOutcome.WAITING).update(outcome=PageOutcome.LOCKED)
        newest = SharedLinkFactory()
        running.run(replace.replace_link(new, newest, user=admin_user))
        replace.retry(begun, user=admin_user)
        running.run(begun)
        assert set(pages_using(newest)) == {page.page_ptr for page in pages}

    def test_is_refused_if_there_is_nothing_to_try(
        self, begun: Replacement, admin_user: Any
    ) -> None:
        replace.cancel(begun, user=admin_user, restore=False)
        with pytest.raises(ValidationError, match="No page of this replacement"):
            replace.retry(begun, user=admin_user)

    def test_is_refused_for_a_link_that_was_restored(
        self, begun: Replacement, admin_user: Any, old: SharedLink
    ) -> None:
        begun.pages.filter(outcome=PageOutcome.WAITING).update(outcome=PageOutcome.FAILED)
        replace.restore_link(old, user=admin_user)
        with pytest.raises(ValidationError, match="“Old” was restored"):
            replace.retry(begun, user=admin_user)
