"""What the command says and writes. What it imports is tested with the import."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.importing.posts import content, write_post
from tests.management.plain_text import summary_of
from tests.management.terminal import Terminal
from wagtail_careers.importing.report import Report
from wagtail_careers.importing.run import Import
from wagtail_careers.pages.models import RolePage

pytestmark = pytest.mark.django_db

NOTHING = {
    "Created": 0,
    "Updated": 0,
    "Unchanged": 0,
    "Conflicts": 0,
    "Skipped": 0,
    "Needs review": 0,
    "Errors": 0,
}


@pytest.fixture
def posts(index: Any, tmp_path: Path) -> Path:
    """Two posts, and one that is refused because its ID is taken."""
    write_post(tmp_path / "posts", 1, "Porter")
    write_post(tmp_path / "posts", 2, "Nurse")
    write_post(tmp_path / "posts" / "z", 1, "Porter again")
    return tmp_path / "posts"


def import_roles(source: Path, out: StringIO, err: StringIO, **options: Any) -> int:
    try:
        call_command(
            "import_roles", str(source), parent="/roles/", stdout=out, stderr=err, **options
        )
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_summary_and_next_step_are_plain_text(posts: Path) -> None:
    out, err = StringIO(), StringIO()
    assert import_roles(posts, out, err) == 1
    assert summary_of(out.getvalue()) == {**NOTHING, "Created": 2, "Errors": 1}
    assert out.getvalue().splitlines()[-4:] == [
        "Next: fix the errors listed above, and run the same command again.",
        "Then: publish 2 drafts that are complete, in the admin.",
        "Then: publish 1 shared link, under Snippets in the admin. Readers see its text without a "
        "link until then: “Example Jobs”.",
        "The same command with --publish publishes these drafts and links.",
    ]
    (line,) = err.getvalue().splitlines()
    assert line.startswith(f"{posts / 'z'}")


def test_plan_and_errors_share_no_line_with_the_progress(posts: Path) -> None:
    terminal = Terminal()
    assert import_roles(posts, terminal, terminal, dry_run=True) == 1
    lines = terminal.screen()
    (bar,) = [line for line in lines if "Importing" in line]
    assert bar.startswith("Importing ")
    (porter,) = [line for line in lines if "create" in line and "Porter" in line]
    assert porter.startswith("create     Porter, ")
    # The error, and the line of the plan that says the same of the same post.
    errors = [line for line in lines if str(posts / "z") in line]
    assert sorted(line[:10] for line in errors) == sorted(["error     ", str(posts)[:10]])
    assert not RolePage.objects.exists()


def test_import_that_breaks_off_leaves_the_last_report(
    posts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.json"
    import_roles(posts, StringIO(), StringIO(), report=report)
    before = report.read_bytes()
    assert json.loads(before)["summary"]["created"] == 2
    steps = Import.steps

    def interrupted(run: Import) -> Any:
        yield next(steps(run))
        raise KeyboardInterrupt

    monkeypatch.setattr(Import, "steps", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_roles(posts, StringIO(), StringIO(), report=report)
    assert report.read_bytes() == before
    assert not report.with_name("report.json.partial").exists()


@pytest.mark.parametrize(
    ("counts", "dry_run", "message"),
    [
        ({"error": 1, "conflict": 1}, True, "fix the errors"),
        ({"created": 1, "conflict": 1}, True, "without --dry-run"),
        ({"conflict": 1, "needs_review": 1}, False, "Next: review 1 role"),
        ({"created": 2, "needs_review": 2}, False, "Next: review 2 roles"),
        ({"created": 1, "can_be_published": 1}, False, "publish 1 draft"),
        ({"created": 1}, False, "Next: nothing."),
    ],
)
def test_next_step_follows_from_the_numbers(
    counts: dict[str, int], dry_run: bool, message: str
) -> None:
    report = Report()
    report.counts.update(counts)
    assert message in report.next_steps(dry_run=dry_run)[0]


def test_a_post_of_unknown_headings_needs_review(index: Any, tmp_path: Path) -> None:
    out = StringIO()
    post = write_post(tmp_path, html=content({"Uniform": "We wash it."}))
    assert import_roles(post, out, StringIO()) == 0
    assert summary_of(out.getvalue()) == {**NOTHING, "Created": 1, "Needs review": 1}
    assert "Reports > Imported roles" in out.getvalue()
