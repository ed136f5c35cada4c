"""What the tests of one run of pytest share: the options, the browser, and what was not tested."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from wagtail_careers.testing import drivers
from wagtail_careers.testing.browser import open_page
from wagtail_careers.testing.checks import NAMES, check_page
from wagtail_careers.testing.modes import MODES, Mode, named
from wagtail_careers.testing.report import NotTested, Report, format_not_tested, without


class NoBrowser(Exception):
    """A browser that does not start. The message says which, why, and what to do."""


@dataclass
class Session:
    """The options of a run of pytest, and the browser, which starts when it is first used."""

    browser_name: str = ""
    remote: str = ""
    axe_script: Path | None = None
    screenshots: Path | None = None
    modes: tuple[Mode, ...] = MODES
    base_url: str = ""
    _driver: WebDriver | None = None
    _not_tested: list[NotTested] = field(default_factory=list)
    _at_end: list[Callable[[], object]] = field(default_factory=list)

    @classmethod
    def from_options(cls, config: pytest.Config) -> "Session":
        """Return the session of pytest's options. Raises ``pytest.UsageError``."""
        script: Path | None = config.getoption("--careers-axe")
        if script and not script.is_file():
            raise pytest.UsageError(f"--careers-axe: {script} is not a file.")
        try:
            modes = tuple(map(named, config.getoption("--careers-mode") or ())) or MODES
        except ValueError as error:
            raise pytest.UsageError(f"--careers-mode: {error}") from error
        return cls(
            browser_name=config.getoption("--careers-browser"),
            remote=config.getoption("--careers-remote"),
            axe_script=script.resolve() if script else None,
            screenshots=config.getoption("--careers-screenshots"),
            modes=modes,
            base_url=config.getoption("--careers-base-url"),
        )

    def browser(self) -> WebDriver:
        """Return the browser. Raises ``NoBrowser`` if it cannot be started."""
        if self._driver is None:
            try:
                self._driver = drivers.start(self.browser_name, self.remote)
            except (WebDriverException, HTTPError, OSError) as error:
                raise NoBrowser(_no_browser(self, error)) from error
            self.at_end(self._driver.quit)
        return self._driver

    def check(
        self,
        url: str,
        modes: Sequence[Mode] | None = None,
        ignore: Iterable[str] = (),
        checks: Iterable[str] = NAMES,
    ) -> Report:
        """Open the page at ``url``, and return what was found that ``ignore`` does not name.

        Without ``modes``, use those of the options. Raises ``browser.PageError``.
        """
        driver = self.browser()
        open_page(driver, url)
        report = check_page(
            driver,
            self.modes if modes is None else modes,
            checks=tuple(checks),
            axe_script=self.axe_script,
            screenshot_folder=self.screenshots,
        )
        self._not_tested += report.not_tested
        return without(report, ignore)

    def at_end(self, stop: Callable[[], object]) -> None:
        """Call ``stop`` when the run is over."""
        self._at_end.append(stop)

    def stop(self) -> None:
        """Stop the browser and what else was started."""
        while self._at_end:
            self._at_end.pop()()

    def not_tested_lines(self) -> list[str]:
        """Return a line for each reason why a check could not run on any page."""
        return format_not_tested(dict.fromkeys(self._not_tested))


def _no_browser(session: Session, error: Exception) -> str:
    reason = str(getattr(error, "msg", "") or error).partition("\n")[0].rstrip(".")
    name = session.browser_name.title() or "Chromium or Chrome"
    if session.remote:
        return f"{name} does not start on {session.remote}. Check --careers-remote.\n{reason}"
    advice = "Install it and its driver, or choose another with --careers-browser."
    return f"{name} does not start. {advice}\n{reason}"
