"""A real Varnish in front of a server, with the configuration that the documentation gives."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from tests.caches.how_to import example

START_SECONDS = 60


class Answer(NamedTuple):
    cached: bool
    html: str


def find() -> str | None:
    """The program, which Debian keeps out of the paths of people who are not root."""
    return shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")


def documented_vcl(backend_url: str) -> str:
    """The file in the how-to guide, for the server at ``backend_url``."""
    vcl = example("vcl")
    backend = urlsplit(backend_url)
    address = socket.gethostbyname(backend.hostname)
    old = '.host = "127.0.0.1";\n    .port = "8000";'
    assert vcl.count(old) == 1
    return vcl.replace(old, f'.host = "{address}";\n    .port = "{backend.port}";')


@contextmanager
def in_front_of(backend_url: str, folder: Path) -> Iterator[str]:
    """The address of a Varnish that asks ``backend_url``; its files are in ``folder``."""
    (folder / "default.vcl").write_text(documented_vcl(backend_url), encoding="utf-8")
    port = _free_port()
    command = [
        *(find(), "-F", "-a", f"127.0.0.1:{port}", "-f", folder / "default.vcl"),
        # Without a user of its own, who could not read the folder; and with little memory.
        *("-j", "none", "-n", folder / "varnish", "-s", "malloc,16m"),
    ]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, process, folder / "log")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def fetch(url: str) -> Answer:
    response = httpx.get(url, timeout=30).raise_for_status()
    return Answer(response.headers["X-Cache"] == "HIT", response.text)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Varnish did not start: {log.read_text()}") from None
            time.sleep(0.1)
