"""A headless Chromium or Chrome, which shows pages as different readers see them."""

import os
import re
import shutil
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.remote.webdriver import WebDriver

#: Commands that start a browser. The first one on the PATH is used.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)

AnyDriver = TypeVar("AnyDriver", bound=WebDriver)

#: The longest times for a page to load and for a script to run, in seconds.
PAGE_LOAD_SECONDS = 60
SCRIPT_SECONDS = 60

# Options that stop the browser from making requests of its own.
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=MediaRouter,OptimizationHints,Translate",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
)

# Chromium shows a page of its own for some addresses, such as those with a port that it blocks.
_ANSWER = """
return location.protocol === 'chrome-error:'
  ? `net::${document.querySelector('.error-code')?.textContent ?? 'ERR_FAILED'}`
  : performance.getEntriesByType('navigation')[0]?.responseStatus;
"""

# Selenium's names of browsers that take commands of the Chrome DevTools Protocol.
_WITH_DEVTOOLS = ("chrome", "chrome-headless-shell", "chromium", "msedge")

_MISSING_FAVICON = re.compile(r"https?://[^/\s]+/favicon\.ico - Failed to load resource: .* 404 ")


@dataclass(frozen=True)
class Theme:
    """The preferences of a reader's system, and the medium on which a page is shown.

    ``forced_colors`` is called a contrast theme on Windows: a few colours that the reader has
    chosen replace the page's (https://www.w3.org/TR/css-color-adjust-1/#forced-colors-mode).
    """

    name: str
    color_scheme: Literal["light", "dark"] = "light"
    forced_colors: Literal["none", "active"] = "none"
    media: Literal["screen", "print"] = "screen"
    reduced_motion: bool = False


LIGHT = Theme("light")
DARK = Theme("dark", color_scheme="dark")
FORCED_COLORS = Theme("forced colours", color_scheme="dark", forced_colors="active")
PRINT = Theme("print", media="print")
REDUCED_MOTION = Theme("reduced motion", reduced_motion=True)


class NotSupported(Exception):
    """Something that this browser cannot do or show. The message says what."""


def has_devtools(driver: WebDriver) -> bool:
    """Return whether the browser takes commands of the Chrome DevTools Protocol."""
    return driver.name in _WITH_DEVTOOLS


def devtools(driver: WebDriver, command: str, parameters: dict[str, Any], what: str) -> Any:
    """Send a command of the Chrome DevTools Protocol, and return the answer.

    Raises ``NotSupported``, with ``what`` in its message, if the browser is not Chromium or Chrome.
    """
    if not has_devtools(driver):
        raise NotSupported(f"{driver.name} cannot {what}. Use Chromium or Chrome.")
    return driver.execute_cdp_cmd(command, parameters)


def chrome(*arguments: str) -> Chrome:
    """Start a headless browser, with ``arguments`` added to its command line.

    The browser and the chromedriver on the PATH are used. If one is missing, Selenium looks for
    it and downloads it if possible. Raises ``selenium.common.exceptions.WebDriverException`` if
    no browser is available.
    """
    options = chrome_options(*arguments)
    options.binary_location = next(filter(None, map(shutil.which, BROWSERS)), "")
    return patient(Chrome(options=options, service=ChromeService(shutil.which("chromedriver"))))


def chrome_options(*arguments: str) -> ChromeOptions:
    """Return the options of a headless Chromium or Chrome that makes no requests of its own."""
    options = ChromeOptions()
    for argument in ("--headless=new", "--disable-dev-shm-usage", *_QUIET, *arguments):
        options.add_argument(argument)
    if getattr(os, "geteuid", lambda: None)() == 0:
        # Chromium's sandbox refuses to start as root.
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return options


def patient(driver: AnyDriver) -> AnyDriver:
    """Give ``driver`` the longest times for pages and scripts, and return it."""
    driver.set_page_load_timeout(PAGE_LOAD_SECONDS)
    driver.set_script_timeout(SCRIPT_SECONDS)
    return driver


class PageError(Exception):
    """A page that did not load. The message has its address and the reason."""


def open_page(driver: WebDriver, url: str) -> None:
    """Open the page at ``url``, and forget the errors that earlier pages left on the console.

    Raises ``PageError`` if the page cannot be reached, or is answered with an error.
    """
    if has_devtools(driver):
        console_errors(driver)
    status = load(driver, url)
    if isinstance(status, str):
        raise PageError(f"{url} cannot be opened: {status}. Check that the site runs.")
    if status and status >= 400:
        raise PageError(f"{url} answers {status}. Check the address, and that the page is live.")


def load(driver: WebDriver, url: str) -> int | str | None:
    """Load the page at ``url``, and return its status code, or None if it has none.

    If the browser does not get the page, return the reason, whether the browser raises it or shows
    a page of its own.
    """
    try:
        driver.get(url)
    except WebDriverException as error:
        return (error.msg or "").partition("\n")[0]
    return cast(int | str | None, driver.execute_script(_ANSWER))


def set_viewport(driver: WebDriver, width: int, height: int = 900, scale: int = 1) -> None:
    """Set the viewport to ``width`` by ``height`` CSS pixels, of ``scale`` device pixels each.

    A width of 320 is a phone, or a desktop of 1280 at a zoom of 400% (WCAG 1.4.10 Reflow). A
    window cannot be that narrow, so this overrides the metrics of the screen. In a browser where it
    cannot, it sizes the window, and raises ``NotSupported`` if the page does not get that width.
    """
    if has_devtools(driver):
        metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        devtools(driver, "Emulation.setDeviceMetricsOverride", metrics, "set the viewport")
        return
    outer = "return [outerWidth - innerWidth, outerHeight - innerHeight]"
    extra_width, extra_height = driver.execute_script(outer)
    driver.set_window_size(width + extra_width, height + extra_height)
    if driver.execute_script("return innerWidth") != width:
        raise NotSupported(f"{driver.name} cannot make its window {width} CSS px wide.")


def set_theme(driver: WebDriver, theme: Theme) -> None:
    """Show this page and the following ones in ``theme``. Raises ``NotSupported``."""
    if theme == LIGHT and not has_devtools(driver):
        return
    features = {
        "prefers-color-scheme": theme.color_scheme,
        "forced-colors": theme.forced_colors,
        "prefers-reduced-motion": "reduce" if theme.reduced_motion else "no-preference",
    }
    emulated = [{"name": name, "value": value} for name, value in features.items()]
    devtools(
        driver,
        "Emulation.setEmulatedMedia",
        {"media": theme.media, "features": emulated},
        f"show a page in “{theme.name}”",
    )


def set_scripts(driver: WebDriver, *, enabled: bool) -> None:
    """Let pages that are loaded from now on run scripts, or not. Raises ``NotSupported``."""
    command = "Emulation.setScriptExecutionDisabled"
    devtools(driver, command, {"value": not enabled}, "switch off the scripts of pages")


def console_errors(driver: WebDriver) -> list[str]:
    """Return the errors on the console since the last call. Raises ``NotSupported``.

    They include missing files and resources blocked by a Content-Security-Policy. A missing
    ``/favicon.ico`` is not included, because the browser requests it without being told to.
    """
    if not has_devtools(driver):
        raise NotSupported(f"{driver.name} does not tell the errors on its console.")
    entries = cast(Any, driver).get_log("browser")
    errors = [entry["message"] for entry in entries if entry["level"] == "SEVERE"]
    return [error for error in errors if not _MISSING_FAVICON.match(error)]
