"""A small web on this machine, that link checks find by name at the usual ports."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_network
from socket import EAI_NONAME, gaierror
from typing import Any

import trustme
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from wagtail_careers.link_checks.check import CheckRequest, CheckResult, check_urls
from wagtail_careers.web.addresses import AddressPolicy
from wagtail_careers.web.client import Limits, Network

LOOPBACK = ip_network("127.0.0.0/8")

#: No pause between attempts, so that tests are quick.
LIMITS = {"url_seconds": 10, "retry_pause_seconds": 0}


class _Server(HTTPServer):
    """A server that notes requests when they come, not when they are answered.

    A check that gives up leaves the server at work. What it notes then would be found in the
    next test.
    """

    def application(self, request: Request) -> Response:
        request.get_data()
        self.log.append((request, Response()))
        return self.dispatch(request)


class Web:
    """Sites of any name, served by one server for http and one for https.

    ``names`` says where a name leads if not to these: to an IP address, or to one with a port.
    A name below ``.unknown`` leads nowhere.
    """

    def __init__(self, http: HTTPServer, https: HTTPServer, trusting: ssl.SSLContext) -> None:
        self.http = http
        self.https = https
        self.trusting = trusting
        self.names: dict[str, list[str | tuple[str, int]]] = {}
        self.looked_up: list[str] = []

    async def resolve(self, host: str, port: int) -> Sequence[tuple[str, int]]:
        self.looked_up.append(host)
        if host.endswith(".unknown"):
            raise gaierror(EAI_NONAME, "Name or service not known")
        there = {80: self.http.port, 443: self.https.port}[port]
        found = self.names.get(host, ["127.0.0.1"])
        return [(entry, there) if isinstance(entry, str) else entry for entry in found]

    @property
    def network(self) -> Network:
        return Network(AddressPolicy(exceptions=(LOOPBACK,)), self.resolve, self.trusting)

    def check_all(self, *targets: str | CheckRequest, **limits: Any) -> dict[str, CheckResult]:
        found = check_urls(
            [CheckRequest(target) if isinstance(target, str) else target for target in targets],
            user_agent="wagtail-careers/test (link check)",
            network=self.network,
            limits=Limits(**{**LIMITS, **limits}),
        )
        return {finding.url: finding for batch in found for finding in batch}

    def check(self, target: str | CheckRequest, **limits: Any) -> CheckResult:
        (finding,) = self.check_all(target, **limits).values()
        return finding

    def page(self, path: str, status: int = 200, **headers: str) -> None:
        """Serve a page by http and by https, at any name."""
        for server in (self.http, self.https):
            server.expect_request(path).respond_with_data(
                "A page", status=status, headers=_headers(headers)
            )

    def redirect(self, path: str, location: str, status: int = 301, **headers: str) -> None:
        self.page(path, status, location=location, **headers)

    def asked(self, path: str = "") -> list[str]:
        """The methods of the requests for ``path``, or for anything, in order."""
        return [
            request.method
            for server in (self.http, self.https)
            for request, _response in server.log
            if not path or request.path == path
        ]

    def clear(self) -> None:
        self.http.clear()
        self.https.clear()
        self.names.clear()
        self.looked_up.clear()


@contextmanager
def serving_web() -> Iterator[Web]:
    authority = trustme.CA()
    server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("careers.example", "*.careers.example", "other.example").configure_cert(
        server_context
    )
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with (
        _Server(host="127.0.0.1", threaded=True) as http,
        _Server(host="127.0.0.1", threaded=True, ssl_context=server_context) as https,
    ):
        yield Web(http, https, trusting)


@contextmanager
def serving(
    answer: Callable[[socket.socket, bytes], None],
    *,
    tls: ssl.SSLContext | None = None,
    ip: str = "127.0.0.1",
) -> Iterator[int]:
    """The port of a server of no manners: ``answer`` gets each connection and its request."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                connection = (
                    tls.wrap_socket(self.request, server_side=True) if tls else self.request
                )
                answer(connection, connection.recv(65536))
            except OSError:
                pass  # The other side has had enough.

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 64

    with Server((ip, 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class Crowd:
    """Counts how many are served at the same time.

    The first ones wait until as many are there as are ``expected``, so that a busy machine does not
    serve one after the other.
    """

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.now = self.most = self.served = 0
        self._lock = threading.Lock()
        self._all_here = threading.Event()

    @contextmanager
    def entered(self) -> Iterator[None]:
        with self._lock:
            self.now += 1
            self.served += 1
            self.most = max(self.most, self.now)
            if self.now == self.expected:
                self._all_here.set()
        try:
            self._all_here.wait(timeout=5)
            # One more than expected would come in now.
            time.sleep(0.03)
            yield
        finally:
            with self._lock:
                self.now -= 1


def _headers(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
