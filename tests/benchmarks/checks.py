"""The check of many links, against the least time that politeness allows.

Each host is asked by at most two requests at a time and answers after 100 ms, so no program
could be quicker than ``IDEAL``. The servers run in another process and keep the connection
open, as most sites do.
"""

import asyncio
import multiprocessing
import statistics
import time
from collections import Counter
from ipaddress import ip_network
from itertools import chain
from typing import Any

HOSTS = 50
URLS = 1000
ROUNDS = 5
QUICK_ROUNDS = 1
ANSWER_SECONDS = 0.1


def run(quick: bool) -> None:
    """Measure and print."""
    from rich.console import Console
    from rich.table import Table

    rounds = QUICK_ROUNDS if quick else ROUNDS
    ideal = ideal_seconds()
    table = Table(
        "Check",
        "Median (s)",
        "Ideal (s)",
        "Ratio",
        "Worst ratio",
        title=f"{URLS} URLs on {HOSTS} hosts that answer after 100 ms: {rounds} rounds",
    )
    with_servers = multiprocessing.get_context("spawn")
    ports: Any = with_servers.Queue()
    servers = with_servers.Process(target=serve, args=(ports,), daemon=True)
    servers.start()
    try:
        port = ports.get(timeout=30)
        for name, measure in (("on the network", on_the_network), ("and saved", and_saved)):
            times = [measure(port) for _round in range(rounds + 1)][1:]
            median = statistics.median(times)
            table.add_row(
                name,
                f"{median:.2f}",
                f"{ideal:.2f}",
                f"{median / ideal:.2f}",
                f"{max(times) / ideal:.2f}",
            )
    finally:
        servers.terminate()
        servers.join()
    Console(width=100).print(table)


def ideal_seconds() -> float:
    from wagtail_careers.web.client import Limits

    return URLS / HOSTS / Limits().requests_per_host * ANSWER_SECONDS


def addresses(port: int) -> list[str]:
    return [f"http://127.0.1.{number % HOSTS + 1}:{port}/{number}" for number in range(URLS)]


def network(port: int) -> Any:
    from wagtail_careers.web.addresses import AddressPolicy
    from wagtail_careers.web.client import Network

    return Network(AddressPolicy(frozenset({port}), (ip_network("127.0.1.0/24"),)))


def on_the_network(port: int) -> float:
    """The seconds that the checks take, without what goes to the database."""
    from wagtail_careers.link_checks.check import CheckRequest, check_urls

    targets = [CheckRequest(url) for url in addresses(port)]
    started = time.perf_counter()
    checked = check_urls(targets, user_agent="bench", network=network(port))
    found = list(chain.from_iterable(checked))
    seconds = time.perf_counter() - started
    expect_ok(Counter(finding.verdict for finding in found))
    return seconds


def and_saved(port: int) -> float:
    """The seconds that a run of ``check_links`` takes, on the rows that it has prepared."""
    from unittest.mock import patch

    from wagtail_careers.link_checks import health, run
    from wagtail_careers.models import LinkCheck, SharedLink

    if not SharedLink.objects.filter(base_url__contains="127.0.1.").exists():
        from tests.factories import SharedLinkFactory

        for url in addresses(port):
            SharedLinkFactory(base_url=url)
    rows = [row for row in health.prepare() if "127.0.1." in row.url]
    with patch.object(run, "network", lambda: network(port)):
        started = time.perf_counter()
        list(run.check_addresses(rows))
        seconds = time.perf_counter() - started
    saved = LinkCheck.objects.filter(pk__in=[row.pk for row in rows])
    expect_ok(Counter(saved.values_list("verdict", flat=True)))
    return seconds


def expect_ok(verdicts: Counter[str]) -> None:
    """Nothing is measured that went wrong."""
    if verdicts != {"ok": URLS}:
        raise RuntimeError(f"{URLS} URLs had these verdicts: {verdicts}")


class _Slow(asyncio.Protocol):
    """Answers each request after a while."""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        for _request in range(data.count(b"\r\n\r\n")):
            asyncio.get_running_loop().call_later(
                ANSWER_SECONDS,
                self.transport.write,
                b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            )


def serve(ports: Any) -> None:
    """Serve all hosts at one port, which goes into the queue ``ports``."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        first = await loop.create_server(_Slow, "127.0.1.1", 0, backlog=128)
        port = first.sockets[0].getsockname()[1]
        for number in range(2, HOSTS + 1):
            await loop.create_server(_Slow, f"127.0.1.{number}", port)
        ports.put(port)
        await first.serve_forever()

    asyncio.run(main())
