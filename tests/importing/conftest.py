"""Runs the import as the command line does, and reads what it says."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

BESIDE_THE_PROJECT = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CORPUS = Path(os.environ.get("CAREERS_CORPUS", BESIDE_THE_PROJECT))


@dataclass
class Result:
    """What a run of the command gave."""

    code: int
    output: str
    errors: list[str]
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def summary(self) -> dict[str, int]:
        return {name: number for name, number in self.report["summary"].items() if number}

    def post(self, post_id: Any) -> dict[str, Any]:
        (found,) = [post for post in self.report["posts"] if post.get("id") == str(post_id)]
        return found


@pytest.fixture
def corpus() -> Path:
    """The posts, pages and exports of the old site. They are not part of the project."""
    if not CORPUS.is_dir():
        pytest.skip(f"the posts of the old site are not in {CORPUS}; set CAREERS_CORPUS")
    return CORPUS


@pytest.fixture
def import_roles(index: Any, tmp_path: Path) -> Callable[..., Result]:
    """A function that imports sources below ``index``."""

    def run(*sources: Path | str, **options: Any) -> Result:
        out, err = StringIO(), StringIO()
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        code = 0
        options = {"parent": "/roles/", "report": report, "stdout": out, "stderr": err, **options}
        try:
            call_command("import_roles", *map(str, sources), **options)
        except SystemExit as stop:
            code = int(stop.code or 0)
        except CommandError as error:
            return Result(error.returncode, out.getvalue(), [str(error)])
        told = json.loads(report.read_text(encoding="utf-8"))
        return Result(code, out.getvalue(), err.getvalue().splitlines(), told)

    return run
