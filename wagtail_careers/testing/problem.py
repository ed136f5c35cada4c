"""The problems that checks report, and calls of the checks' scripts in the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wagtail_careers.testing.rules import RULES

if TYPE_CHECKING:
    from selenium.webdriver.remote.webdriver import WebDriver


@dataclass(frozen=True)
class Problem:
    """One element and one rule that it breaks.

    ``criterion`` is the number and name in https://www.w3.org/TR/WCAG22/, and is empty if the rule
    is good practice. ``target`` is a CSS selector, ``html`` is the start of the element's HTML,
    ``fix`` says what to do, and ``rule`` is the id of axe's rule or of one in ``rules``.
    """

    criterion: str
    message: str
    target: str
    html: str = ""
    fix: str = ""
    rule: str = ""


def own_problem(rule: str, message: str, target: str = "", html: str = "") -> Problem:
    """Return a problem of one of the kit's own rules, with its criterion and its fix."""
    known = RULES[rule]
    return Problem(known.criterion, message, target, html, known.fix, rule)


def format_problem(problem: Problem) -> str:
    """Return the problem as readable text: criterion, message and element, then HTML and fix."""
    criterion = problem.criterion or problem.rule
    title = ": ".join(filter(None, [criterion, problem.message, problem.target]))
    return "\n    ".join([title, *problem.html.splitlines(), *problem.fix.splitlines()])


def format_problems(problems: Iterable[Problem]) -> str:
    """Return the problems as readable text, a paragraph each."""
    return "\n".join(map(format_problem, problems))


def call(driver: "WebDriver", module: str, function: str, *arguments: Any) -> Any:
    """Return the result of a function in ``module``.js, in the same folder as this file.

    The driver passes the script to the browser, so a Content-Security-Policy of the page does not
    block it.
    """
    script = f"{source('page')}\n{source(module)}\nreturn {function}(...arguments);"
    return driver.execute_script(script, *arguments)


def problems(driver: "WebDriver", module: str, function: str, *arguments: Any) -> list[Problem]:
    """Call a function in ``module``.js that returns problems."""
    return from_page(call(driver, module, function, *arguments))


def from_page(found: Iterable[Mapping[str, str]]) -> list[Problem]:
    """Return what ``problem`` in page.js made of elements as problems."""
    return [own_problem(**each) for each in found]


@cache
def source(module: str) -> str:
    """Return the script in ``module``.js."""
    return Path(__file__).with_name(f"{module}.js").read_text(encoding="utf-8")
