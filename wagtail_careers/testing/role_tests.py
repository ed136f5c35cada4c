"""A test for each live role page of the site's database (``pytest --careers-roles``).

The pages are listed and served by another process: in this one, pytest-django lets no test use the
site's own database, and puts an empty one in its place.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

import pytest

from wagtail_careers.testing.assertion import raise_if_found
from wagtail_careers.testing.browser import PageError
from wagtail_careers.testing.session import NoBrowser, Session

#: The module that lists and serves the pages. It is named, and not imported, because it needs
#: Django, and these tools do not.
SERVER = "wagtail_careers.audit.role_server"

_LOG_LINES = 5
_SECONDS_TO_STOP = 10


class RoleTest(pytest.Item):
    """The test of one role page. Its id is the path of the page."""

    def __init__(self, *, careers: Session, url: str, log: "Log", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._careers = careers
        self._url = url
        self._log = log
        self.add_marker("careers_roles")

    def runtest(self) -> None:
        report = self._careers.check(self._url)
        raise_if_found(report, self._url)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """Show what was found without the lines of Python that found it."""
        if isinstance(excinfo.value, PageError):
            return f"{excinfo.value}\n{self._log.end()}".rstrip()
        if isinstance(excinfo.value, (AssertionError, NoBrowser)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name


@dataclass
class Log:
    """What the process with the server writes to its standard error."""

    file: IO[bytes]

    def end(self) -> str:
        """Return the last lines."""
        self.file.seek(0)
        lines = self.file.read().decode(errors="replace").splitlines()
        return "\n".join(lines[-_LOG_LINES:])


def role_tests(session: pytest.Session, careers: Session) -> list[RoleTest]:
    """Return the tests, and start the server that they need.

    Raises ``pytest.UsageError`` if the database cannot be read or has no live role page.
    """
    # It is open for as long as the server, and then deleted.
    log = Log(TemporaryFile())  # noqa: SIM115
    careers.at_end(log.file.close)
    pages = _pages(careers, log)
    if not pages:
        raise pytest.UsageError("--careers-roles: the site's database has no live role page.")
    return [
        RoleTest.from_parent(
            session, name=name, nodeid=name, careers=careers, url=_url(url, careers), log=log
        )
        for name, url in pages.items()
    ]


def _pages(careers: Session, log: Log) -> dict[str, str]:
    """Return the addresses of the pages by name, once the server answers them."""
    # Nothing in the command is from outside.
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log.file,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    careers.at_end(lambda: _stop(process))
    line = process.stdout.readline() if process.stdout else b""
    if not line:
        process.wait(_SECONDS_TO_STOP)
        raise pytest.UsageError(
            "--careers-roles: the site's database cannot be read. Check DJANGO_SETTINGS_MODULE.\n"
            f"{log.end()}"
        )
    pages: dict[str, str] = json.loads(line)
    return pages


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Close the input of the server, at which it ends."""
    process.communicate(timeout=_SECONDS_TO_STOP)


def _url(url: str, careers: Session) -> str:
    if not careers.base_url:
        return url
    return urljoin(f"{careers.base_url.rstrip('/')}/", urlsplit(url).path)
