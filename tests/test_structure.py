"""A module fits in one's head, and so does a function."""

import ast
from collections.abc import Iterator
from pathlib import Path

import wagtail_careers

PACKAGE = Path(wagtail_careers.__file__).parent
MAX_MODULE_LINES = 350
MAX_FUNCTION_LINES = 50
#: How the docstring of a function does not begin: with a relative clause.
RELATIVES = ("What", "Whether", "Where", "Those", "Which", "Who", "How", "When", "Of")


def modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}", node


def test_no_module_is_too_long() -> None:
    lengths = {str(path): path.read_text(encoding="utf-8").count("\n") for path in modules()}
    assert len(lengths) > 50
    assert {name: n for name, n in lengths.items() if n > MAX_MODULE_LINES} == {}


def test_no_function_is_too_long() -> None:
    lengths = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert len(lengths) > 500
    assert {name: n for name, n in lengths.items() if n > MAX_FUNCTION_LINES} == {}


def test_no_docstring_of_a_function_begins_with_a_relative_clause() -> None:
    openings = {name: (ast.get_docstring(node) or "").split(" ")[0] for name, node in functions()}
    assert [name for name, word in openings.items() if word in RELATIVES] == []
