"""Requests to other sites: to public addresses only, few at a time, small and short.

``connections`` opens the connections, and ``failures`` has the ways in which a request can fail.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache, partial
from types import TracebackType

import certifi
import httpcore

from wagtail_careers.web.addresses import DEFAULT_PORTS, URL, AddressPolicy, port_of
from wagtail_careers.web.connections import CheckedBackend, Resolve, look_up
from wagtail_careers.web.failures import LeftAlone, request_failures

#: The number of simultaneous name lookups. Each takes a thread.
LOOK_UPS = 32
#: A name of the domain name system itself, so it exists wherever names can be looked up.
_ROOT_SERVER = "a.root-servers.net"
_NOT_ASCII = re.compile(r"[\x80-\xff]")


@dataclass(frozen=True)
class Limits:
    """Limits on the load of other sites and of this machine. Times are in seconds."""

    #: The time for a run. Addresses that it does not reach are not checked.
    run_seconds: float = 3600
    #: The time for one attempt at an address, with redirects, but without waiting for a turn.
    url_seconds: float = 10
    #: Enough for most pages. The rest of a longer one is not read.
    body_bytes: int = 256 * 1024
    #: As many as browsers follow (https://fetch.spec.whatwg.org/#concept-http-redirect-fetch).
    redirects: int = 20
    requests_per_host: int = 2
    requests: int = 200
    #: The longest Retry-After of a site that a run waits for.
    retry_after_seconds: float = 120
    #: The time between a passing fault and the second attempt.
    retry_pause_seconds: float = 1


@dataclass(frozen=True)
class Network:
    """The access to other sites. Tests replace parts of it, but no setting does."""

    policy: AddressPolicy = field(default_factory=AddressPolicy)
    #: With None, the system resolves names.
    resolve: Resolve | None = None
    #: With None, the certificate authorities in Mozilla's list are trusted.
    ssl_context: ssl.SSLContext | None = None


@dataclass(frozen=True)
class Answer:
    """The answer of a site. Names of headers are in lower case, and each character is a byte."""

    status: int
    headers: Mapping[str, str]
    #: The beginning of the body.
    body: bytes = b""
    #: Whether ``body`` is all of it.
    is_whole: bool = True

    @property
    def location(self) -> str:
        """The address that a redirect leads to. Its bytes are kept, in whatever encoding."""
        location = self.headers.get("location", "")
        return _NOT_ASCII.sub(lambda byte: f"%{ord(byte[0]):02X}", location)

    @property
    def retry_after(self) -> float | None:
        """The seconds to wait before the next request, if the site sets it (RFC 9110, 10.2.3)."""
        text = self.headers.get("retry-after", "").strip()
        if self.status not in (429, 503) or not text:
            return None
        if text.isdecimal() and text.isascii():
            return float(text)
        try:
            at = parsedate_to_datetime(text)
        except (OverflowError, ValueError):
            return None
        return max((at - datetime.now(at.tzinfo)).total_seconds(), 0)


class Client:
    """A client for requests to sites, used with ``async with``.

    Requests share no data: no cookies, no credentials. Proxies in the environment are ignored,
    because a proxy would choose the addresses to connect to.
    """

    def __init__(self, network: Network, limits: Limits, user_agent: str) -> None:
        self._limits = limits
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            # Bodies are not decompressed, so that a small body cannot become large.
            "Accept-Encoding": "identity",
        }
        self._look_ups = ThreadPoolExecutor(LOOK_UPS, thread_name_prefix="look-up")
        self._backend = CheckedBackend(
            network.policy, network.resolve or partial(look_up, self._look_ups)
        )
        self._ssl_context = network.ssl_context or _trusting_mozilla()
        self._sites: dict[str, Site] = {}
        self._turns = asyncio.Semaphore(limits.requests)

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._look_ups.shutdown(wait=False, cancel_futures=True)
        for site in self._sites.values():
            await site.pool.aclose()

    def site(self, url: URL) -> "Site":
        """Return the site of ``url``. All ports of a host are one site."""
        if url.host not in self._sites:
            pool = httpcore.AsyncConnectionPool(
                ssl_context=self._ssl_context,
                # The number of connections is limited by turns.
                max_connections=None,
                network_backend=self._backend,
            )
            self._sites[url.host] = Site(pool, asyncio.Semaphore(self._limits.requests_per_host))
        return self._sites[url.host]

    @asynccontextmanager
    async def visit(self, url: URL) -> AsyncIterator[None]:
        """Keep connections to a site open within the block, and close them after the last visit."""
        site = self.site(url)
        site.visitors += 1
        try:
            yield
        finally:
            site.visitors -= 1
            if not site.visitors:
                await site.pool.aclose()

    async def can_look_up_names(self) -> bool:
        """Return whether this machine can look up a name that certainly exists."""
        try:
            return bool(await self._backend.resolve(_ROOT_SERVER, DEFAULT_PORTS["https"]))
        except OSError:
            return False

    async def get(self, url: URL, headers: Mapping[str, str], patience: "Patience") -> Answer:
        """Return the answer to one GET request, sent when it is its turn.

        At most ``body_bytes`` of the body are read. Raises ``RefusedAddress`` if the name leads to
        an address that is not allowed, and ``RequestFailed`` if there is no answer.
        """
        with request_failures():
            return await self._get(url, headers, patience)

    async def _get(self, url: URL, headers: Mapping[str, str], patience: "Patience") -> Answer:
        async with self.visit(url):
            site = self.site(url)
            async with site.turns:
                await site.ready()
                if site.closed:
                    raise LeftAlone
                async with self._turns, patience.spent():
                    answer = await self._send(site, url, headers)
                site.heed(answer, self._limits.retry_after_seconds)
                return answer

    async def _send(self, site: "Site", url: URL, headers: Mapping[str, str]) -> Answer:
        host = url.host.strip("[]")
        address = httpcore.URL(scheme=url.scheme, host=host, port=port_of(url), target=url.target)
        sent = {"Host": url.netloc, **self._headers, **headers}
        async with site.pool.stream("GET", address, headers=list(sent.items())) as response:
            body, is_whole = await self._read(response)
        return Answer(response.status, _read_headers(response.headers), body, is_whole)

    async def _read(self, response: httpcore.Response) -> tuple[bytes, bool]:
        """Return the body up to ``body_bytes``, and whether that is all of it."""
        body = bytearray()
        try:
            async for part in response.aiter_stream():
                body += part
                if len(body) >= self._limits.body_bytes:
                    return bytes(body[: self._limits.body_bytes]), False
        except (httpcore.NetworkError, httpcore.ProtocolError):
            # Browsers show what they got.
            return bytes(body), False
        return bytes(body), True


@dataclass
class Site:
    """The state of one host: its connections, its turns, and the time of the next request."""

    pool: httpcore.AsyncConnectionPool
    turns: asyncio.Semaphore
    visitors: int = 0
    #: The time of the next request, by the clock of the event loop.
    ready_at: float = 0
    #: Whether the site's Retry-After is longer than a run waits.
    closed: bool = False
    #: Whether https was tried for an http address, without an answer.
    without_https: bool = False

    async def ready(self) -> None:
        """Wait until the site accepts another request."""
        loop = asyncio.get_running_loop()
        while (wait := self.ready_at - loop.time()) > 0:
            await asyncio.sleep(wait)

    def heed(self, answer: Answer, longest: float) -> None:
        """Respect the Retry-After of ``answer``, or close the site if it exceeds ``longest``."""
        if answer.retry_after is None:
            return
        if answer.retry_after > longest:
            self.closed = True
            return
        now = asyncio.get_running_loop().time()
        self.ready_at = max(self.ready_at, now + answer.retry_after)


@dataclass
class Patience:
    """The remaining time for one attempt, in seconds, which runs only inside ``spent``."""

    left: float

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with asyncio.timeout(max(self.left, 0)):
                yield
        finally:
            self.left -= loop.time() - started


@cache
def _trusting_mozilla() -> ssl.SSLContext:
    """Return one shared context, because creating a context takes long."""
    return ssl.create_default_context(cafile=certifi.where())


def _read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("ascii").lower(): value.decode("latin-1") for name, value in raw}
