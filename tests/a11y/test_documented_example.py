"""The example of docs/how-to/test-accessibility.md works in a project that has only that."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.a11y

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "how-to" / "test-accessibility.md"
SECONDS = 300

_PYTHON = re.compile(r"^```python\n# (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path, axe: ModuleType, driver: Any) -> Path:
    """A folder with the files of the example; skips where no browser test can run."""
    files = _PYTHON.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert [name for name, _text in files] == ["conftest.py", "test_accessibility.py"]
    for name, text in files:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(project: Path) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "example_site.settings",
        "PYTHONPATH": str(ROOT),
    }
    plugins = ["-p", "no:randomly", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "--rootdir", str(project)]
    return subprocess.run(
        command,
        cwd=project,
        env=env,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_it_passes(project: Path) -> None:
    done = run(project)
    assert "6 passed" in done.stdout, done.stdout + done.stderr


def test_it_fails_where_a_page_is_at_fault(project: Path) -> None:
    templates = project / "templates" / "wagtail_careers" / "blocks"
    templates.mkdir(parents=True)
    (templates / "heading.html").write_text("<img src='data:,'>")
    (project / "faulty.py").write_text(
        "from example_site.settings import *\n"
        "from example_site.settings import TEMPLATES\n"
        f"TEMPLATES[0]['DIRS'] = [{str(project / 'templates')!r}]\n"
    )
    test = project / "test_accessibility.py"
    test.write_text(test.read_text().replace("[320, 1280]", "[320]"))
    (project / "pytest.ini").write_text("[pytest]\naddopts = --ds=faulty -x\npythonpath = .\n")
    done = run(project)
    assert "image-alt (critical)" in done.stdout, done.stdout + done.stderr
