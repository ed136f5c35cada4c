"""Purges that are stored, run outside the request, and tried again when they fail."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django_tasks import default_task_backend
from wagtail.contrib.frontend_cache.backends import BaseBackend

from tests.factories import body
from wagtail_careers.caches import purging
from wagtail_careers.models import CachePurge

pytestmark = pytest.mark.django_db

URLS = ["http://localhost/a/", "http://localhost/b/"]
DUMMY = "django_tasks.backends.dummy.DummyBackend"


class Cache(BaseBackend):
    """A front-end cache that logs an error for some addresses, as Wagtail's backends do."""

    purged: list[str] = []
    failing: set[str] = set()
    #: Waited for before each answer.
    answer = Event()

    def purge(self, url: str) -> None:
        purged = self.purged  # Not that of the test that runs when the cache answers at last.
        self.answer.wait(60)
        if url in self.failing:
            logging.getLogger("wagtail.frontendcache").error("Couldn't purge '%s'", url)
        else:
            purged.append(url)


class Network(Cache):
    """A content delivery network, which purges many addresses in one request."""

    def purge_batch(self, urls: list[str]) -> None:
        super().purge_batch(urls)


class Broken(BaseBackend):
    def purge(self, url: str) -> None:
        raise ConnectionError("Nobody is there.")


Use = Callable[[type[BaseBackend]], None]


@pytest.fixture
def use(settings: Any) -> Use:
    def use(backend: type[BaseBackend]) -> None:
        path = f"{backend.__module__}.{backend.__qualname__}"
        settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": path}}

    return use


@pytest.fixture(autouse=True)
def _cache(use: Use) -> Iterator[None]:
    Cache.purged, Cache.failing, Cache.answer = [], set(), Event()
    Cache.answer.set()
    use(Cache)
    yield
    Cache.answer.set()


