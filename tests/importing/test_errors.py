"""Errors of the import: one line for the person, the class and the traceback for the log."""

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importing.conftest import Result
from tests.importing.posts import write_post
from wagtail_careers.importing import run
from wagtail_careers.importing.planning.options import Options
from wagtail_careers.importing.planning.plan import Planner
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]


class Broken(Exception):
    pass


def fail(*args: Any, **kwargs: Any) -> Any:
    raise Broken("Two\nlines")


@pytest.mark.parametrize("where", ["prepared", "consider", "convert", "plan", "write"])
def test_an_error_is_one_line_for_the_person_and_a_traceback_in_the_log(
    import_roles: Import,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    where: str,
) -> None:
    owner = Options if where == "prepared" else Planner if where in ("consider", "plan") else run
    monkeypatch.setattr(owner, where, fail)
    with caplog.at_level(logging.ERROR, logger="wagtail_careers.importing"):
        result = import_roles(write_post(tmp_path))
    (line,) = result.errors
    assert line.endswith("1.md: Two lines")
    assert (result.code, result.summary) == (1, {"error": 1})
    assert not RolePage.objects.exists()
    # Each run reads a post twice.
    dry_run, entry = caplog.records
    assert dry_run.getMessage() == entry.getMessage()
    assert entry.name == "wagtail_careers.importing"
    assert "1.md" in entry.getMessage()
    assert entry.exc_info is not None
    assert entry.exc_info[0] is Broken
    assert entry.exc_info[2] is not None
    assert "Traceback" in caplog.text


def test_without_a_configuration_the_log_does_not_reach_the_terminal() -> None:
    script = (
        "import django, sys; sys.path.insert(0, '.'); django.setup()\n"
        "from wagtail_careers.importing import run\n"
        "run.logger.error('not here')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "not here" not in done.stderr
