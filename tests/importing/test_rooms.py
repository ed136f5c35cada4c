"""The import is five rooms, and each says what comes in and what goes out."""

import ast
from pathlib import Path

import pytest

from wagtail_careers import importing

FOLDER = Path(importing.__file__).parent
ROOMS = ("sources", "reading", "roles", "planning", "writing")


def test_the_import_has_its_rooms_and_nothing_else() -> None:
    entries = {path.name for path in FOLDER.iterdir() if path.name != "__pycache__"}
    assert entries == {"__init__.py", "report.py", "run.py", *ROOMS}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_comes_in_and_what_goes_out(room: str) -> None:
    tree = ast.parse((FOLDER / room / "__init__.py").read_text(encoding="utf-8"))
    summary = (ast.get_docstring(tree) or "").splitlines()[0]
    assert summary.startswith(f"{room.capitalize()}: ")
    assert " in; " in summary
    assert summary.endswith("out.")
