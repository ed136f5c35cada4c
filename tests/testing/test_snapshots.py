"""Transcripts that are kept are compared, and written only when somebody asks for it."""

from pathlib import Path

import pytest

from wagtail_careers.testing.snapshots import UPDATE_VARIABLE, Snapshots, assert_heard
from wagtail_careers.testing.utterances import parse

PAGE = parse('page "Porter"\n  link "Jobs"\n')


@pytest.fixture
def kept(tmp_path: Path) -> Snapshots:
    Snapshots(tmp_path, update=True).assert_heard(PAGE, "roles/porter")
    return Snapshots(tmp_path)


def test_the_kept_transcript_is_its_text(kept: Snapshots) -> None:
    assert kept.path("roles/porter").read_text(encoding="utf-8") == str(PAGE)


def test_the_same_transcript_passes(kept: Snapshots) -> None:
    kept.assert_heard(PAGE, "roles/porter")


def test_another_fails_and_says_what_changed(kept: Snapshots) -> None:
    with pytest.raises(AssertionError) as failed:
        kept.assert_heard(parse('page "Porter"\n  button "Jobs"\n'), "roles/porter")
    message = str(failed.value)
    assert 'Other role, line 2:\n  -   link "Jobs"\n  +   button "Jobs"' in message
    assert f"{UPDATE_VARIABLE}=1" in message
    assert kept.path("roles/porter").read_text(encoding="utf-8") == str(PAGE)


def test_positions_alone_fail_as_well(tmp_path: Path) -> None:
    Snapshots(tmp_path, update=True).assert_heard(parse('item "a" (1 of 2)'), "list")
    with pytest.raises(AssertionError, match="became"):
        Snapshots(tmp_path).assert_heard(parse('item "a" (1 of 3)'), "list")


def test_a_transcript_that_is_not_kept_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="There is no transcript"):
        Snapshots(tmp_path).assert_heard(PAGE, "porter")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "../porter", "/porter", "a//b", "a b", "porter/"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is not a name of a transcript"):
        Snapshots(tmp_path, update=True).assert_heard(PAGE, name)


def test_the_environment_says_whether_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(UPDATE_VARIABLE, "1")
    assert_heard(PAGE, "porter")
    assert (tmp_path / "tests" / "transcripts" / "porter.txt").exists()
    monkeypatch.setenv(UPDATE_VARIABLE, "0")
    assert_heard(PAGE, "porter")
    with pytest.raises(AssertionError):
        assert_heard(parse("main"), "porter")
