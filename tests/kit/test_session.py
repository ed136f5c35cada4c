"""The options of the plugin, and the address of a page, without a browser."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from selenium.common.exceptions import WebDriverException

import wagtail_careers
from tests.conftest import missing_for_axe
from wagtail_careers.testing import plugin
from wagtail_careers.testing.modes import MODES, NARROW

if missing_for_axe():
    pytest.skip(missing_for_axe(), allow_module_level=True)

from wagtail_careers.testing import assertion, session
from wagtail_careers.testing.role_tests import _url
from wagtail_careers.testing.session import NoBrowser, Session

PACKAGE = Path(wagtail_careers.__file__).parent
DEFAULTS = {
    "--careers-axe": None,
    "--careers-base-url": "",
    "--careers-browser": "",
    "--careers-mode": None,
    "--careers-remote": "",
    "--careers-screenshots": None,
}


def of(**options: Any) -> Session:
    """The session of these options, with ``_`` for ``-``."""
    named = {f"--careers-{name.replace('_', '-')}": value for name, value in options.items()}
    assert named.keys() <= DEFAULTS.keys()
    return Session.from_options(Mock(getoption={**DEFAULTS, **named}.__getitem__))


class TestOptions:
    def test_all_modes_are_the_default(self) -> None:
        assert of().modes == MODES

    def test_modes_are_chosen_by_name(self) -> None:
        assert of(mode=["narrow"]).modes == (NARROW,)

    def test_an_unknown_mode_is_an_error(self) -> None:
        with pytest.raises(pytest.UsageError, match="--careers-mode: “sepia” is not a mode"):
            of(mode=["sepia"])

    def test_a_missing_file_of_axe_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(pytest.UsageError, match=r"--careers-axe: .*no\.js is not a file"):
            of(axe=tmp_path / "no.js")

    def test_each_option_is_read(self) -> None:
        read: list[str] = []
        config = Mock(getoption=lambda name: read.append(name) or DEFAULTS[name])
        Session.from_options(config)
        assert set(read) == DEFAULTS.keys()


class TestBrowser:
    def test_it_starts_once_and_is_stopped_at_the_end(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start = Mock()
        monkeypatch.setattr(session.drivers, "start", start)
        careers = of(browser="firefox", remote="http://grid.example")
        assert careers.browser() is careers.browser()
        start.assert_called_once_with("firefox", "http://grid.example")
        careers.stop()
        start.return_value.quit.assert_called_once_with()

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({}, "Chromium or Chrome does not start. Install it and its driver"),
            ({"browser": "firefox"}, "Firefox does not start. Install it and its driver"),
            ({"remote": "http://grid.example"}, "on http://grid.example. Check --careers-remote"),
        ],
    )
    def test_one_that_does_not_start_is_an_error_with_advice(
        self, monkeypatch: pytest.MonkeyPatch, options: dict[str, str], message: str
    ) -> None:
        broken = Mock(side_effect=WebDriverException("no such file\nand more"))
        monkeypatch.setattr(session.drivers, "start", broken)
        with pytest.raises(NoBrowser, match=message) as caught:
            of(**options).browser()
        assert str(caught.value).endswith("\nno such file")


class TestAddress:
    @pytest.mark.parametrize(
        ("target", "url"),
        [
            ("https://site.example/a/", "https://site.example/a/"),
            ("/a/?b=c", "http://localhost:8000/a/?b=c"),
            (
                Mock(get_url_parts=lambda: (1, "https://site.example", "/a/")),
                "http://localhost:8000/a/",
            ),
            (
                Mock(spec=["get_absolute_url"], get_absolute_url=lambda: "/b/"),
                "http://localhost:8000/b/",
            ),
        ],
        ids=["address", "path", "page", "object"],
    )
    def test_it_is_that_of_the_server(self, target: Any, url: str) -> None:
        assert assertion.address_of(target, "http://localhost:8000") == url

    def test_a_path_without_a_server_is_an_error_with_advice(self) -> None:
        with pytest.raises(pytest.UsageError, match="Add pytest-django's “live_server” to"):
            assertion.address_of("/a/", "")

    def test_a_page_outside_a_site_is_an_error(self) -> None:
        with pytest.raises(pytest.UsageError, match=r"has no address\. Add it below the root page"):
            assertion.address_of(Mock(get_url_parts=lambda: None), "http://localhost:8000")

    def test_anything_else_is_an_error(self) -> None:
        with pytest.raises(TypeError, match="takes an address or a page, not int: 5"):
            assertion.address_of(5, "http://localhost:8000")

    def test_a_role_page_is_opened_on_the_running_site(self) -> None:
        url = "http://127.0.0.1:4000/roles/porter/"
        assert _url(url, of()) == url
        running = of(base_url="https://staging.example/")
        assert _url(url, running) == "https://staging.example/roles/porter/"


class TestStartOfPytest:
    """A run of pytest that does not use the plugin hardly notices it."""

    def test_the_plugin_imports_nothing_that_takes_time(self) -> None:
        script = (
            "import sys, time, pytest\n"
            "before = set(sys.modules); start = time.perf_counter()\n"
            "import wagtail_careers.testing.plugin\n"
            "print(time.perf_counter() - start, *sorted(set(sys.modules) - before))"
        )
        command = [sys.executable, "-c", script]
        done = subprocess.run(
            command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True
        )
        _seconds, *modules = done.stdout.split()
        assert modules == [
            "wagtail_careers",
            "wagtail_careers.testing",
            "wagtail_careers.testing.plugin",
        ]

    def test_a_missing_part_of_the_extra_is_named_with_the_way_to_install_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert plugin._missing() == ""
        monkeypatch.setattr(plugin, "find_spec", lambda name: None)
        assert plugin._missing() == (
            "wagtail_careers: Selenium is not installed. Install the tools for tests, on Python "
            '3.12 or newer: pip install "wagtail-careers[testing]"'
        )
