"""Browsers to choose from: Chromium, Chrome or Firefox, on this machine or on a Selenium Grid."""

import shutil
from typing import Any

from selenium.webdriver import (
    Chrome,
    ChromeOptions,
    ChromeService,
    Firefox,
    FirefoxOptions,
    FirefoxService,
    Remote,
)
from selenium.webdriver.chrome.remote_connection import ChromeRemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.browser import BROWSERS, chrome, chrome_options, patient

#: The commands that start each browser. Without a choice, Chromium or else Chrome is used.
COMMANDS = {
    "chromium": tuple(command for command in BROWSERS if command.startswith("chromium")),
    "chrome": tuple(command for command in BROWSERS if not command.startswith("chromium")),
    "firefox": ("firefox", "firefox-esr"),
}


class RemoteChromium(Remote):
    """A Chromium or Chrome on a Selenium Grid, with the commands that a local one has besides."""

    def execute_cdp_cmd(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command of the Chrome DevTools Protocol, and return the answer."""
        sent = {"cmd": command, "params": parameters}
        return self.execute("executeCdpCommand", sent)["value"]

    def get_log(self, kind: str) -> Any:
        """Return the entries of a log since it was last read."""
        return self.execute("getLog", {"type": kind})["value"]


def start(browser: str = "", remote: str = "") -> WebDriver:
    """Start a headless browser: one of ``COMMANDS``, or else Chromium or Chrome.

    ``remote`` is the address of a Selenium Grid, such as ``http://localhost:4444``. Raises
    ``ValueError`` for another name, and ``selenium.common.exceptions.WebDriverException`` if the
    browser is not available.
    """
    if browser and browser not in COMMANDS:
        raise ValueError(f"“{browser}” is not a browser. Use one of: {', '.join(COMMANDS)}.")
    if remote:
        return patient(_remote(browser, remote))
    if browser == "firefox":
        return patient(_firefox())
    if browser:
        options = chrome_options()
        options.binary_location = _command(browser)
        return patient(Chrome(options=options, service=ChromeService(shutil.which("chromedriver"))))
    return chrome()


def _remote(browser: str, address: str) -> WebDriver:
    if browser == "firefox":
        return Remote(address, options=_firefox_options())
    connection = ChromeRemoteConnection(address)
    return RemoteChromium(connection, options=_grid_options())


def _grid_options() -> ChromeOptions:
    options = chrome_options()
    # A grid knows both by this name.
    options.set_capability("browserName", "chrome")
    return options


def _firefox() -> Firefox:
    options = _firefox_options()
    options.binary_location = _command("firefox")
    return Firefox(options=options, service=FirefoxService(shutil.which("geckodriver")))


def _firefox_options() -> FirefoxOptions:
    options = FirefoxOptions()
    options.add_argument("-headless")
    # Otherwise Tab leaves out links on macOS.
    options.set_preference("accessibility.tabfocus", 7)
    return options


def _command(browser: str) -> str:
    """Return the browser on the PATH; if it is empty, Selenium looks for one."""
    return next(filter(None, map(shutil.which, COMMANDS[browser])), "")
