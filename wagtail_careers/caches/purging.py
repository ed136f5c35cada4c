"""Purges of front-end caches: stored, run outside the request, and tried again when they fail."""

import logging
import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from threading import Thread, Timer, get_ident

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task
from wagtail.contrib.frontend_cache.utils import get_backends

from wagtail_careers.background import run_in_background
from wagtail_careers.models import CachePurge

logger = logging.getLogger(__name__)

#: The Wagtail settings that configure a front-end cache.
SETTINGS = ("WAGTAILFRONTENDCACHE", "WAGTAILFRONTENDCACHE_LOCATION")
#: The number of addresses that are stored and tried again together.
BATCH = 100
#: The time in seconds that a cache has for one request. Wagtail's backends set no limit.
PATIENCE = 30
#: The time after which another process takes up the purges of one that was killed.
CLAIM = timedelta(minutes=15)
#: The number of attempts. The pauses between them, of 1, 2, 4… minutes, add up to 34 hours.
ATTEMPTS = 12

NO_ANSWER = _("The cache did not answer in time.")


def is_configured() -> bool:
    """Return whether the site has a front-end cache."""
    return any(getattr(settings, name, None) for name in SETTINGS)


def purge(urls: Collection[str]) -> None:
    """Have ``urls`` purged by a worker, or by a thread without one. The caller does not wait."""
    if not (urls and is_configured()):
        return
    addresses = sorted(urls)
    CachePurge.objects.bulk_create(
        CachePurge(urls=addresses[start : start + BATCH])
        for start in range(0, len(addresses), BATCH)
    )
    _start()


def try_again() -> None:
    """Have all waiting purges tried now, even those that were given up."""
    failed = CachePurge.objects.failed().update(due_at=timezone.now())
    if failed or CachePurge.objects.due().exists():
        _start()


@task()
def purge_caches() -> None:
    """Purge the addresses that are due, and plan the next attempt for those that fail."""
    pause = purge_due()
    if pause and purge_caches.get_backend().supports_defer:
        purge_caches.using(run_after=timezone.now() + pause).enqueue()


def purge_due() -> timedelta | None:
    """Purge the addresses that are due, and return the pause before the next attempt, if any.

    When a cache does not answer in time, the remaining addresses wait for the next attempt.
    """
    pauses = []
    for row in CachePurge.objects.due():
        if not _claim(row):
            continue
        failures = _failures(row.urls)
        if not failures:
            row.delete()
        elif pause := _put_off(row, failures):
            pauses.append(pause)
        if str(NO_ANSWER) in failures.values():
            break
    return min(pauses, default=None)


def _start() -> None:
    if run_in_background():
        purge_caches.enqueue()
    else:
        _run_in_thread()


def _run_in_thread() -> None:
    """Run ``purge_due`` in a thread. A process that ends waits for it."""
    _executor(os.getpid()).submit(_purge_in_thread)


@cache
def _executor(process: int) -> ThreadPoolExecutor:
    """Return the thread of this process: after a fork, a thread of the parent does not run."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="wagtail-careers-purge")


def _purge_in_thread() -> None:
    try:
        pause = purge_due()
    except Exception:  # nobody reads the outcome of the thread
        logger.exception("Purging front-end caches failed")
        return
    finally:
        connections.close_all()
    if pause:
        timer = Timer(pause.total_seconds(), _run_in_thread)
        # The end of the process does not wait for it. The stored purges are found again.
        timer.daemon = True
        timer.start()


def _claim(row: CachePurge) -> bool:
    """Return whether this process may try a purge, which no other then does for some time."""
    unclaimed = CachePurge.objects.filter(pk=row.pk, due_at=row.due_at)
    return bool(unclaimed.update(due_at=timezone.now() + CLAIM))


def _put_off(row: CachePurge, failures: dict[str, str]) -> timedelta | None:
    """Store what failed, and return the pause before the next attempt; None after the last."""
    attempts = row.attempts + 1
    pause = timedelta(minutes=2 ** (attempts - 1)) if attempts < ATTEMPTS else None
    CachePurge.objects.filter(pk=row.pk).update(
        urls=sorted(failures),
        attempts=attempts,
        error=str(next(iter(failures.values()))),
        due_at=timezone.now() + pause if pause else None,
    )
    return pause


def _failures(urls: list[str]) -> dict[str, str]:
    """Purge ``urls``, and return an error for each address that was not purged."""
    failures: dict[str, str] = {}
    error = ""
    for requested in _requests(urls):
        if error != str(NO_ANSWER):
            error = _attempt(requested)
        failures |= dict.fromkeys(requested, error) if error else {}
    return failures


def _requests(urls: list[str]) -> list[list[str]]:
    """Return the addresses of each request: each by itself, unless a backend purges many at once.

    So an address that fails is told from the others.
    """
    # Wagtail's backends import the network libraries that they need.
    from wagtail.contrib.frontend_cache.backends.base import BaseBackend

    try:
        backends = get_backends().values()
    except Exception:  # noqa: BLE001 - a backend that cannot be loaded fails in the attempt
        return [urls]
    one_by_one = all(type(each).purge_batch is BaseBackend.purge_batch for each in backends)
    return [[url] for url in urls] if one_by_one else [urls]


def _attempt(urls: list[str]) -> str:
    """Have Wagtail purge ``urls``, and return the error; empty if there is none."""
    errors = _LoggedErrors()
    thread = Thread(target=_purge, args=(urls, errors), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return str(NO_ANSWER) if thread.is_alive() else next(iter(errors.messages), "")


def _purge(urls: list[str], errors: "_LoggedErrors") -> None:
    log = logging.getLogger("wagtail.frontendcache")
    errors.thread = get_ident()
    log.addHandler(errors)
    try:
        purge_urls_from_cache_task.func(urls)  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001 - whatever a backend raises, it has failed
        errors.messages.append(f"{type(error).__name__}: {error}")
    finally:
        log.removeHandler(errors)


class _LoggedErrors(logging.Handler):
    """Collects the errors of Wagtail's backends in one thread: they are logged, and not raised."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.thread = 0
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.messages.append(record.getMessage())
