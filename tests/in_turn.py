"""A server that answers one request after another."""

from collections.abc import Iterable
from threading import Lock
from typing import Any


class InTurn:
    """A WSGI application whose requests wait for each other, because they share a connection.

    Two threads that use one connection to SQLite at the same moment misuse it, and one of them
    gets an error that no site has.
    """

    def __init__(self, application: Any) -> None:
        self.application = application
        self.lock = Lock()

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        with self.lock:
            found: Iterable[bytes] = self.application(environ, start_response)
            return found
