"""An editor with a browser, and the old site's posts."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Condition
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.signals import request_finished, request_started

from tests.e2e.admin import WAIT_SECONDS, Admin
from tests.in_turn import InTurn
from wagtail_careers.testing.browser import LIGHT, set_theme, set_viewport

BESIDE_THE_PROJECT = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CORPUS = Path(os.environ.get("CAREERS_CORPUS", BESIDE_THE_PROJECT))


@pytest.fixture
def imaging_post() -> Path:
    """A post of the site that role pages replace. It is not part of the project."""
    path = CORPUS / "posts" / "2017-04-27-clinical-imaging-apprentice.md"
    if not path.exists():
        pytest.skip(f"the posts of the old site are not in {CORPUS}; set CAREERS_CORPUS")
    return path


@pytest.fixture(scope="session", autouse=True)
def _in_turn(live_server: Any) -> None:
    """The server answers one request after another if all of them share a connection."""
    if live_server.thread.connections_override:
        server = live_server.thread.httpd
        server.set_app(InTurn(server.get_app()))


@pytest.fixture
def answered(live_server: Any) -> Iterator[None]:
    """At its end, the server has answered all requests, those too that the browser gave up.

    What it went on doing would be done to the database of the next test.
    """
    under_way = 0
    change = Condition()

    def start(**kwargs: Any) -> None:
        nonlocal under_way
        with change:
            under_way += 1

    def finish(**kwargs: Any) -> None:
        nonlocal under_way
        with change:
            under_way -= 1
            change.notify_all()

    request_started.connect(start)
    # After Django's own receivers, which close connections.
    request_finished.connect(finish)
    yield
    with change:
        all_answered = change.wait_for(lambda: under_way == 0, timeout=WAIT_SECONDS)
    request_started.disconnect(start)
    request_finished.disconnect(finish)
    assert all_answered


@pytest.fixture
def admin(
    search_index: None, live_server: Any, index: Any, driver: Any, answered: None
) -> Iterator[Admin]:
    """The admin, with a superuser logged in."""
    get_user_model().objects.create_superuser("editor", "editor@example.com", "password")
    set_viewport(driver, 1400, 1000)
    set_theme(driver, LIGHT)
    driver.delete_all_cookies()
    admin = Admin(driver, live_server.url)
    admin.log_in("editor", "password")
    # Wagtail remembers here which panels are open, which cover a form in the next test.
    driver.execute_script("localStorage.clear()")
    yield admin
    # The editor tells the server that it is left when it is gone already. The answer would come in
    # the next test, and its cookies would take the place of those of the new session.
    driver.execute_script("navigator.sendBeacon = () => true")
    # Otherwise the form would go on saving itself into the next test.
    driver.get("about:blank")
