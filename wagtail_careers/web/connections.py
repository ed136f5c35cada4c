"""Connections to public addresses only.

For each connection, the host name is resolved once, all its addresses are checked, and the
connection goes to one of the checked addresses. If the name changes between the check and the
connection, this has no effect. TLS verifies the name.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from socket import SOCK_STREAM, getaddrinfo
from typing import Any

import httpcore

from wagtail_careers.web.addresses import AddressPolicy, literal

#: Returns the IP addresses of a host name, each with a port, as ``getaddrinfo`` does.
Resolve = Callable[[str, int], Awaitable[Sequence[tuple[str, int]]]]

#: The time after which the next of several addresses is tried, in seconds.
CONNECT_SECONDS = 4


@dataclass(frozen=True)
class CheckedBackend(httpcore.AsyncNetworkBackend):
    """A network backend that connects only to the addresses that a policy allows."""

    policy: AddressPolicy
    resolve: Resolve
    plain: httpcore.AsyncNetworkBackend = field(default_factory=httpcore.AnyIOBackend)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        found = [(host, port)] if literal(host) else await self.resolve(host, port)
        for ip, _port in found:
            self.policy.check_ip(ip)
        *first, last = found
        for ip, port_there in first:
            try:
                return _Stream(await self.plain.connect_tcp(ip, port_there, CONNECT_SECONDS))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Stream(await self.plain.connect_tcp(*last))

    async def connect_unix_socket(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True)
class _Stream(httpcore.AsyncNetworkStream):
    """A connection that is closed if time runs out during the TLS handshake."""

    plain: httpcore.AsyncNetworkStream

    async def start_tls(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        try:
            return await self.plain.start_tls(*args, **kwargs)
        except asyncio.CancelledError:
            # httpcore would leave the connection open.
            await self.plain.aclose()
            raise

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self.plain.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self.plain.write(buffer, timeout)

    async def aclose(self) -> None:
        await self.plain.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self.plain.get_extra_info(info)


async def look_up(threads: ThreadPoolExecutor, host: str, port: int) -> list[tuple[str, int]]:
    """Resolve ``host`` as the system does, in one of ``threads``. Raises ``OSError``."""
    loop = asyncio.get_running_loop()
    ask = partial(getaddrinfo, host, port, type=SOCK_STREAM)
    found = await loop.run_in_executor(threads, ask)
    return list(dict.fromkeys((str(entry[4][0]), port) for entry in found))
