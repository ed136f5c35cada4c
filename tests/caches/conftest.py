"""What front-end caches are asked to purge."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from tests.caches.recorder import Recorder
from wagtail_careers.caches import purging

Purges = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def purges(
    settings: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> Purges:
    """A context in which all is committed; it gives the paths that we purged, sorted."""
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "tests.caches.recorder.Recorder"}}
    # Wagtail's redirects purge the old addresses of pages.
    settings.WAGTAILREDIRECTS_AUTO_CREATE = False
    # A thread would see nothing of the transaction of a test.
    monkeypatch.setattr(purging, "_run_in_thread", purging.purge_due)

    @contextmanager
    def purges() -> Iterator[list[str]]:
        paths: list[str] = []
        Recorder.urls.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield paths
        paths += sorted(url.removeprefix("http://localhost") for url in Recorder.urls)

    return purges
