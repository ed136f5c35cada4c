"""The problems that checks other than axe report, and calls of their scripts in the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver


@dataclass(frozen=True)
class Problem:
    """One element and one success criterion that it fails.

    ``criterion`` is the number and name in https://www.w3.org/TR/WCAG22/, and ``target`` is a CSS
    selector.
    """

    criterion: str
    message: str
    target: str


def format_problems(problems: Iterable[Problem]) -> str:
    """Return the problems as readable text, one line each."""
    return "\n".join(
        f"{problem.criterion}: {problem.message}: {problem.target}" for problem in problems
    )


def call(driver: WebDriver, module: str, function: str, *arguments: Any) -> Any:
    """Return the result of a function in ``module``.js, in the same folder as this file.

    The driver passes the script to the browser, so a Content-Security-Policy of the page does not
    block it.
    """
    script = f"{source('page')}\n{source(module)}\nreturn {function}(...arguments);"
    return driver.execute_script(script, *arguments)


def problems(driver: WebDriver, module: str, function: str) -> list[Problem]:
    return [Problem(**found) for found in call(driver, module, function)]


@cache
def source(module: str) -> str:
    """Return the script in ``module``.js."""
    return Path(__file__).with_name(f"{module}.js").read_text(encoding="utf-8")
