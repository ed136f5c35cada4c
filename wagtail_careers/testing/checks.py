"""All checks of a page at once, as different readers see it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing import (
    axe,
    content,
    keyboard,
    layout,
    motion,
    names,
    screenshots,
    traffic,
)
from wagtail_careers.testing.browser import FORCED_COLORS, LIGHT, NotSupported, console_errors
from wagtail_careers.testing.modes import MODES, Mode, shown
from wagtail_careers.testing.problem import Problem
from wagtail_careers.testing.report import Found, NotTested, Ran, Report

#: The widest viewport, in CSS pixels, in which a page must not scroll sideways.
REFLOW_WIDTH = 640

#: The colours of the page that axe reads are not those that a reader's own colours replace.
_NOT_IN_FORCED_COLORS = {
    "rules": {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}}
}

Run = Callable[[WebDriver], list[Problem]]


@dataclass(frozen=True)
class Check:
    """A check of the kit's own, with the ids of its rules.

    ``is_for`` takes a mode, and whether it is the first one in which the page is on a screen with
    its scripts.
    """

    name: str
    rules: tuple[str, ...]
    run: Run
    is_for: Callable[[Mode, bool], bool]


def _once(_mode: Mode, is_first: bool) -> bool:
    return is_first


def _by_keyboard(mode: Mode, is_first: bool) -> bool:
    # Shadows and backgrounds, which often show the focus, are gone in forced colours.
    return is_first or mode.theme == FORCED_COLORS


def _in_layout(mode: Mode, _is_first: bool) -> bool:
    return mode.theme == LIGHT


def _narrow(mode: Mode, _is_first: bool) -> bool:
    return mode.theme == LIGHT and (mode.width <= REFLOW_WIDTH or mode.direction != "")


def _spaced(mode: Mode, _is_first: bool) -> bool:
    return mode.theme == LIGHT and (mode.text_spacing or mode.width < REFLOW_WIDTH)


def _not_spaced(mode: Mode, is_first: bool) -> bool:
    return _narrow(mode, is_first) and not _spaced(mode, is_first)


def _printed(mode: Mode, _is_first: bool) -> bool:
    return mode.theme.media == "print"


def _still(mode: Mode, _is_first: bool) -> bool:
    return mode.theme.reduced_motion


#: This is about the page as it was loaded, and comes first: other checks can cause errors.
LOADED = (Check("console", ("console-error", "content-security-policy"), traffic.console, _once),)

CHECKS = (
    Check(
        "content",
        ("second-title", "stolen-label", "placeholder-label"),
        content.fields_and_titles,
        _once,
    ),
    Check("clicks", ("click-without-keyboard", "click-without-role"), content.clickables, _once),
    Check(
        "names",
        ("invisible-link", "invisible-button", "invisible-heading", "same-name", "same-heading"),
        names.check,
        _once,
    ),
    Check("reflow", ("horizontal-scroll",), layout.horizontal_scroll, _narrow),
    Check("text spacing", ("text-spacing",), layout.clipped_text, _spaced),
    Check("cut text", ("text-cut",), layout.cut_text, _not_spaced),
    Check("target size", ("small-target",), layout.small_targets, _in_layout),
    Check("print", ("print-width",), layout.print_width, _printed),
    Check("motion", ("motion",), motion.endless_motion, _still),
    # After the others, because it moves the focus and scrolls.
    Check("keyboard", keyboard.RULES, keyboard.focus, _by_keyboard),
    # Last, because scripts often wait for a moment, or for the reader to scroll, before they send
    # what they know to others.
    Check("requests", ("third-party",), traffic.third_party, _once),
)

#: The names of all checks, for the argument ``checks`` of ``check_page``.
NAMES = ("axe", "scripts", *(check.name for check in (*LOADED, *CHECKS)))


def check_page(
    driver: WebDriver,
    modes: Sequence[Mode] = MODES,
    *,
    checks: Collection[str] = NAMES,
    axe_script: Path | None = None,
    screenshot_folder: Path | None = None,
) -> Report:
    """Check the page that ``driver`` shows in each of ``modes``, and return what was found.

    ``checks`` limits the checks to some of ``NAMES``, and ``axe_script`` is a file of another
    axe-core. With ``screenshot_folder``, each element with a problem is photographed once. Open the
    page with ``browser.open_page``, so that the console has no errors of earlier pages. Raises
    ``axe.AxeError`` if axe has no result, and ``ValueError`` for an unknown check.
    """
    if unknown := sorted(set(checks) - set(NAMES)):
        raise ValueError(f"“{unknown[0]}” is not a check. Use some of: {', '.join(NAMES)}.")
    visit = _Visit(driver, frozenset(checks), axe_script, screenshot_folder)
    screens = [mode for mode in modes if mode.scripts and mode.theme.media == "screen"]
    first = next(iter(screens or modes), None)
    if first is not None:
        visit.run_each(LOADED, first, is_first=True)
    if "scripts" in checks and not all(mode.scripts for mode in modes):
        visit.texts = motion.visible_texts(driver)
    for mode in modes:
        visit.check(mode, is_first=mode is first)
    # Loading the page again without scripts can have added errors.
    if any(not mode.scripts for mode in modes):
        _forget_errors(driver)
    return visit.report()


@dataclass
class _Visit:
    """The checks of one page, and what they have found so far."""

    driver: WebDriver
    checks: frozenset[str]
    axe_script: Path | None
    screenshot_folder: Path | None
    texts: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)
    not_tested: list[NotTested] = field(default_factory=list)
    undecided: list[Found] = field(default_factory=list)

    def check(self, mode: Mode, *, is_first: bool) -> None:
        try:
            with shown(self.driver, mode):
                if mode.theme.media == "screen" and "axe" in self.checks:
                    self._run_axe(mode)
                if not mode.scripts and "scripts" in self.checks:
                    self._add("scripts", ("needs-scripts",), self._lost_texts, mode)
                self.run_each(CHECKS, mode, is_first=is_first)
        except NotSupported as error:
            self.not_tested.append(NotTested("all checks", mode, str(error)))

    def run_each(self, checks: Iterable[Check], mode: Mode, *, is_first: bool) -> None:
        for check in checks:
            if check.name in self.checks and check.is_for(mode, is_first):
                self._add(check.name, check.rules, check.run, mode)

    def report(self) -> Report:
        return Report(
            tuple(self.found), tuple(self.ran), tuple(self.not_tested), tuple(self.undecided)
        )

    def _run_axe(self, mode: Mode) -> None:
        options = _NOT_IN_FORCED_COLORS if mode.theme == FORCED_COLORS else None
        results = axe.run(self.driver, options=options, script=self.axe_script)
        self.undecided += [Found(mode, finding.problem()) for finding in results.undecided]
        rules = tuple(sorted(results.rules))
        self._add("axe", rules, lambda _driver: [one.problem() for one in results.findings], mode)

    def _lost_texts(self, driver: WebDriver) -> list[Problem]:
        return motion.lost_texts(self.texts, motion.visible_texts(driver))

    def _add(self, check: str, rules: tuple[str, ...], run: Run, mode: Mode) -> None:
        try:
            problems = run(self.driver)
        except NotSupported as error:
            self.not_tested.append(NotTested(check, mode, str(error)))
            return
        self.ran.append(Ran(check, mode, rules))
        take = partial(screenshots.take, self.driver, self.screenshot_folder)
        known = {(found.problem.rule, found.problem.target) for found in self.found}
        for problem in problems:
            is_new = (problem.rule, problem.target) not in known
            picture = take(problem, mode) if self.screenshot_folder and is_new else ""
            self.found.append(Found(mode, problem, picture))


def _forget_errors(driver: WebDriver) -> None:
    try:
        console_errors(driver)
    except NotSupported:
        return
