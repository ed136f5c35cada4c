"""Checks of addresses on the network: many at once, but few at a time for each host."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from queue import SimpleQueue

from anyio.from_thread import start_blocking_portal
from django.utils.translation import gettext as _

from wagtail_careers.choices import FAULTS, Verdict
from wagtail_careers.link_checks.verdicts import (
    REDIRECTS,
    Trail,
    encrypted,
    judge,
    may_pass,
)
from wagtail_careers.web.addresses import URL, RefusedAddress
from wagtail_careers.web.client import Client, Limits, Network, Patience
from wagtail_careers.web.failures import (
    ChainIncomplete,
    LeftAlone,
    NameNotFound,
    NoNameService,
    NotUnderstood,
    RequestFailed,
    TimedOut,
    TLSFailed,
)

logger = logging.getLogger(__name__)

#: The longest validator that is stored; longer error messages are cut.
MAX_EVIDENCE = 500
#: Results wait for each other until so many are there, or none has come for so many seconds.
#: Whoever saves them keeps this program's threads from working, so best while sites are awaited.
BATCH = 100
PAUSE_SECONDS = 0.01


@dataclass(frozen=True)
class CheckRequest:
    """An address to check, with the validators of its last answer (RFC 9110, section 8.8)."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class CheckResult:
    """The verdict on an address, with the evidence.

    ``final_url`` is the end of the redirects, or the https version of an http address. Otherwise
    it is empty. ``status`` is None if there was no answer.
    """

    url: str
    verdict: Verdict
    status: int | None = None
    final_url: str = ""
    detail: str = ""
    etag: str = ""
    last_modified: str = ""


def check_urls(
    targets: Iterable[CheckRequest],
    *,
    user_agent: str,
    network: Network | None = None,
    limits: Limits | None = None,
) -> Generator[list[CheckResult], None, None]:
    """Check addresses, each listed once, and yield the results of each short while.

    The caller can take time over them, because another thread waits for the network. If the
    iterator is closed early, the checks in progress are cancelled.
    """
    results: SimpleQueue[list[CheckResult] | None] = SimpleQueue()
    run = _CheckRun(list(targets), network or Network(), limits or Limits(), results.put)
    with start_blocking_portal() as portal:
        done = portal.start_task_soon(run.check, user_agent)
        done.add_done_callback(lambda _done: results.put(None))
        try:
            while batch := results.get():
                yield batch
            done.result()
        finally:
            done.cancel()


def credible(batches: Iterable[list[CheckResult]]) -> Iterator[list[CheckResult]]:
    """Yield the results, but trust faults without an answer only once some site has answered.

    If none answers, be it the only one, this machine may have no connection, and the addresses
    count as not checked. A name that does not exist is an answer, of a name server.
    """
    silent: list[CheckResult] = []
    answered = False
    for batch in batches:
        believed: list[CheckResult] = []
        for result in batch:
            answered = answered or result.status is not None
            if not answered and result.verdict in FAULTS - {Verdict.NO_SUCH_HOST}:
                silent.append(result)
                continue
            if answered:
                believed += silent
                silent.clear()
            believed.append(result)
        yield believed
    detail = _("No site answered. Check the connection of this server.")
    yield [replace(each, verdict=Verdict.NOT_CHECKED, detail=detail) for each in silent]


@dataclass
class _CheckRun:
    """One run of checks."""

    targets: list[CheckRequest]
    network: Network
    limits: Limits
    report: Callable[[list[CheckResult]], None]
    waiting: dict[str, CheckRequest] = field(init=False)
    batch: list[CheckResult] = field(default_factory=list)
    pause: asyncio.TimerHandle | None = None

    def __post_init__(self) -> None:
        self.waiting = {target.url: target for target in self.targets}

    async def check(self, user_agent: str) -> None:
        """Report a result for each target."""
        try:
            async with (
                asyncio.timeout(self.limits.run_seconds),
                Client(self.network, self.limits, user_agent) as client,
                asyncio.TaskGroup() as workers,
            ):
                for queue in self._queues().values():
                    for _worker in range(min(self.limits.requests_per_host, len(queue))):
                        workers.create_task(self._work(client, queue))
        except TimeoutError:
            pass  # The remaining addresses are reported below.
        detail = _("The check ran out of time. The next check starts with this address.")
        for url in list(self.waiting):
            self._finish(CheckResult(url, Verdict.NOT_CHECKED, detail=detail))
        self._report()

    def _queues(self) -> dict[str, deque[tuple[CheckRequest, URL]]]:
        """Return the targets that may be requested, by host, and report the others at once."""
        queues: dict[str, deque[tuple[CheckRequest, URL]]] = {}
        for target in self.targets:
            try:
                url = self.network.policy.parse(target.url)
            except RefusedAddress as error:
                self._finish(CheckResult(target.url, Verdict.UNSAFE, detail=str(error)))
            else:
                queues.setdefault(url.host, deque()).append((target, url))
        return queues

    async def _work(self, client: Client, queue: deque[tuple[CheckRequest, URL]]) -> None:
        async with client.visit(queue[0][1]):
            while queue:
                target, url = queue.popleft()
                self._finish(await self._result(client, target, url))

    async def _result(self, client: Client, target: CheckRequest, url: URL) -> CheckResult:
        try:
            return await _Check(client, self.network, self.limits).result(target, url)
        except Exception as error:  # one site must not end the run for all others
            # This is a fault in our code, which says nothing about the site.
            logger.exception("The check of %s failed", target.url)
            detail = f"{type(error).__name__}: {error}"
            return CheckResult(target.url, Verdict.NOT_CHECKED, detail=detail)

    def _finish(self, result: CheckResult) -> None:
        del self.waiting[result.url]
        self.batch.append(result)
        if self.pause is not None:
            self.pause.cancel()
        if len(self.batch) == BATCH:
            self._report()
        else:
            self.pause = asyncio.get_running_loop().call_later(PAUSE_SECONDS, self._report)

    def _report(self) -> None:
        if self.batch:
            self.report(self.batch)
            self.batch = []


