"""The ways in which different readers see a page, and a way to show a page in each."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Literal

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing import browser
from wagtail_careers.testing.browser import NotSupported, Theme
from wagtail_careers.testing.problem import call

#: The viewport of a desktop, in CSS pixels.
WIDTH = 1280
HEIGHT = 900


@dataclass(frozen=True)
class Mode:
    """One way to see a page.

    ``width`` and ``height`` are the viewport in CSS pixels, and ``scale`` is the number of the
    screen's pixels for each. ``direction`` replaces the page's own. Without ``scripts``, the page
    is loaded again.
    """

    name: str
    theme: Theme = browser.LIGHT
    width: int = WIDTH
    height: int = HEIGHT
    scale: int = 1
    text_spacing: bool = False
    direction: Literal["", "rtl"] = ""
    scripts: bool = True

    def __str__(self) -> str:
        return self.name


LIGHT = Mode("light")
DARK = Mode("dark", theme=browser.DARK)
FORCED_COLORS = Mode("forced-colors", theme=browser.FORCED_COLORS)
#: A phone, or a desktop at a zoom of 400% (WCAG 1.4.10 Reflow).
NARROW = Mode("narrow", width=320)
#: WCAG 1.4.12 Text Spacing.
TEXT_SPACING = Mode("text-spacing", text_spacing=True)
#: A desktop at a zoom of 200% (WCAG 1.4.4 Resize Text).
ZOOM = Mode("zoom", width=WIDTH // 2, height=HEIGHT // 2, scale=2)
REDUCED_MOTION = Mode("reduced-motion", theme=browser.REDUCED_MOTION)
#: As wide as A4 paper between margins of a centimetre.
PRINT = Mode("print", theme=browser.PRINT, width=718, height=1047)
NO_JAVASCRIPT = Mode("no-javascript", scripts=False)
RIGHT_TO_LEFT = Mode("right-to-left", direction="rtl")

MODES = (
    LIGHT,
    DARK,
    FORCED_COLORS,
    NARROW,
    TEXT_SPACING,
    ZOOM,
    REDUCED_MOTION,
    PRINT,
    NO_JAVASCRIPT,
    RIGHT_TO_LEFT,
)


def named(name: str) -> Mode:
    """Return the mode with this name. Raises ``ValueError``, which lists all names."""
    for mode in MODES:
        if mode.name == name:
            return mode
    names = ", ".join(mode.name for mode in MODES)
    raise ValueError(f"“{name}” is not a mode. Use one of: {names}.")


@contextmanager
def shown(driver: WebDriver, mode: Mode) -> Iterator[WebDriver]:
    """Show the current page in ``mode``, and as ``LIGHT`` shows it afterwards.

    Raises ``browser.NotSupported`` if this browser cannot.
    """
    with ExitStack() as stack:
        if _screen(mode) != _screen(LIGHT):
            stack.callback(_reset, driver)
        browser.set_viewport(driver, mode.width, mode.height, mode.scale)
        browser.set_theme(driver, mode.theme)
        if not mode.scripts:
            stack.enter_context(_without_scripts(driver))
        if mode.text_spacing:
            call(driver, "modes", "addSpacing")
            stack.callback(call, driver, "modes", "removeSpacing")
        if mode.direction:
            before = call(driver, "modes", "setDirection", mode.direction)
            stack.callback(call, driver, "modes", "setDirection", before)
        yield driver


def _screen(mode: Mode) -> tuple[Theme, int, int, int]:
    return mode.theme, mode.width, mode.height, mode.scale


def _reset(driver: WebDriver) -> None:
    try:
        browser.set_viewport(driver, LIGHT.width, LIGHT.height, LIGHT.scale)
        browser.set_theme(driver, LIGHT.theme)
    except NotSupported:
        # Then it could not be changed either.
        return


@contextmanager
def _without_scripts(driver: WebDriver) -> Iterator[None]:
    browser.set_scripts(driver, enabled=False)
    try:
        driver.refresh()
    finally:
        # Now that the page has loaded without its scripts, axe needs to run.
        browser.set_scripts(driver, enabled=True)
    try:
        yield
    finally:
        driver.refresh()
