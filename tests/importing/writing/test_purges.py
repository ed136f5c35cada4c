"""Purges of front-end caches by an import."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.caches.recorder import Recorder
from tests.importing.posts import write_post
from wagtail_careers.caches import purging


@pytest.mark.django_db(transaction=True)
def test_page_that_lists_the_roles_is_purged_once(
    import_roles: Callable[..., Any],
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "tests.caches.recorder.Recorder"}}
    monkeypatch.setattr(purging, "_run_in_thread", purging.purge_due)
    Recorder.urls.clear()
    for number, title in enumerate(("Porter", "Nurse", "Cook"), start=1):
        write_post(tmp_path / "posts", number, title)
    import_roles(tmp_path / "posts", publish=True)
    assert Recorder.urls.count("http://localhost/roles/") == 1
