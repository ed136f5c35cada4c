"""Requests that got no answer, each kind with what it says about the site."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from socket import EAI_NONAME, gaierror

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


class NoAddress(RequestFailed):
    """A host name that exists, but has no IP address."""


class TLSFailed(RequestFailed):
    """A connection that could not be encrypted."""


class ChainIncomplete(TLSFailed):
    """A certificate whose issuer is not known here.

    The site does not send the certificates in between, which browsers fetch themselves, or has its
    own authority.
    """


class NotUnderstood(RequestFailed):
    """An answer that breaks the rules of HTTP. Browsers are more lenient, so they may show it."""


class ConnectionFailed(RequestFailed):
    """A connection that was refused or lost."""


#: OpenSSL's codes for a certificate whose issuer is missing (X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
#: …_ISSUER_CERT_LOCALLY and X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE).
_NO_ISSUER = frozenset({2, 20, 21})


@contextmanager
def request_failures() -> Iterator[None]:
    """Convert errors of libraries and of the system to ``RequestFailed``."""
    try:
        yield
    except (TimeoutError, httpcore.TimeoutException) as error:
        raise TimedOut from error
    except gaierror as error:
        raise _name_failure(error) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise _connection_failure(error) from error


def _name_failure(error: gaierror) -> RequestFailed:
    """Return what a failed lookup says. Only one code means that there is no such name."""
    if error.errno == EAI_NONAME:
        return NameNotFound(error.strerror)
    # Not on every system, and then "no such name" can mean either.
    if error.errno == getattr(socket, "EAI_NODATA", None):
        return NoAddress(error.strerror)
    return NoNameService(error.strerror)


def _connection_failure(error: Exception) -> RequestFailed:
    if tls_error := _tls_error(error):
        lacks_issuer = getattr(tls_error, "verify_code", None) in _NO_ISSUER
        return (ChainIncomplete if lacks_issuer else TLSFailed)(str(tls_error))
    # Without an error of the parser, the site closed the connection before it sent an answer.
    if isinstance(error, httpcore.ProtocolError) and error.__context__:
        return NotUnderstood(str(error))
    return ConnectionFailed(str(error) or type(error).__name__)


def _tls_error(error: BaseException | None) -> ssl.SSLError | None:
    """Return the TLS error that caused ``error``, or None if there is none."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error
