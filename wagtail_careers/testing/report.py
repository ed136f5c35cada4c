"""What the checks of one page found, as values and as text."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wagtail_careers.testing.modes import Mode
from wagtail_careers.testing.problem import Problem, format_problem


@dataclass(frozen=True)
class Found:
    """A problem and the mode in which it was found. ``screenshot`` is a file, or empty."""

    mode: Mode
    problem: Problem
    screenshot: str = ""


@dataclass(frozen=True)
class Ran:
    """A check that ran in a mode. ``rules`` are the ids of what it looked for."""

    check: str
    mode: Mode
    rules: tuple[str, ...]


@dataclass(frozen=True)
class NotTested:
    """A check that could not run in a mode, with the reason in a sentence."""

    check: str
    mode: Mode
    reason: str


@dataclass(frozen=True)
class Report:
    """What the checks of one page found, which of them ran, and which could not.

    ``undecided`` is what axe leaves to people, such as the contrast of text on a picture.
    """

    found: tuple[Found, ...] = ()
    ran: tuple[Ran, ...] = ()
    not_tested: tuple[NotTested, ...] = ()
    undecided: tuple[Found, ...] = ()


def without(report: Report, ignore: Iterable[str]) -> Report:
    """Return ``report`` without the problems that ``ignore`` names.

    Each item is the id of a rule ("region") or the number of a criterion ("1.4.3"), and, after a
    space, the selector of the only element for which it is ignored ("1.4.3 #banner").
    """
    items = set(ignore)
    kept = tuple(found for found in report.found if not items & set(_names(found.problem)))
    return replace(report, found=kept)


def format_report(report: Report) -> str:
    """Return what was found as readable text, each problem once with all its modes.

    After it, say what could not be tested, and why.
    """
    places: dict[tuple[str, str, str], list[Found]] = {}
    for found in report.found:
        problem = found.problem
        key = (problem.rule, problem.criterion, problem.target or problem.message)
        places.setdefault(key, []).append(found)
    parts = [_format(number, same) for number, same in enumerate(places.values(), start=1)]
    return "\n\n".join([*parts, *format_not_tested(report.not_tested)])


def format_not_tested(not_tested: Iterable[NotTested]) -> list[str]:
    """Return a line for each reason, with the checks that could not run for it."""
    checks: dict[str, list[str]] = {}
    for missing in not_tested:
        checks.setdefault(missing.reason, []).append(f"{missing.check} ({missing.mode})")
    return [f"Not tested: {', '.join(names)}. {reason}" for reason, names in checks.items()]


def _names(problem: Problem) -> Iterable[str]:
    for name in filter(None, (problem.rule, problem.criterion.partition(" ")[0])):
        yield name
        yield f"{name} {problem.target}"


def _format(number: int, same: list[Found]) -> str:
    modes = ", ".join(dict.fromkeys(found.mode.name for found in same))
    pictures = [found.screenshot for found in same if found.screenshot]
    facts = [f"Rule: {same[0].problem.rule}", f"Mode: {modes}"]
    facts += [f"Screenshot: {picture}" for picture in pictures]
    return "\n    ".join([f"{number}. {format_problem(same[0].problem)}", *facts])
