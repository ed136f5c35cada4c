"""A headless Chromium or Chrome, which shows pages as different readers see them."""

import os
import re
import shutil
from dataclasses import dataclass
from typing import Literal

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.chromium.webdriver import ChromiumDriver

#: Commands that start a browser. The first one on the PATH is used.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)

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


LIGHT = Theme("light")
DARK = Theme("dark", color_scheme="dark")
FORCED_COLORS = Theme("forced colours", color_scheme="dark", forced_colors="active")
PRINT = Theme("print", media="print")


def chrome(*arguments: str) -> Chrome:
    """Start a headless browser, with ``arguments`` added to its command line.

    The browser and the chromedriver on the PATH are used. If one is missing, Selenium looks for
    it and downloads it if possible. Raises ``selenium.common.exceptions.WebDriverException`` if
    no browser is available.
    """
    options = ChromeOptions()
    for argument in ("--headless=new", "--disable-dev-shm-usage", *_QUIET, *arguments):
        options.add_argument(argument)
    if getattr(os, "geteuid", lambda: None)() == 0:
        # Chromium's sandbox refuses to start as root.
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.binary_location = next(filter(None, map(shutil.which, BROWSERS)), "")
    driver = Chrome(options=options, service=ChromeService(shutil.which("chromedriver")))
    driver.set_page_load_timeout(PAGE_LOAD_SECONDS)
    driver.set_script_timeout(SCRIPT_SECONDS)
    return driver


def set_viewport(driver: ChromiumDriver, width: int, height: int = 900) -> None:
    """Set the viewport to ``width`` by ``height`` CSS pixels.

    A width of 320 is a phone, or a desktop of 1280 at a zoom of 400% (WCAG 1.4.10 Reflow). A
    window cannot be that narrow, so this overrides the metrics of the screen.
    """
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


def set_theme(driver: ChromiumDriver, theme: Theme) -> None:
    """Show this page and the following ones in ``theme``."""
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {
            "media": theme.media,
            "features": [
                {"name": "prefers-color-scheme", "value": theme.color_scheme},
                {"name": "forced-colors", "value": theme.forced_colors},
            ],
        },
    )


def console_errors(driver: ChromiumDriver) -> list[str]:
    """Return the errors on the console since the last call.

    They include missing files and resources blocked by a Content-Security-Policy. A missing
    ``/favicon.ico`` is not included, because the browser requests it without being told to.
    """
    errors = [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    return [error for error in errors if not _MISSING_FAVICON.match(error)]
