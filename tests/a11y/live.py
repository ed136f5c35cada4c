"""A live site whose content exists in a transaction only.

Django's live server needs content that is committed, and everything in the database deleted
after each test. Here the server reads through the connection of the tests instead: content is
loaded once for many tests, no other test sees it, and rolling back is all the cleaning.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections, transaction
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler
from wagtail.models import Site

from tests.in_turn import InTurn


class _Server(ThreadedWSGIServer):
    def _close_connections(self) -> None:
        """Leave the connection open: it is that of the tests."""


class _Thread(LiveServerThread):
    def __init__(self, connection: Any) -> None:
        # Not handed on to Django's class, which would close it at the end.
        self.shared_connection = connection
        super().__init__("localhost", lambda application: InTurn(StaticFilesHandler(application)))
        self.daemon = True

    def _create_server(self, connections_override: Any = None) -> _Server:
        return _Server(
            (self.host, self.port),
            QuietWSGIRequestHandler,
            allow_reuse_address=False,
            connections_override={DEFAULT_DB_ALIAS: self.shared_connection},
        )


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo all that is written within."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        # Wagtail keeps the addresses of sites in its cache.
        Site.clear_site_root_paths_cache()


@contextmanager
def connections_kept() -> Iterator[None]:
    """Let no request close the connection because it is in a transaction.

    Django's test client does the same.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server that shares the connection of this thread."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.inc_thread_sharing()
    thread = _Thread(connection)
    try:
        with connections_kept():
            thread.start()
            thread.is_ready.wait()
            if thread.error:
                raise thread.error
            yield f"http://{thread.host}:{thread.port}"
            thread.terminate()
    finally:
        connection.dec_thread_sharing()
