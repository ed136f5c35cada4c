"""The transcripts of the demonstration's pages, and of a page with elements of each role.

After a change that is right, run these tests with ``CAREERS_UPDATE_TRANSCRIPTS=1``.
"""

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tests.a11y.conftest import Visit
from tests.a11y.test_demo_pages import PATHS
from wagtail_careers.testing import browser
from wagtail_careers.testing.changes import Change, changes
from wagtail_careers.testing.snapshots import Snapshots, assert_heard
from wagtail_careers.testing.transcript import transcript
from wagtail_careers.testing.utterances import parse

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]

HERE = Path(__file__).parent
EVERY_ROLE = HERE / "every-role.html"
ROLE = "/roles/clinical-imaging-apprentice/"


@pytest.fixture
def kept() -> Snapshots:
    return Snapshots.from_environment(HERE / "transcripts")


@pytest.fixture
def every_role(driver: Any) -> Any:
    """A browser with the page that has elements of each role."""
    browser.set_viewport(driver, 1280)
    browser.set_theme(driver, browser.LIGHT)
    driver.get(EVERY_ROLE.as_uri())
    return driver


@pytest.mark.parametrize("path", PATHS)
def test_page_is_heard_as_it_was(visit: Visit, kept: Snapshots, path: str) -> None:
    driver = visit(path)
    assert_heard(driver, f"demo{path.rstrip('/')}" if path != "/" else "demo/home", kept)


def test_each_role_is_heard_as_it_was(every_role: Any, kept: Snapshots) -> None:
    assert_heard(every_role, "every-role", kept)


def test_no_transcript_is_kept_of_a_page_that_is_gone(kept: Snapshots) -> None:
    pages = [kept.path(f"demo{path.rstrip('/')}") for path in PATHS if path != "/"]
    files = {*pages, kept.path("demo/home"), kept.path("every-role")}
    assert {*kept.directory.rglob("*.txt")} == files


def test_a_transcript_is_the_same_each_time_and_can_be_read_back(every_role: Any) -> None:
    first = transcript(every_role)
    every_role.refresh()
    assert transcript(every_role) == first
    assert parse(str(first)) == first


def test_a_transcript_takes_two_commands(every_role: Any) -> None:
    driver = Mock(execute_cdp_cmd=Mock(side_effect=every_role.execute_cdp_cmd))
    transcript(driver)
    assert driver.execute_cdp_cmd.call_count == 2


def test_the_content_of_a_frame_is_not_included(every_role: Any) -> None:
    text = str(transcript(every_role))
    assert 'frame "Map" (not included)' in text
    assert "frame text" not in text


def changed(visit: Visit, script: str) -> tuple[Change, ...]:
    """The changes to the transcript of a role after ``script`` ran in the page."""
    driver = visit(ROLE)
    before = transcript(driver)
    driver.execute_script(script)
    return changes(before, transcript(driver))


def test_other_words_in_a_page_are_told(visit: Visit) -> None:
    script = "document.querySelector('#duties h2').textContent = 'What would I do?'"
    assert {change.kind for change in changed(visit, script)} == {"wording"}


def test_another_role_in_a_page_is_told(visit: Visit) -> None:
    script = "document.querySelector('#training a').setAttribute('role', 'button')"
    (change,) = changed(visit, script)
    assert change.kind == "role"
    assert [change.before[0].role, change.after[0].role] == ["link", "button"]


def test_another_state_in_a_page_is_told(visit: Visit) -> None:
    script = "document.querySelector('.careers-introduction p').lang = 'cy'"
    (change,) = changed(visit, script)
    assert change.kind == "state"
    assert change.after[0].states == ("language cy",)


def test_another_order_in_a_page_is_told(visit: Visit) -> None:
    script = "const duties = document.querySelector('#duties'); duties.parentNode.append(duties)"
    moves = changed(visit, script)
    assert {change.kind for change in moves} == {"moved"}
    assert "What would I be doing?" in {line.name for move in moves for line in move.after}


def test_a_missing_part_of_a_page_is_told(visit: Visit) -> None:
    script = "document.querySelector('footer').remove()"
    (change,) = changed(visit, script)
    assert (change.kind, change.before[0].role) == ("removed", "content information")
