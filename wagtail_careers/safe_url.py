"""Web addresses that people enter: parsed, refused if unsafe, and joined within one origin.

The terms are those of the WHATWG URL standard (https://url.spec.whatwg.org/). An origin is a
scheme, a host and a port (RFC 6454).
"""

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

#: Before they parse an address, browsers remove tabs and newlines, and read a backslash as a
#: slash. Other characters are invisible or reverse the direction of text. An address with any of
#: these is not what it appears to be. Half of a surrogate pair is not a character.
_DECEPTIVE = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\ud800-\udfff\ufeff\\]"
)
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.\-]*:")
_PATH_SEPARATOR = re.compile(r"[/\\]")
_BRACKETED_HOST = re.compile(r"\[[^\[\]]+\](:[0-9]*)?")

#: The longest deep path. Migrations contain this number, so changing it requires a migration.
MAX_DEEP_PATH = 500

_is_url = URLValidator(schemes=["http", "https"])

_INCOMPLETE = _("Enter a complete web address, for example “https://www.jobs.nhs.uk/”.")


def clean_base_url(text: str) -> str:
    """Return the http or https address in ``text``, with scheme and host in lower case.

    An empty path becomes ``/``. Raises ``ValidationError`` for any other scheme, for
    credentials, and for text that is not an address.
    """
    text = text.strip()
    if _DECEPTIVE.search(text):
        raise ValidationError(
            _("Remove spaces, backslashes and invisible characters from the address."),
            code="deceptive",
        )
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        port = parts.port
    except ValueError as error:
        raise ValidationError(_INCOMPLETE, code="invalid") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise ValidationError(
            _("Enter a complete web address that starts with “https://” or “http://”."),
            code="scheme",
        )
    if "@" in parts.netloc:
        raise ValidationError(
            _("Remove the user name and password from the address."), code="credentials"
        )
    if "[" in parts.netloc and not _BRACKETED_HOST.fullmatch(parts.netloc):
        raise ValidationError(_INCOMPLETE, code="invalid")
    netloc = f"[{host}]" if ":" in host else host
    if port is not None:
        netloc = f"{netloc}:{port}"
    url = urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, parts.fragment))
    _is_url(url)
    return url


def clean_deep_path(text: str) -> str:
    """Return the path, query and fragment in ``text``, relative to a base URL.

    The result has no leading slash. Raises ``ValidationError`` for text that could leave the
    origin of the base URL or climb above its path: another address, ``//host``, ``..`` in any
    encoding, or backslashes.
    """
    text = text.strip()
    if _DECEPTIVE.search(text):
        raise ValidationError(
            _("Remove spaces, backslashes and invisible characters from the path."),
            code="deceptive",
        )
    # A cleaned path has no slash at the start. It is cleaned again whenever it is used.
    relative = text.removeprefix("/")
    if relative.startswith("/") or _SCHEME.match(relative):
        raise ValidationError(
            _(
                "Enter only the part of the address after the shared link’s own address, for "
                "example “explore-roles/nursing”."
            ),
            code="origin",
        )
    path = re.split(r"[?#]", relative, maxsplit=1)[0]
    if any(part in (".", "..") for part in _PATH_SEPARATOR.split(_fully_unquoted(path))):
        raise ValidationError(_("Remove the “.” and “..” parts from the path."), code="dots")
    return relative


def join_url(base_url: str, deep_path: str) -> str:
    """Return ``base_url`` with ``deep_path`` appended to its path, always in the same origin.

    ``https://a.example/careers`` and ``nursing?page=2`` give
    ``https://a.example/careers/nursing?page=2``. A query or fragment of the deep path replaces
    that of the base. Raises ``ValidationError`` as ``clean_deep_path`` does.
    """
    deep_path = clean_deep_path(deep_path)
    if not deep_path:
        return base_url
    base = urlsplit(base_url)
    rest, _hash, fragment = deep_path.partition("#")
    path, _question, query = rest.partition("?")
    if path:
        path = f"{base.path.rstrip('/')}/{path}"
    else:
        path = base.path
        query = query or ("" if _question else base.query)
    return urlunsplit((base.scheme, base.netloc, path, query, fragment))


def _fully_unquoted(path: str) -> str:
    """Return ``path`` with all levels of percent-encoding decoded (``%252e`` becomes ``.``)."""
    while (decoded := unquote(path)) != path:
        path = decoded
    return path
