"""Browsers without Chrome's own commands, and browsers on a grid, in place of real ones."""

import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from pytest_httpserver import HTTPServer
from selenium.common.exceptions import WebDriverException

from tests.conftest import missing_for_axe
from wagtail_careers.testing import browser, content, drivers, keyboard
from wagtail_careers.testing.browser import NotSupported
from wagtail_careers.testing.modes import DARK, LIGHT, NARROW, NO_JAVASCRIPT, RIGHT_TO_LEFT, shown

pytestmark = pytest.mark.skipif(bool(missing_for_axe()), reason="axe-selenium-python is missing")


class Firefox:
    """A driver with what all browsers have, and a window of at least 450 pixels."""

    name = "firefox"
    width = 1280

    def set_window_size(self, width: int, height: int) -> None:
        self.width = max(width, 450)

    def execute_script(self, script: str, *arguments: Any) -> Any:
        if "outerWidth" in script:
            return [0, 0]
        return self.width if script == "return innerWidth" else None


class TestFirefox:
    @pytest.mark.parametrize("mode", [LIGHT, RIGHT_TO_LEFT])
    def test_modes_that_scripts_can_show_are_shown(self, mode: Any) -> None:
        driver = Firefox()
        with shown(driver, mode):
            assert driver.width == 1280

    @pytest.mark.parametrize(
        ("mode", "reason"),
        [
            (DARK, "firefox cannot show a page in “dark”. Use Chromium or Chrome."),
            (NARROW, "firefox cannot make its window 320 CSS px wide."),
            (NO_JAVASCRIPT, "firefox cannot switch off the scripts of pages."),
        ],
        ids=str,
    )
    def test_the_others_are_named_as_not_supported(self, mode: Any, reason: str) -> None:
        with pytest.raises(NotSupported, match=re.escape(reason)), shown(Firefox(), mode):
            pytest.fail("it was shown")

    def test_a_report_says_what_was_not_tested(self, monkeypatch: pytest.MonkeyPatch) -> None:
        checks: Any = import_module("wagtail_careers.testing.checks")
        results = SimpleNamespace(findings=(), undecided=(), rules=frozenset({"label"}))
        monkeypatch.setattr(checks.axe, "run", lambda *args, **kwargs: results)
        chosen = ("axe", "console", "clicks")
        report = checks.check_page(Firefox(), (LIGHT, DARK), checks=chosen)
        assert [(ran.check, ran.mode, ran.rules) for ran in report.ran] == [
            ("axe", LIGHT, ("label",))
        ]
        assert [(each.check, each.mode) for each in report.not_tested] == [
            ("console", LIGHT),
            ("clicks", LIGHT),
            ("all checks", DARK),
        ]

    def test_keys_are_pressed_as_all_browsers_understand(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        actions = Mock()
        monkeypatch.setattr(keyboard, "ActionChains", actions)
        keyboard.press_tab(Firefox())
        actions.return_value.send_keys.assert_called_once_with(keyboard.Keys.TAB)

    def test_what_reacts_to_clicks_cannot_be_listed(self) -> None:
        with pytest.raises(NotSupported, match="firefox cannot list what reacts to events"):
            content.clickables(Firefox())


class TestGrid:
    """A Selenium Grid, which answers to what a driver asks."""

    @pytest.fixture
    def grid(self, httpserver: HTTPServer) -> HTTPServer:
        session = {"value": {"sessionId": "1", "capabilities": {"browserName": "chrome"}}}
        httpserver.expect_request("/session", method="POST").respond_with_json(session)
        httpserver.expect_request("/session/1/timeouts").respond_with_json({"value": None})
        return httpserver

    def test_a_chrome_on_a_grid_takes_the_commands_of_a_local_one(self, grid: HTTPServer) -> None:
        cdp, log = "/session/1/goog/cdp/execute", "/session/1/se/log"
        grid.expect_request(cdp).respond_with_json({"value": {"product": "Chrome"}})
        grid.expect_request(log).respond_with_json({"value": []})
        driver: Any = drivers.start("chromium", grid.url_for("/").rstrip("/"))
        assert driver.execute_cdp_cmd("Browser.getVersion", {}) == {"product": "Chrome"}
        assert browser.console_errors(driver) == []
        sent = grid.log[0][0].get_json()["capabilities"]["alwaysMatch"]
        assert sent["browserName"] == "chrome"
        assert "--headless=new" in sent["goog:chromeOptions"]["args"]
        assert "binary" not in sent["goog:chromeOptions"]

    def test_a_firefox_is_asked_for_by_its_name(self, grid: HTTPServer) -> None:
        drivers.start("firefox", grid.url_for("/").rstrip("/"))
        sent = grid.log[0][0].get_json()["capabilities"]["alwaysMatch"]
        assert sent["browserName"] == "firefox"
        assert "-headless" in sent["moz:firefoxOptions"]["args"]


class TestStart:
    @pytest.mark.parametrize(
        ("name", "class_name", "command"),
        [("chrome", "Chrome", "google-chrome"), ("firefox", "Firefox", "firefox-esr")],
    )
    def test_the_browser_that_was_chosen_is_started(
        self, monkeypatch: pytest.MonkeyPatch, name: str, class_name: str, command: str
    ) -> None:
        installed = {command: f"/bin/{command}", "geckodriver": "/bin/geckodriver"}
        monkeypatch.setattr(drivers.shutil, "which", installed.get)
        started = Mock()
        monkeypatch.setattr(drivers, class_name, started)
        assert drivers.start(name) is started.return_value
        assert started.call_args.kwargs["options"].binary_location == f"/bin/{command}"

    def test_another_name_is_an_error(self) -> None:
        with pytest.raises(ValueError, match=r"“lynx” is not a browser. Use one of: chromium"):
            drivers.start("lynx")


class TestOpenPage:
    def test_a_page_that_cannot_be_reached_is_an_error_with_its_address(self) -> None:
        refused = WebDriverException("net::ERR_CONNECTION_REFUSED\n  (Session)")
        driver = Mock(spec=["get", "name"], **{"get.side_effect": refused})
        message = "http://site.example/ cannot be opened: net::ERR_CONNECTION_REFUSED. Check"
        with pytest.raises(browser.PageError, match=message):
            browser.open_page(driver, "http://site.example/")

    def test_an_answer_of_404_is_an_error(self) -> None:
        driver = Mock(spec=["get", "name", "execute_script"])
        driver.execute_script.return_value = 404
        with pytest.raises(browser.PageError, match=r"http://site.example/ answers 404\. Check"):
            browser.open_page(driver, "http://site.example/")
