"""Which addresses link checks may connect to: those that the public can reach, and no others.

Editors type addresses, other sites redirect to more, and whoever runs a name decides where it
leads. Without these rules a check would be a way to ask a site's own machines (OWASP calls it
server-side request forgery). Everything here is about values; nothing is looked up.
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

#: Not public, though ``is_global`` does not say so in each Python release: protocol assignments
#: and documentation in the IANA registries of special-purpose addresses, 6to4, which can hold
#: any IPv4 address (RFC 3056), and the metadata service of Azure, which has a public address.
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
#: Public IPv6 addresses are from here (RFC 4291). Those that are made of an IPv4 address, such as
#: ``::ffff:127.0.0.1``, are not.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
#: But for these, which an IPv6-only network reaches IPv4 sites by (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")

#: Names that never lead to a public site (RFC 6761, RFC 6762, RFC 8375, RFC 7686, and the one
#: that ICANN has set apart for private use).
_PRIVATE_NAMES = ("localhost", "local", "internal", "home.arpa", "onion")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
#: Browsers take ``http:///a.example`` for a host, RFC 3986 for a path.
_HOSTLESS = re.compile(r"https?:(?!//[^/\\?#])", re.IGNORECASE)
_AUTHORITY = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#\\]*)")


class RefusedAddress(Exception):
    """An address that must not be asked; the message says why."""


@dataclass(frozen=True)
class AddressPolicy:
    """What may be connected to.

    ``exceptions`` are networks that are allowed although they are not public. No setting
    leads to them: they are for tests, whose servers are on this machine.
    """

    ports: frozenset[int] = frozenset(DEFAULT_PORTS.values())
    exceptions: tuple[IPNetwork, ...] = ()

    def parse(self, text: str, base: URL | None = None) -> URL:
        """The URL in ``text``, relative to ``base`` if there is one; its host without final dot.

        Raises ``RefusedAddress`` for what is no URL, for schemes other than http and https,
        for credentials, for ports and hosts that are not allowed, and for hosts that are
        numbers in any spelling but the usual one, which programs read differently.
        """
        if _HOSTLESS.match(text):
            raise RefusedAddress(_("This is no web address."))
        try:
            url = base.join(text) if base else URL(text)
            # Decoded only when it is asked for, and some names cannot be.
            _decoded = url.host
        # The library for internationalised names lets errors of its own through.
        except (httpx.InvalidURL, UnicodeError) as error:
            raise RefusedAddress(_("This is no web address.")) from error
        if url.scheme not in DEFAULT_PORTS:
            raise RefusedAddress(_("Only http and https are checked."))
        if url.userinfo or _has_userinfo(text):
            raise RefusedAddress(_("The address holds a user name or a password."))
        if port_of(url) not in self.ports:
            raise RefusedAddress(_("Port %d is not allowed.") % port_of(url))
        given = url.raw_host.decode("ascii")
        host = given.removesuffix(".")
        self._check_host(host)
        return url if host == given else url.copy_with(host=host)

    def check_ip(self, text: str) -> None:
        """Raise ``RefusedAddress`` unless the IP address in ``text`` is a public one."""
        address = ip_address(text)
        if any(address in network for network in self.exceptions):
            return
        if getattr(address, "scope_id", None) or not _is_public(address):
            raise RefusedAddress(_("%s is not a public address.") % text)

    def _check_host(self, host: str) -> None:
        if ip := literal(host):
            self.check_ip(str(ip))
            return
        labels = host.split(".")
        if not all(_LABEL.fullmatch(label) for label in labels) or _NUMBER.fullmatch(labels[-1]):
            raise RefusedAddress(_("“%s” is no name of a public site.") % host)
        is_private = any(f".{host}".endswith(f".{name}") for name in _PRIVATE_NAMES)
        if len(labels) == 1 or is_private:
            raise RefusedAddress(_("“%s” is no name of a public site.") % host)


def port_of(url: URL) -> int:
    """The port that ``url`` leads to, whether or not it names one."""
    return DEFAULT_PORTS[url.scheme] if url.port is None else url.port


def ascii_url(text: str) -> str:
    """Return the URL in ``text`` in ASCII; empty where ``text`` is not a URL."""
    try:
        return str(URL(text))
    except (httpx.InvalidURL, UnicodeError):
        return ""


def literal(host: str) -> IPAddress | None:
    """The IP address that ``host`` is; None where it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _has_userinfo(text: str) -> bool:
    """Whether there is an ``@``, even with nothing before it, which httpx leaves out."""
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
