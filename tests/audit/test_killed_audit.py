"""An audit that was killed goes on where it was."""

import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.conftest import missing_for_axe, plant_root

pytestmark = [
    pytest.mark.a11y,
    pytest.mark.skipif(bool(missing_for_axe()), reason=missing_for_axe() or "axe is there"),
]

ROOT = Path(__file__).resolve().parents[2]
PATHS = ("/roles/cook/", "/roles/district-nurse/", "/roles/radiographer/", "/roles/care-assistant/")
WAIT_SECONDS = 180


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to end the browsers")
def test_an_audit_that_was_killed_goes_on_with_its_own_server(driver: Any, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the other process needs a database in a file")
    plant_root()
    call_command("load_demo", verbosity=0, stdout=StringIO())
    progress, report = tmp_path / "progress", tmp_path / "audit.json"
    command = [
        *(sys.executable, "example_site/manage.py", "audit_roles", "--mode", "light"),
        *("--resume", str(progress), "--report", str(report), "--workers", "2"),
        *("--limit-to", *PATHS),
    ]
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    ) as first:
        wait_for_pages(progress, 1, first)
        end_session(first.pid)
    before = [json.loads(line) for line in progress.read_text().splitlines()[1:-1]]
    assert not report.exists()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {each["path"]: each for each in json.loads(report.read_text())["pages"]}
    assert sorted(pages) == sorted(PATHS)
    # They were not tested again: the time that it took is the same.
    assert [pages[each["path"]]["seconds"] for each in before] == [
        each["seconds"] for each in before
    ]


def wait_for_pages(progress: Path, number: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the progress has one line for the audit and one each for ``number`` pages."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        if progress.exists() and progress.read_bytes().count(b"\n") > number:
            return
        assert process.poll() is None, "the audit ended before it was killed"
        time.sleep(0.02)
    end_session(process.pid)
    raise AssertionError("no page was tested in time")


def end_session(leader: int) -> None:
    """Kill a process and the browsers that it has started, which would outlive it."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name of the program
            # is in brackets; the session is the fourth field after it.
            session = int(stat.read_text().rpartition(")")[2].split()[3])
            if session == leader:
                os.kill(int(stat.parent.name), signal.SIGKILL)
        except (OSError, ValueError):
            continue
