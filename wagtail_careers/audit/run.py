"""Several browsers at work on one list of pages."""

from collections.abc import Callable, Generator, Sequence
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
) -> Generator[Result, None, None]:
    """Yield the result of each job, in the order in which they are done.

    ``first`` is a browser that runs; up to ``workers`` - 1 more are started. All are closed in the
    end, also if the iterator is closed early. Raises what ``start`` raises.
    """
    queues: _Queues[Job] = _Queues()
    for job in jobs:
        queues.jobs.put(job)
    drivers = [first, *[None] * (min(workers, len(jobs)) - 1)]
    threads = [Thread(target=_Worker(work, queues, driver).run, daemon=True) for driver in drivers]
    for thread in threads:
        thread.start()
    try:
        for _job in jobs:
            done = queues.done.get()
            if isinstance(done, _Failed):
                raise done.error
            yield done
    finally:
        queues.stopped.set()
        for thread in threads:
            thread.join()


@dataclass(frozen=True)
class _Failed:
    """An error that ends the run, for the thread that reads the results."""

    error: BaseException


@dataclass(frozen=True)
class _Queues(Generic[Job]):
    jobs: SimpleQueue[Job] = field(default_factory=SimpleQueue)
    done: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    stopped: Event = field(default_factory=Event)


@dataclass
class _Worker(Generic[Job, Result]):
    """A thread with one browser at a time; none until a job needs it."""

    work: Work[Job, Result]
    queues: _Queues[Job]
    driver: WebDriver | None

    def run(self) -> None:
        """Do jobs until there are no more."""
        try:
            while not self.queues.stopped.is_set():
                self.queues.done.put(self._result(self.queues.jobs.get_nowait()))
        except Empty:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            self.queues.done.put(_Failed(error))
        finally:
            self._quit()

    def _result(self, job: Job) -> Result:
        """Return the result of a job. Do it in another browser if one stops."""
        reason = ""
        for _attempt in range(ATTEMPTS):
            self.driver = self.driver or self.work.start()
            try:
                return self.work.do(self.driver, job)
            except WebDriverException as error:
                # One that was too slow may still be busy with the page.
                self._quit()
                reason = (error.msg or type(error).__name__).partition("\n")[0]
                if self.queues.stopped.is_set() or isinstance(error, TimeoutException):
                    break
        return self.work.give_up(job, reason)

    def _quit(self) -> None:
        driver, self.driver = self.driver, None
        if driver:
            with suppress(WebDriverException, OSError):
                driver.quit()
