"""Several browsers at work on one list of pages."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

Job = TypeVar("Job")
Result = TypeVar("Result")

#: The number of browsers that a page may stop before it counts as one that cannot be tested.
ATTEMPTS = 2


@dataclass(frozen=True)
class Work(Generic[Job, Result]):
    """What each browser does.

    ``start`` starts a browser, ``do`` does a job in one, and ``give_up`` makes the result of a job
    that stopped every browser.
    """

    start: Callable[[], WebDriver]
    do: Callable[[WebDriver, Job], Result]
    give_up: Callable[[Job, str], Result]


def results(
    work: Work[Job, Result], jobs: Sequence[Job], workers: int, first: WebDriver
) -> Iterator[Result]:
    """Yield the result of each job, in the order in which they are done.

    ``first`` is a browser that runs; up to ``workers`` - 1 more are started. All are closed in the
    end, also if the iterator is closed early. Raises what ``start`` raises.
    """
    crew: _Crew[Job, Result] = _Crew(work)
    for job in jobs:
        crew.jobs.put(job)
    drivers = [first, *[None] * (min(workers, len(jobs)) - 1)]
    threads = [Thread(target=crew.run, args=(driver,), daemon=True) for driver in drivers]
    for thread in threads:
        thread.start()
    try:
        for _job in jobs:
            done = crew.done.get()
            if isinstance(done, _Failed):
                raise done.error
            yield done
    finally:
        crew.stopped.set()
        for thread in threads:
            thread.join()


@dataclass(frozen=True)
class _Failed:
    """An error that ends the run, for the thread that reads the results."""

    error: Exception


@dataclass
class _Crew(Generic[Job, Result]):
    work: Work[Job, Result]
    jobs: SimpleQueue[Job] = field(default_factory=SimpleQueue)
    done: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    stopped: Event = field(default_factory=Event)

    def run(self, driver: WebDriver | None) -> None:
        """Do jobs until there are no more, in one browser as long as it lasts."""
        try:
            while not self.stopped.is_set():
                job = self.jobs.get_nowait()
                driver = self._do(driver, job)
        except Empty:
            pass
        except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
            self.done.put(_Failed(error))
        finally:
            _quit(driver)

    def _do(self, driver: WebDriver | None, job: Job) -> WebDriver | None:
        """Do a job, and return the browser that is left. Start another one if one stops."""
        reason = ""
        for _attempt in range(ATTEMPTS):
            if self.stopped.is_set():
                return driver
            driver = driver or self.work.start()
            try:
                self.done.put(self.work.do(driver, job))
                return driver
            except WebDriverException as error:
                reason = (error.msg or type(error).__name__).partition("\n")[0]
                if isinstance(error, TimeoutException):
                    break
                _quit(driver)
                driver = None
        self.done.put(self.work.give_up(job, reason))
        # A browser that was too slow may still be busy with the page.
        _quit(driver)
        return None


def _quit(driver: WebDriver | None) -> None:
    if driver:
        with suppress(WebDriverException, OSError):
            driver.quit()
