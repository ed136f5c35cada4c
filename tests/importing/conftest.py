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
    def told(self) -> list[dict[str, Any]]:
        """What the report says about each post, without the keys of pages, which a plan lacks."""
        posts = self.report.get("posts", ())
        return [{name: value for name, value in post.items() if name != "page"} for post in posts]

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
    """A function that imports sources below ``index``.

    Each real run is preceded by a dry one, and has to do what that said.
    """

    def run(*sources: Path | str, **options: Any) -> Result:
        if options.get("dry_run"):
            return run_once(*sources, **options)
        planned = run_once(*sources, **{**options, "dry_run": True})
        done = run_once(*sources, **options)
        assert (planned.code, planned.errors) == (done.code, done.errors)
        assert planned.told == done.told
        return done

    def run_once(*sources: Path | str, **options: Any) -> Result:
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
