"""Requests that got no answer, each kind with what it says about the site."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from socket import EAI_AGAIN, gaierror

import httpcore


class RequestFailed(Exception):
    """A request without an answer. The message gives the reason."""


class LeftAlone(RequestFailed):
    """A site with a longer Retry-After than a run waits."""


class TimedOut(RequestFailed):
    """An attempt that took too long."""


class NameNotFound(RequestFailed):
    """A host name that does not exist. The message is the resolver's."""


class NoNameService(RequestFailed):
    """A name lookup without an answer, which says nothing about the site."""


class TLSFailed(RequestFailed):
    """A connection that could not be encrypted."""


class ConnectionFailed(RequestFailed):
    """A connection that was refused, lost or not understood."""


@contextmanager
def request_failures() -> Iterator[None]:
    """Convert errors of libraries and of the system to ``RequestFailed``."""
    try:
        yield
    except (TimeoutError, httpcore.TimeoutException) as error:
        raise TimedOut from error
    except gaierror as error:
        kind = NoNameService if error.errno == EAI_AGAIN else NameNotFound
        raise kind(error.strerror) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        if tls_error := _tls_error(error):
            raise TLSFailed(str(tls_error)) from error
        raise ConnectionFailed(str(error) or type(error).__name__) from error


def _tls_error(error: BaseException | None) -> ssl.SSLError | None:
    """Return the TLS error that caused ``error``, or None if there is none."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error
