"""Web addresses as people typed them, in one normal spelling."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.core.exceptions import ValidationError

from wagtail_careers.importing.sources.static_sites import FILE, named_file
from wagtail_careers.safe_url import DEFAULT_PORTS, clean_base_url, without_tracking

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
#: Mistyped forms of ``https://``: ``http//``, ``http;//``, ``http://http://``.
_MISTYPED = re.compile(r"^(?:(https?)\s*(?:[:;]\s*/+|//+)\s*)+", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

#: Characters that are not percent-encoded.
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Address:
    """A web address. Addresses of one ``site`` may differ in scheme and ``www.``.

    It is absolute, unless it is that of a post whose site is not known.
    """

    scheme: str
    netloc: str
    path: str
    query: str = ""
    fragment: str = ""

    @property
    def site(self) -> str:
        return self.netloc.removeprefix("www.")

    @property
    def url(self) -> str:
        return urlunsplit((self.scheme, self.netloc, self.path, self.query, self.fragment))

    @property
    def segments(self) -> tuple[str, ...]:
        return tuple(self.path.strip("/").split("/")) if self.path.strip("/") else ()


def scheme_of(href: str) -> str:
    """Return the scheme of ``href`` as a browser reads it; empty for a relative address."""
    found = _SCHEME.match(_stripped(href))
    return found[1].lower() if found else ""


def _stripped(href: str) -> str:
    return _IGNORED.sub("", href).strip()


def is_mistyped(href: str) -> bool:
    """Return True if the beginning of ``href`` has to be corrected to make it a web address."""
    found = _MISTYPED.match(_stripped(href))
    return found is not None and found.group().lower() not in ("http://", "https://")


def parse(href: str, base: str = "") -> Address | None:
    """Return the web address in ``href`` on the page ``base``; None if it is not one.

    Tracking parameters are removed, and characters that addresses cannot have are
    percent-encoded.
    """
    try:
        clean = clean_base_url(complete(href, base))
        parts = urlsplit(clean)
        port = parts.port
    except (ValidationError, ValueError):
        return None
    netloc = parts.netloc
    if port == DEFAULT_PORTS[parts.scheme]:
        netloc = netloc.rpartition(":")[0]
    return Address(parts.scheme, netloc, parts.path, without_tracking(parts.query), parts.fragment)


def local(href: str, base: str = "") -> Address | None:
    """Return an address without a host: a path, or the file of another post; None for others.

    Static sites often keep no host in the addresses of their pages.
    """
    href = _stripped(href)
    fragment = href.partition("#")[2]
    if file := named_file(href):
        return Address(FILE, "", file.removeprefix(f"{FILE}:"), fragment=fragment)
    try:
        parts = urlsplit(urljoin(base, href))
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    path = quote(parts.path, safe=_SAFE)
    return Address("", "", path, without_tracking(parts.query), parts.fragment)


def located(href: str, base: str = "") -> Address | None:
    """Return the address in ``href`` on the page ``base``, with a host or without one."""
    return parse(href, base) or local(href, base)


def complete(href: str, base: str = "") -> str:
    """Make ``href`` on the page ``base`` absolute, in ASCII. Raises ``ValueError``.

    Browsers read ``www.a.example`` as a relative path; here it is a host, as its author meant.
    """
    href = _MISTYPED.sub(r"\1://", _stripped(href))
    if href.lower().startswith("www."):
        href = f"https://{href}"
    parts = urlsplit(urljoin(base, href))
    netloc = parts.netloc
    if not netloc.isascii():
        netloc = netloc.encode("idna").decode("ascii")
    return urlunsplit((parts.scheme, netloc, *(quote(part, safe=_SAFE) for part in parts[2:])))


def plain_url(href: str, base: str = "") -> str:
    """Return a web address that shared links reject, such as one of an intranet; else empty."""
    try:
        url = complete(href, base)
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme.lower() in DEFAULT_PORTS and parts.hostname and "@" not in parts.netloc
    return url if is_web else ""


def contact(href: str) -> str:
    """Remove illegal space from a ``mailto:`` or ``tel:`` address (RFC 6068, RFC 3966)."""
    address, mark, fields = href.partition("?")
    return f"{''.join(address.split())}{mark}{quote(fields.strip(), safe=_SAFE)}"
