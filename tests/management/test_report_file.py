import json
import os
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils.translation import gettext_lazy

from wagtail_careers.management.report_file import ReportFile

OLD = '{"posts": ["old"]}\n'


def write(path: Path, *entries: object) -> None:
    with ReportFile(path) as file:
        for entry in entries:
            file.add({"entry": entry})
        file.finish({"version": 1, "posts": file.entries, "summary": {"created": len(entries)}})


def test_report_is_one_object_with_the_entries_in_order(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write(path, "Jöbs", 2, None, ["a", {"b": "c\u2028d\n"}])
    text = path.read_text(encoding="utf-8")
    report = json.loads(text)
    assert list(report) == ["version", "posts", "summary"]
    assert [each["entry"] for each in report["posts"]] == [
        "Jöbs",
        2,
        None,
        ["a", {"b": "c\u2028d\n"}],
    ]
    assert report["summary"] == {"created": 4}
    assert "Jöbs" in text
    assert text.endswith("}\n")


def test_report_without_entries_has_an_empty_list(tmp_path: Path) -> None:
    write(tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text())["posts"] == []


def test_dates_and_translations_are_written_as_text(tmp_path: Path) -> None:
    write(tmp_path / "report.json", date(2026, 2, 1), gettext_lazy("Works"))
    posts = json.loads((tmp_path / "report.json").read_text())["posts"]
    assert [each["entry"] for each in posts] == ["2026-02-01", "Works"]


def test_half_of_a_surrogate_pair_is_escaped(tmp_path: Path) -> None:
    write(tmp_path / "report.json", "a\ud800b")
    posts = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["posts"]
    assert posts == [{"entry": "a\ud800b"}]


def test_memory_does_not_grow_with_the_entries(tmp_path: Path) -> None:
    """It also goes red where Python's ``json`` copies a list before it writes it."""
    path = tmp_path / "report.json"
    tracemalloc.start()
    try:
        with ReportFile(path) as file:
            for number in range(2000):
                file.add({"number": number, "words": "word " * 1000})
            file.finish({"posts": file.entries})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 10_000_000
    assert peak < 2_000_000
    assert len(json.loads(path.read_text())["posts"]) == 2000


def test_old_report_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(OLD)
    with ReportFile(path) as file:
        file.add({"entry": 1})
        assert path.read_text() == OLD
        assert (tmp_path / "report.json.partial").exists()
        file.finish({"posts": file.entries})
        assert json.loads(path.read_text()) == {"posts": [{"entry": 1}]}
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize("error", [KeyError, KeyboardInterrupt, SystemExit])
def test_after_an_error_the_old_report_is_untouched(
    tmp_path: Path, error: type[BaseException]
) -> None:
    path = tmp_path / "report.json"
    path.write_text(OLD)

    def fail() -> None:
        with ReportFile(path) as file:
            file.add({"entry": 1})
            raise error

    with pytest.raises(error):
        fail()
    assert path.read_text() == OLD
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


def test_what_cannot_be_written_as_json_leaves_the_old_report(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(OLD)
    with pytest.raises(TypeError), ReportFile(path) as file:
        file.finish({"posts": file.entries, "summary": object()})
    assert path.read_text() == OLD
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/report.json", "No such file"),
        (".", "it is a folder"),
        ("/", "it is a folder"),
        ("x" * 300, "too long"),
        pytest.param(
            "/dev/null",
            "it is not a regular file",
            marks=pytest.mark.skipif(os.name != "posix", reason="a device of POSIX"),
        ),
    ],
)
def test_what_cannot_be_written_is_refused_at_once(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(CommandError, match=r"^Cannot write .*: .*\.$") as caught:
        ReportFile(tmp_path / name).__enter__()
    assert reason in str(caught.value)
    assert caught.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_full_disk_is_an_error_of_the_command(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(OLD)
    (tmp_path / "report.json.partial").symlink_to("/dev/full")
    with pytest.raises(CommandError, match=r"Cannot write .*report\.json: No space") as caught:
        write(path, 1)
    assert caught.value.returncode == 2
    assert path.read_text() == OLD
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


def test_link_to_a_report_stays_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (tmp_path / "report.json").symlink_to(folder / "real.json")
    write(tmp_path / "report.json", 1)
    assert (tmp_path / "report.json").is_symlink()
    assert json.loads((folder / "real.json").read_text())["posts"] == [{"entry": 1}]
