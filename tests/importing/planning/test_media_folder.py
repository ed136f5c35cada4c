"""The files that are found in a copy of the old site's uploads."""

from pathlib import Path

import pytest

from wagtail_careers.importing.planning.media_folder import MediaFolder


@pytest.mark.parametrize(
    "src",
    [
        "",
        "/",
        "../secret.png",
        "/x/..%2Fsecret.png",
        "..\\secret.png",
        "http://[",
        "a\x00.png",
        "other.png",
        "/a/link.png",
        f"/{'a' * 5000}.png",
        "/\udcff.png",
        f"{'/a' * 100_000}/secret.png",
    ],
)
def test_no_file_outside_of_the_folder_is_found(tmp_path: Path, src: str) -> None:
    (tmp_path / "secret.png").touch()
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    assert MediaFolder(folder).find(src) is None


@pytest.mark.parametrize(
    ("name", "src"),
    [
        ("2018/08/bed.png", "http://old.example/wp-content/uploads/2018/08/bed.png"),
        ("2018/08/bed.png", "https://i0.wp.com/old.example/wp-content/uploads/2018/08/bed.png?w=3"),
        ("2018/08/bed.png", "/wp-content/uploads/sites/2/2018/08/bed-300x200.png"),
        ("bed.png", "bed.png"),
        ("Ä.png", "/a/%C3%84.png"),
        ("A\u0308.png", "/a/%C3%84.png"),
    ],
)
def test_a_file_is_found_by_its_address(tmp_path: Path, name: str, src: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    assert MediaFolder(tmp_path).find(src) == file


def test_without_a_folder_there_are_no_files() -> None:
    assert MediaFolder(None).find("bed.png") is None
    assert not MediaFolder(None)
