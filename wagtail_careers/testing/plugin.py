"""A pytest plugin: ``assert_accessible`` for a site's own tests, and ``--careers-roles``.

pytest imports this module each time it starts in an environment with the package. What takes time
to import, such as Selenium, is imported when a test needs it.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from selenium.webdriver.remote.webdriver import WebDriver

    from wagtail_careers.testing.assertion import AssertAccessible
    from wagtail_careers.testing.session import Session

BROWSERS = ("chromium", "chrome", "firefox")

_SESSION = pytest.StashKey["Session"]()

_NEEDED = {"selenium": "Selenium", "axe_selenium_python": "axe-selenium-python"}
_MISSING = (
    "wagtail_careers: {name} is not installed. Install the tools for tests, on Python 3.12 or "
    'newer: pip install "wagtail-careers[testing]"'
)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("careers", "accessibility of pages (wagtail_careers)")
    group.addoption(
        "--careers-browser",
        choices=BROWSERS,
        default="",
        help="The browser: chromium, chrome or firefox. Default: Chromium, or else Chrome.",
    )
    group.addoption(
        "--careers-remote",
        metavar="URL",
        default="",
        help="The address of a Selenium Grid with the browser, e.g. http://localhost:4444.",
    )
    group.addoption(
        "--careers-axe",
        metavar="FILE",
        type=Path,
        help="The axe.min.js of another axe-core than the one that axe-selenium-python brings.",
    )
    group.addoption(
        "--careers-screenshots",
        metavar="DIR",
        type=Path,
        help="The folder for pictures of the elements that have a problem. Default: no pictures.",
    )
    group.addoption(
        "--careers-mode",
        metavar="NAME",
        action="append",
        help="A mode to show pages in, e.g. narrow. Can be repeated. Default: all modes.",
    )
    group.addoption(
        "--careers-roles",
        action="store_true",
        help="Test each live role page of the site's database. Select only these with -m "
        "careers_roles.",
    )
    group.addoption(
        "--careers-base-url",
        metavar="URL",
        default="",
        help="The address of a running site with the pages. Default: the live server of the test, "
        "and for --careers-roles a server of its own.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "careers_roles: a live role page of the site's database (--careers-roles)"
    )
    # An option that cannot be used is one error at the start, not one for each test.
    has_checked_options = config.getoption("--careers-mode") or config.getoption("--careers-axe")
    if has_checked_options and not _missing():
        _session(config)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add a test for each live role page."""
    if config.getoption("--careers-roles"):
        if missing := _missing():
            raise pytest.UsageError(missing)
        from wagtail_careers.testing.role_tests import role_tests

        items += role_tests(session, _session(config))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the browser and the server, if they were started."""
    if _SESSION in config.stash:
        config.stash[_SESSION].stop()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """List the checks that the browser could not run. They are no failures."""
    if _SESSION not in config.stash:
        return
    if lines := config.stash[_SESSION].not_tested_lines():
        terminalreporter.section("accessibility: not tested")
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def careers_browser(pytestconfig: pytest.Config) -> "WebDriver":
    """The browser of the options, started once: Selenium's driver."""
    if missing := _missing():
        pytest.fail(missing, pytrace=False)
    from wagtail_careers.testing.session import NoBrowser

    try:
        return _session(pytestconfig).browser()
    except NoBrowser as error:
        reason = str(error)
    # Outside the block above: pytest would print what the driver said before the advice.
    pytest.fail(reason, pytrace=False)


@pytest.fixture
def assert_accessible(
    request: pytest.FixtureRequest, careers_browser: "WebDriver"
) -> "AssertAccessible":
    """A function that fails if a page, in any of the modes, has a problem of accessibility.

    ``assert_accessible(url_or_page, modes=MODES, ignore=(), checks=NAMES)``. A page, or a path as
    an address, is one of pytest-django's live server if the test uses ``live_server``, or else of
    the site in ``--careers-base-url``.
    """
    from wagtail_careers.testing.assertion import AssertAccessible

    base_url = request.config.getoption("--careers-base-url")
    if "live_server" in request.fixturenames:
        base_url = request.getfixturevalue("live_server").url
    return AssertAccessible(_session(request.config), base_url)


def _session(config: pytest.Config) -> "Session":
    if _SESSION not in config.stash:
        from wagtail_careers.testing.session import Session

        config.stash[_SESSION] = Session.from_options(config)
    return config.stash[_SESSION]


def _missing() -> str:
    """Return what to do about a part of the extra that is not installed; empty if all are."""
    missing = (name for module, name in _NEEDED.items() if find_spec(module) is None)
    return next((_MISSING.format(name=name) for name in missing), "")
