"""A replacement whose workers are killed, again and again: it goes on by itself, and ends well."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from tests.factories import (
    RoleCategoryFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from tests.sites.test_journey import run_tasks
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import progress
from wagtail_careers.links.usage import usage_counts
from wagtail_careers.models import Replacement, SharedLink

if not apps.is_installed("django_tasks_db"):
    pytest.skip("the site has no worker", allow_module_level=True)

ROUNDS = 20
PAGES = 3 * ROUNDS
WAIT_SECONDS = 30

#: Starts a worker for each line that it reads, as a fork of itself: Django is loaded once. The
#: clock of a worker is some minutes ahead. A "frail" one dies when it takes a task of the package.
WORKERS = """
import os, signal, sys
from datetime import timedelta
import django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.compat import task_started

def die(task_result, **kwargs):
    if task_result.task.module_path.startswith("wagtail_careers."):
        os.kill(os.getpid(), signal.SIGKILL)

now = timezone.now
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    minutes, kind = line.split()
    pid = os.fork()
    if not pid:
        ahead = timedelta(minutes=int(minutes))
        timezone.now = lambda: now() + ahead
        if kind == "frail":
            task_started.connect(die)
        options = {"interval": 0.05, "startup_delay": False, "reload": False, "verbosity": 0}
        call_command("db_worker", **options)
        os._exit(0)
    print(pid, flush=True)
"""


class Workers:
    """The workers of a site, of which one runs at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", WORKERS, str(connection.settings_dict["NAME"])],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._running = 0
        self._minutes = -5

    def start(self, kind: str = "hardy") -> None:
        """Start a worker five minutes after the one before."""
        self._minutes += 5
        self._process.stdin.write(f"{self._minutes} {kind}\n")
        self._process.stdin.flush()
        self._running = int(self._process.stdout.readline())

    def kill(self) -> None:
        os.kill(self._running, signal.SIGKILL)
        self._running = 0

    def die(self) -> None:
        """Wait until a frail worker has taken a task and died."""
        self.start("frail")
        self._wait()

    def stop(self) -> None:
        """Let the worker finish its task and end."""
        os.kill(self._running, signal.SIGTERM)
        self._wait()

    def _wait(self) -> None:
        wait_until(self._is_dead)
        self._running = 0

    def _is_dead(self) -> bool:
        try:
            os.kill(self._running, 0)
        except ProcessLookupError:
            return True
        return False

    def close(self) -> None:
        if self._running:
            self.kill()
        self._process.communicate()


@pytest.fixture
def workers(site: Any) -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.close()


@pytest.fixture
def old() -> SharedLink:
    return SharedLinkFactory(name="Old", base_url="https://old.example/")


@pytest.fixture
def pages(site: Any, old: SharedLink) -> list[Any]:
    """Live roles with the link in prose, with a path, and in a list."""
    category = RoleCategoryFactory()
    pages = []
    for number in range(PAGES):
        using = body(
            duties=f"<p>{shared_link_html(old, 'this', f'jobs/{number}')}</p>",
            application_links={"links": [link_item(old)]},
        )
        page = RolePageFactory.build(title=f"Role {number}", category=category, body=using)
        pages.append(site.add_child(instance=page))
    run_tasks()  # Until then, Wagtail's reference index lacks the pages.
    return pages


def wait_until(condition: Any) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "the replacement does not go on"
        time.sleep(0.01)


def addresses(page: Any, client: Client) -> list[str]:
    soup = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    return sorted(a["href"] for a in soup.select("article a[href^='https:']"))


@pytest.fixture
def replacement(admin: Client, old: SharedLink, pages: list[Any]) -> Replacement:
    """What an editor has begun, and waits for a worker."""
    new = SharedLinkFactory(name="New", base_url="https://new.example/")
    url = reverse("careers_shared_links:replace", args=[old.pk])
    assert admin.post(url, {"new": new.pk, "paths": "keep"}).status_code == 302
    return Replacement.objects.get()


def kill_in_the_middle(workers: Workers, replacement: Replacement) -> None:
    before = progress.of(replacement).done
    workers.start()
    wait_until(lambda: progress.of(replacement).done > before)
    # Mostly within the change of the next page.
    time.sleep(random.uniform(0, 0.03))  # noqa: S311 - no secret
    workers.kill()
    assert progress.of(replacement).done < PAGES, "the work ended before the worker was killed"


def finish(workers: Workers) -> None:
    workers.start()
    wait_until(lambda: Replacement.objects.get().finished_at is not None)
    workers.stop()
    run_tasks()  # Wagtail's, for its reference index.


def is_complete(replacement: Replacement, pages: list[Any]) -> None:
    """No link is lost, and nothing was done twice."""
    assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: PAGES}
    links = [replacement.old, replacement.new]
    assert usage_counts(links) == {replacement.old_id: 0, replacement.new_id: PAGES}
    entries = PageLogEntry.objects.filter(action="wagtail_careers.replace_link")
    for number, page in enumerate(pages):
        found = addresses(page, Client())
        assert found == ["https://new.example/", f"https://new.example/jobs/{number}"]
        assert page.revisions.count() == 1
        assert entries.filter(page=page.pk).count() == 1


def test_replacement_goes_on_by_itself_after_each_worker_that_is_killed(
    replacement: Replacement, pages: list[Any], workers: Workers
) -> None:
    for _round in range(ROUNDS):
        kill_in_the_middle(workers, replacement)
    finish(workers)
    is_complete(replacement, pages)


def test_replacement_goes_on_after_workers_that_are_killed_before_they_begin(
    replacement: Replacement, pages: list[Any], workers: Workers
) -> None:
    """Whether they took the replacement, or the task that would have continued it."""
    workers.die()
    for _round in range(3):
        kill_in_the_middle(workers, replacement)
        workers.die()
    finish(workers)
    is_complete(replacement, pages)