@pytest.fixture(autouse=True)
def _no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "_run_in_thread", lambda: None)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class TestAttempts:
    def test_purged_addresses_are_forgotten(self) -> None:
        purging.purge(URLS)
        assert Cache.purged == []
        assert purging.purge_due() is None
        assert Cache.purged == URLS
        assert not CachePurge.objects.exists()

    def test_only_addresses_that_failed_are_tried_again_after_a_growing_pause(self) -> None:
        Cache.failing = {URLS[1]}
        purging.purge(URLS)
        pauses = []
        while (pause := purging.purge_due()) is not None:
            pauses.append(pause)
            row = CachePurge.objects.get()
            assert (row.urls, row.error) == ([URLS[1]], f"Couldn't purge '{URLS[1]}'")
            assert row.due_at is not None
            assert row.due_at - timezone.now() <= pause
            assert purging.purge_due() is None, "it is not due"
            CachePurge.objects.update(due_at=timezone.now())
        assert Cache.purged == [URLS[0]]
        assert pauses == [timedelta(minutes=2**number) for number in range(purging.ATTEMPTS - 1)]
        row = CachePurge.objects.get()
        assert (row.attempts, row.due_at) == (purging.ATTEMPTS, None)

    def test_purge_that_was_given_up_can_be_tried_again(self) -> None:
        CachePurge.objects.create(urls=URLS, attempts=purging.ATTEMPTS, due_at=None)
        assert purging.purge_due() is None
        assert Cache.purged == []
        purging.try_again()
        purging.purge_due()
        assert Cache.purged == URLS
        assert not CachePurge.objects.exists()

    @pytest.mark.parametrize(
        ("path", "error"),
        [
            (f"{__name__}.Broken", "ConnectionError: Nobody is there."),
            ("no.such.Backend", "InvalidFrontendCacheBackendError: Could not find backend"),
        ],
    )
    def test_backend_that_raises_an_error_has_failed(
        self, settings: Any, path: str, error: str
    ) -> None:
        settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": path}}
        purging.purge(URLS)
        purging.purge_due()
        row = CachePurge.objects.get()
        assert row.urls == URLS
        assert row.error.startswith(error)

    def test_backend_that_purges_many_at_once_is_asked_once(
        self, use: Use, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(Network)
        batches = []
        monkeypatch.setattr(Network, "purge_batch", lambda self, urls: batches.append(urls))
        purging.purge(URLS)
        purging.purge_due()
        assert batches == [URLS]

    def test_cache_that_does_not_answer_is_not_asked_again_at_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(purging, "PATIENCE", 0.05)
        Cache.answer.clear()
        purging.purge(URLS)
        purging.purge(["http://localhost/c/"])
        assert purging.purge_due() == timedelta(minutes=1)
        first, second = CachePurge.objects.all()
        assert (first.urls, first.error) == (URLS, str(purging.NO_ANSWER))
        assert (second.attempts, first.attempts) == (0, 1)

    def test_two_processes_do_not_try_the_same_purge(self) -> None:
        purging.purge(URLS)
        (row,) = CachePurge.objects.due()
        assert purging._claim(row)
        assert not purging._claim(row)

    def test_purge_of_a_process_that_was_killed_is_taken_up(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        purging.purge(URLS)
        (row,) = CachePurge.objects.due()
        purging._claim(row)
        now = timezone.now() + purging.CLAIM
        monkeypatch.setattr(timezone, "now", lambda: now)
        purging.purge_due()
        assert Cache.purged == URLS


class TestQueue:
    @pytest.fixture(autouse=True)
    def _dummy(self, settings: Any) -> None:
        settings.TASKS = {"default": {"BACKEND": DUMMY}}
        default_task_backend.clear()

    def test_worker_purges(self) -> None:
        purging.purge(URLS)
        (task,) = default_task_backend.results
        assert task.task.func == purging.purge_caches.func

    def test_next_attempt_is_planned(self) -> None:
        Cache.failing = set(URLS)
        purging.purge(URLS)
        purging.purge_caches.func()
        _first, again = default_task_backend.results
        row = CachePurge.objects.get()
        assert abs(again.task.run_after - row.due_at) < timedelta(seconds=5)

    def test_nothing_is_planned_when_all_is_purged(self) -> None:
        purging.purge(URLS)
        purging.purge_caches.func()
        assert len(default_task_backend.results) == 1


@pytest.mark.django_db(transaction=True)
class TestThread:
    """Without a worker, a thread purges."""

    @pytest.fixture(autouse=True)
    def _thread(self, monkeypatch: pytest.MonkeyPatch, _no_thread: None) -> None:
        monkeypatch.undo()

    def test_publishing_does_not_wait_for_a_slow_cache(
        self, publish_role: Any, admin_client: Any
    ) -> None:
        role = publish_role(slug="porter", body=body())
        wait_until(lambda: not CachePurge.objects.exists())
        Cache.purged.clear()
        Cache.answer.clear()
        role.save_revision().publish()
        # The page is live, and no address was purged: nothing has waited for the cache.
        assert Cache.purged == []
        assert admin_client.get(reverse("wagtailadmin_home")).status_code == 200
        Cache.answer.set()
        wait_until(lambda: not CachePurge.objects.exists())
        expected = {"http://localhost/roles/", "http://localhost/roles/porter/"}
        assert set(Cache.purged) == expected


class TestReport:
    URL = "careers_cache_purges:index"

    @pytest.fixture
    def failed(self) -> CachePurge:
        error = "Couldn't purge it"
        return CachePurge.objects.create(urls=URLS, attempts=3, error=error)

    def test_failed_purge_is_seen_on_the_dashboard_and_in_the_report(
        self, failed: CachePurge, admin_client: Any
    ) -> None:
        dashboard = admin_client.get(reverse("wagtailadmin_home")).content.decode()
        assert "2 addresses could not be purged." in dashboard
        assert reverse(self.URL) in dashboard
        report = admin_client.get(reverse(self.URL)).content.decode()
        for text in (*URLS, "Couldn&#x27;t purge it", "Try again now"):
            assert text in report

    def test_report_says_which_purges_were_given_up(
        self, failed: CachePurge, admin_client: Any
    ) -> None:
        assert "No more attempts" not in admin_client.get(reverse(self.URL)).content.decode()
        CachePurge.objects.update(due_at=None)
        assert "No more attempts" in admin_client.get(reverse(self.URL)).content.decode()

    def test_purge_that_waits_for_its_first_attempt_is_no_warning(self, admin_client: Any) -> None:
        purging.purge(URLS)
        dashboard = admin_client.get(reverse("wagtailadmin_home")).content.decode()
        assert "could not be purged" not in dashboard
        assert URLS[0] in admin_client.get(reverse(self.URL)).content.decode()

    def test_it_is_for_those_with_the_permission(self, failed: CachePurge, client: Any) -> None:
        user = get_user_model().objects.create_user("editor", password="x")
        codenames = ["access_admin", "change_sharedlink"]
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        assert client.get(reverse(self.URL)).status_code == 302
        home = reverse("wagtailadmin_home")
        assert "could not be purged" not in client.get(home).content.decode()
        user.user_permissions.add(Permission.objects.get(codename="change_cachepurge"))
        assert client.get(reverse(self.URL)).status_code == 200
        assert "could not be purged" in client.get(home).content.decode()

    def test_failed_purges_are_tried_again_or_discarded(
        self, failed: CachePurge, admin_client: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(purging, "_run_in_thread", purging.purge_due)
        Cache.failing = {URLS[0]}
        admin_client.post(reverse(self.URL))
        assert CachePurge.objects.get().urls == [URLS[0]]
        admin_client.post(reverse(self.URL), {"discard": ""})
        assert not CachePurge.objects.exists()

    def test_site_without_a_cache_has_no_report(self, settings: Any, admin_client: Any) -> None:
        del settings.WAGTAILFRONTENDCACHE
        home = admin_client.get(reverse("wagtailadmin_home")).content.decode()
        assert reverse(self.URL) not in home
