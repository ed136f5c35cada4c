"""Browsers share the pages, and a browser that stops takes none with it."""

from collections.abc import Callable
from threading import Barrier, Lock
from typing import Any

import pytest
from selenium.common.exceptions import TimeoutException, WebDriverException

from wagtail_careers.audit.run import Work, results


class Browsers:
    """Starts browsers that are none, and counts those that run."""

    def __init__(self) -> None:
        self.started = 0
        self.running = 0
        self.lock = Lock()

    def start(self) -> Any:
        with self.lock:
            self.started += 1
            self.running += 1
        return Browser(self)


class Browser:
    def __init__(self, browsers: Browsers) -> None:
        self.browsers = browsers
        self.is_open = True

    def quit(self) -> None:
        with self.browsers.lock:
            self.browsers.running -= self.is_open
        self.is_open = False


@pytest.fixture
def browsers() -> Browsers:
    return Browsers()


def run(
    browsers: Browsers, do: Callable[[Any, int], str], jobs: list[int], workers: int = 1
) -> list[str]:
    work = Work(browsers.start, do, lambda job, reason: f"{job} failed: {reason}")
    return sorted(results(work, jobs, workers, browsers.start()))


def test_each_job_is_done_once_in_one_browser(browsers: Browsers) -> None:
    assert run(browsers, lambda _driver, job: f"{job}", [1, 2, 3]) == ["1", "2", "3"]
    assert (browsers.started, browsers.running) == (1, 0)


def test_browsers_work_at_the_same_time(browsers: Browsers) -> None:
    together = Barrier(2, timeout=10)

    def do(_driver: Any, job: int) -> str:
        together.wait()
        return f"{job}"

    assert run(browsers, do, [1, 2, 3, 4], workers=2) == ["1", "2", "3", "4"]
    assert (browsers.started, browsers.running) == (2, 0)


def test_no_more_browsers_are_started_than_there_are_jobs(browsers: Browsers) -> None:
    run(browsers, lambda _driver, job: f"{job}", [1], workers=8)
    assert browsers.started == 1


def test_there_may_be_no_jobs(browsers: Browsers) -> None:
    assert run(browsers, lambda _driver, job: f"{job}", [], workers=2) == []
    assert browsers.running == 0


def test_a_job_is_done_in_another_browser_when_one_stops(browsers: Browsers) -> None:
    def do(driver: Any, job: int) -> str:
        if job == 2 and browsers.started == 1:
            raise WebDriverException("tab crashed")
        return f"{job}"

    assert run(browsers, do, [1, 2, 3]) == ["1", "2", "3"]
    assert (browsers.started, browsers.running) == (2, 0)


def test_a_job_that_stops_every_browser_is_given_up(browsers: Browsers) -> None:
    def do(_driver: Any, job: int) -> str:
        if job == 2:
            raise WebDriverException("tab crashed\nand a stack trace")
        return f"{job}"

    assert run(browsers, do, [1, 2, 3]) == ["1", "2 failed: tab crashed", "3"]
    assert browsers.running == 0


def test_a_job_that_takes_too_long_is_not_tried_again(browsers: Browsers) -> None:
    tries: list[int] = []

    def do(_driver: Any, job: int) -> str:
        tries.append(job)
        raise TimeoutException("too long")

    assert run(browsers, do, [1]) == ["1 failed: too long"]
    assert tries == [1]


def test_another_error_ends_the_run_and_closes_the_browsers(browsers: Browsers) -> None:
    def do(_driver: Any, job: int) -> str:
        raise LookupError(f"a mistake in job {job}")

    with pytest.raises(LookupError, match="a mistake in job"):
        run(browsers, do, [1, 2, 3], workers=2)
    assert browsers.running == 0


def test_a_browser_that_does_not_start_ends_the_run(browsers: Browsers) -> None:
    first = browsers.start()

    def start() -> Any:
        raise WebDriverException("no browser")

    work: Work[int, str] = Work(start, lambda _driver, job: "", lambda _job, reason: reason)

    def do(driver: Any, job: int) -> str:
        raise WebDriverException("crashed")

    work = Work(start, do, lambda _job, reason: reason)
    with pytest.raises(WebDriverException, match="no browser"):
        list(results(work, [1], 1, first))


def test_closing_early_closes_the_browsers(browsers: Browsers) -> None:
    work = Work(browsers.start, lambda _driver, job: f"{job}", lambda job, _reason: f"{job}")
    done = results(work, list(range(50)), 2, browsers.start())
    next(done)
    done.close()
    assert browsers.running == 0
