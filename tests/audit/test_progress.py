from pathlib import Path

import pytest

from tests.audit.audits import finding, page
from wagtail_careers.audit.progress import Progress, ProgressError

AUDIT = {"modes": ["light"], "base_url": ""}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.jsonl"


def test_a_later_run_has_the_pages_of_the_one_before(path: Path) -> None:
    with Progress(path, AUDIT, "10:00") as first:
        first.add(page("/a/", finding()))
    with Progress(path, AUDIT, "11:00") as second:
        assert second.pages == [page("/a/", finding())]
        assert second.started_at == "10:00"
        second.add(page("/b/"))
    with Progress(path, AUDIT, "12:00") as third:
        assert [each.path for each in third.pages] == ["/a/", "/b/"]


def test_half_a_line_is_left_out_and_the_next_page_follows(path: Path) -> None:
    with Progress(path, AUDIT, "10:00") as first:
        first.add(page("/a/"))
        first.add(page("/b/", finding()))
    path.write_bytes(path.read_bytes()[:-40])
    with Progress(path, AUDIT, "11:00") as second:
        assert [each.path for each in second.pages] == ["/a/"]
        second.add(page("/c/"))
    with Progress(path, AUDIT, "12:00") as third:
        assert [each.path for each in third.pages] == ["/a/", "/c/"]


@pytest.mark.parametrize("kept", [0, 1, 20])
def test_a_run_that_was_killed_at_once_begins_anew(path: Path, kept: int) -> None:
    with Progress(path, AUDIT, "10:00"):
        pass
    path.write_bytes(path.read_bytes()[:kept])
    with Progress(path, AUDIT, "11:00") as second:
        assert second.pages == []
        assert second.started_at == "11:00"
        second.add(page("/a/"))
    with Progress(path, AUDIT, "12:00") as third:
        assert [each.path for each in third.pages] == ["/a/"]


def test_a_page_that_could_not_be_tested_is_tried_again(path: Path) -> None:
    with Progress(path, AUDIT, "10:00") as first:
        first.add(page("/a/", error="It answers 500."))
    with Progress(path, AUDIT, "11:00") as second:
        assert second.pages == []


def test_the_progress_of_another_audit_is_refused(path: Path) -> None:
    with Progress(path, AUDIT, "10:00"):
        pass
    before = path.read_bytes()
    with pytest.raises(ProgressError):
        Progress(path, {**AUDIT, "modes": ["dark"]}, "11:00")
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["words", "{}", "words\n", "{}\n", "[1]\n", "\xff\n"])
def test_another_file_is_refused_and_left_as_it_was(path: Path, text: str) -> None:
    path.write_text(text, encoding="latin-1")
    with pytest.raises(ProgressError):
        Progress(path, AUDIT, "10:00")
    assert path.read_text(encoding="latin-1") == text


def test_nothing_is_left_when_the_audit_is_done(path: Path) -> None:
    with Progress(path, AUDIT, "10:00") as progress:
        progress.add(page("/a/"))
        progress.finish()
    assert not path.exists()
