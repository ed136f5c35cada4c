"""The entries of the sources: kept if there is room for all of them, and else read again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importing.posts import SECTIONS, content, write_post
from wagtail_careers.importing.planning import entries
from wagtail_careers.importing.sources import files


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The paths of each reading of the sources."""
    found = []
    read = files.read

    def counted(paths: Any) -> Any:
        found.append(paths)
        return read(paths)

    monkeypatch.setattr(files, "read", counted)
    return found


def write_posts(folder: Path) -> None:
    """Write three posts, the first of which links to the last."""
    link = '<a href="http://old.example/2018/08/06/cook/">Cook</a>'
    sections = {**SECTIONS, "What else?": f"Become a {link}."}
    write_post(folder, 1, "Porter", html=content(sections))
    write_post(folder, 2, "Nurse")
    write_post(folder, 3, "Cook")


@pytest.mark.django_db
def test_small_sources_are_read_once(
    import_roles: Callable[..., Any], readings: list[Any], tmp_path: Path
) -> None:
    write_posts(tmp_path / "posts")
    import_roles(tmp_path / "posts", dry_run=True)
    assert len(readings) == 1


@pytest.mark.django_db
def test_large_sources_are_read_again_with_the_same_result(
    import_roles: Callable[..., Any],
    readings: list[Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_posts(tmp_path / "posts")
    kept = import_roles(tmp_path / "posts", dry_run=True)
    del readings[:]
    monkeypatch.setattr(entries, "MAX_KEPT", 3000)
    again = import_roles(tmp_path / "posts")
    # The plan and the import read them twice each, and the import once more for the waiting link.
    assert len(readings) == 5
    assert again.told == kept.told