@dataclass(frozen=True)
class _Check:
    """The check of one address."""

    client: Client
    network: Network
    limits: Limits

    async def result(self, target: CheckRequest, url: URL) -> CheckResult:
        trail = await self._follow(url, _conditions(target))
        if may_pass(trail) and not self.client.site(trail.final).closed:
            await asyncio.sleep(self.limits.retry_pause_seconds)
            trail = await self._follow(url, {})
        if judge(trail).verdict == Verdict.NO_SUCH_HOST:
            trail = await self._confirmed(trail)
        judgement, final_url = judge(trail), trail.final_url
        verdict = judgement.verdict
        if verdict == Verdict.HTTP_ONLY or (verdict == Verdict.OK and await self._has_https(url)):
            verdict, final_url = Verdict.HTTP_ONLY, str(encrypted(url))
        return CheckResult(
            target.url,
            verdict,
            trail.status,
            final_url,
            judgement.detail[:MAX_EVIDENCE],
            *_validators(target, trail, judgement.verdict),
        )

    async def _confirmed(self, trail: Trail) -> Trail:
        """Return ``trail`` if names can be looked up: without a network, some systems find none."""
        if await self.client.can_look_up_names():
            return trail
        detail = _("No names can be looked up. Check the connection of this server.")
        return trail.failed(Verdict.NOT_CHECKED, detail)

    async def _has_https(self, url: URL) -> bool:
        """Return whether an http address also works with https, all the way."""
        https, site = encrypted(url), self.client.site(url)
        if https is None or site.without_https:
            return False
        try:
            self.network.policy.parse(str(https))
        except RefusedAddress:
            return False
        trail = await self._follow(https, {})
        site.without_https = trail.fault is not None and trail.status is None
        works = judge(trail).verdict in (Verdict.OK, Verdict.MOVED)
        return works and trail.final.scheme == "https"

    async def _follow(self, url: URL, conditions: dict[str, str]) -> Trail:
        """Request ``url`` and follow its redirects.

        By GET alone: many servers answer HEAD wrongly, and it says nothing about the page.
        """
        trail = Trail(url, url)
        patience = Patience(self.limits.url_seconds)
        try:
            while True:
                answer = await self.client.get(trail.final, conditions, patience)
                trail = trail.answered(answer)
                if answer.status not in REDIRECTS or not answer.location:
                    return trail
                if len(trail.redirects) == self.limits.redirects:
                    return _endless(trail)
                trail = trail.redirected(self.network.policy.parse(answer.location, trail.final))
                conditions = {}
        except RefusedAddress as error:
            return trail.failed(Verdict.UNSAFE, str(error))
        except RequestFailed as error:
            return _failed(trail, error)


def _failed(trail: Trail, error: RequestFailed) -> Trail:
    """Return ``trail`` with the verdict on a request that got no answer."""
    match error:
        case LeftAlone():
            detail = _("The site asked to wait before the next request (Retry-After).")
            return trail.failed(Verdict.NOT_CHECKED, detail)
        case TimedOut():
            return trail.failed(
                Verdict.TIMED_OUT, _("The site did not answer in time."), passing=True
            )
        case NoNameService():
            detail = _("The name server did not answer: %s.") % error
            return trail.failed(Verdict.NOT_CHECKED, detail, passing=True)
        case NameNotFound():
            # A link can be dead because of it, so the name is looked up again.
            return trail.failed(Verdict.NO_SUCH_HOST, str(error), passing=True)
        case ChainIncomplete():
            detail = _(
                "The site sends an incomplete chain of certificates, which browsers can complete, "
                "or its authority is not known: %s"
            )
            return trail.failed(Verdict.CHECK_MANUALLY, detail % error)
        case TLSFailed():
            return trail.failed(Verdict.TLS, str(error))
        case NotUnderstood():
            detail = _("The answer breaks the rules of HTTP. Browsers may show it all the same: %s")
            return trail.failed(Verdict.CHECK_MANUALLY, detail % error)
    return trail.failed(Verdict.UNREACHABLE, str(error), passing=True)


def _endless(trail: Trail) -> Trail:
    if trail.cookies:
        detail = _("The site redirects repeatedly without cookies.")
        return trail.failed(Verdict.REFUSED_ROBOTS, detail)
    detail = _("The address redirects more than %d times.") % len(trail.redirects)
    return trail.failed(Verdict.SERVER_ERROR, detail)


def _conditions(target: CheckRequest) -> dict[str, str]:
    """Return headers for a conditional request (RFC 9110, section 13)."""
    headers = {"If-None-Match": target.etag, "If-Modified-Since": target.last_modified}
    return {name: value for name, value in headers.items() if value}


def _validators(target: CheckRequest, trail: Trail, verdict: Verdict) -> tuple[str, str]:
    """Return the validators for the next request: ETag and Last-Modified of the address itself.

    A page that has not changed since then works, so only a page that works gets any.
    """
    if trail.answer is None or trail.redirects or verdict != Verdict.OK:
        return "", ""
    known = (target.etag, target.last_modified) if trail.answer.status == 304 else ("", "")
    given = (trail.answer.headers.get(name, "") for name in ("etag", "last-modified"))
    usable = [value if value.isascii() and len(value) <= MAX_EVIDENCE else "" for value in given]
    return usable[0] or known[0], usable[1] or known[1]
