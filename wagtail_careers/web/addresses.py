"""The addresses that link checks may connect to: public addresses, and no others.

Editors enter addresses, other sites redirect to more, and the owner of a host name decides where
it leads. Without these rules, a check could be used to reach internal machines (OWASP: server-side
request forgery). This module only parses and compares; it looks nothing up.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx
from django.utils.translation import gettext as _

#: A parsed web address, with internationalised names in both forms.
URL = httpx.URL

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

DEFAULT_PORTS = {"http": 80, "https": 443}

#: Networks that are not public, though ``is_global`` does not say so in every Python release:
#: protocol assignments and documentation in the IANA registries of special-purpose addresses,
#: 6to4, which can contain any IPv4 address (RFC 3056), and the metadata service of Azure, which
#: has a public address.
_NEVER = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
    )
)
#: The network of public IPv6 addresses (RFC 4291). It excludes addresses that contain an IPv4
#: address, such as ``::ffff:127.0.0.1``.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
#: The exception: addresses by which an IPv6-only network reaches IPv4 sites (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")

#: Names that never lead to a public site (RFC 6761, RFC 6762, RFC 8375, RFC 7686, and
#: ``internal``, which ICANN has reserved for private use).
_PRIVATE_NAMES = ("localhost", "local", "internal", "home.arpa", "onion")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
#: Browsers read ``http:///a.example`` as a host, and RFC 3986 as a path.
_HOSTLESS = re.compile(r"https?:(?!//[^/\\?#])", re.IGNORECASE)
_AUTHORITY = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#\\]*)")


class RefusedAddress(Exception):
    """An address that must not be requested. The message gives the reason."""


@dataclass(frozen=True)
class AddressPolicy:
    """The addresses and ports that may be connected to.

    ``exceptions`` are networks that are allowed although they are not public. They are for tests,
    whose servers run on this machine. No setting adds any.
    """

    ports: frozenset[int] = frozenset(DEFAULT_PORTS.values())
    exceptions: tuple[IPNetwork, ...] = ()

    def parse(self, text: str, base: URL | None = None) -> URL:
        """Return the URL in ``text``, relative to ``base`` if given. A final dot is dropped.

        Raises ``RefusedAddress`` for text that is not a URL, for schemes other than http and
        https, for credentials, for ports and hosts that are not allowed, and for IP addresses in
        an unusual notation, which programs interpret differently.
        """
        if _HOSTLESS.match(text):
            raise RefusedAddress(_("This is not a web address."))
        try:
            url = base.join(text) if base else URL(text)
            # httpx decodes a host only when it is read, and some names cannot be decoded.
            _decoded = url.host
        # The library for internationalised names raises errors of its own.
        except (httpx.InvalidURL, UnicodeError) as error:
            raise RefusedAddress(_("This is not a web address.")) from error
        if url.scheme not in DEFAULT_PORTS:
            raise RefusedAddress(_("The address does not start with http or https."))
        if url.userinfo or _has_userinfo(text):
            raise RefusedAddress(_("The address contains a user name or password."))
        if port_of(url) not in self.ports:
            raise RefusedAddress(_("Port %d is not allowed.") % port_of(url))
        given = url.raw_host.decode("ascii")
        host = given.removesuffix(".")
        self._check_host(host)
        return url if host == given else url.copy_with(host=host)

    def check_ip(self, text: str) -> None:
        """Raise ``RefusedAddress`` unless the IP address in ``text`` is public."""
        address = ip_address(text)
        if any(address in network for network in self.exceptions):
            return
        if getattr(address, "scope_id", None) or not _is_public(address):
            raise RefusedAddress(_("“%s” is not a public IP address.") % text)

    def _check_host(self, host: str) -> None:
        if ip := literal(host):
            self.check_ip(str(ip))
            return
        labels = host.split(".")
        if not all(_LABEL.fullmatch(label) for label in labels) or _NUMBER.fullmatch(labels[-1]):
            raise RefusedAddress(_("“%s” is not a public host name.") % host)
        is_private = any(f".{host}".endswith(f".{name}") for name in _PRIVATE_NAMES)
        if len(labels) == 1 or is_private:
            raise RefusedAddress(_("“%s” is not a public host name.") % host)


def port_of(url: URL) -> int:
    """Return the port of ``url``, or the default port of its scheme."""
    return DEFAULT_PORTS[url.scheme] if url.port is None else url.port


def ascii_url(text: str) -> str:
    """Return the URL in ``text`` in ASCII, or an empty string if ``text`` is not a URL."""
    try:
        return str(URL(text))
    except (httpx.InvalidURL, UnicodeError):
        return ""


def literal(host: str) -> IPAddress | None:
    """Return the IP address in ``host``, or None if ``host`` is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _has_userinfo(text: str) -> bool:
    """Return whether there is an ``@``, even with nothing before it, which httpx drops."""
    found = _AUTHORITY.match(text)
    return bool(found and "@" in found[1])


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, IPv6Address) and address in _NAT64:
        return _is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if any(address in network for network in _NEVER):
        return False
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return address.is_global and not address.is_multicast
