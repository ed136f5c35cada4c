"""The addresses that link checks may connect to: public addresses, and no others.

Editors enter addresses, other sites redirect to more, and the owner of a host name decides where
it leads. Without these rules, a check could be used to reach internal machines (OWASP: server-side
request forgery). This module only parses and compares; it looks nothing up.

Addresses are read as browsers read them (https://url.spec.whatwg.org/), so that a check requests
what a reader would get.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import ada_url
from django.utils.translation import gettext as _

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
#: The authority of an address, as any program could read it: with a backslash in it or as its end.
_AUTHORITY = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?[/\\]{2,}([^/?#]*)")
#: What browsers ignore: white space and control characters around an address, and these within it.
_AROUND = "".join(map(chr, range(0x21)))
_IGNORED = str.maketrans("", "", "\t\n\r")


class RefusedAddress(Exception):
    """An address that must not be requested. The message gives the reason."""


@dataclass(frozen=True)
class URL:
    """A web address, in ASCII and normalised.

    ``host`` is in lower case, an international name as Punycode and an IPv6 address in brackets.
    ``port`` is None if it is the default. ``path`` begins with a slash. ``query`` and ``fragment``
    lack ``?`` and ``#``.
    """

    scheme: str
    host: str
    port: int | None = None
    path: str = "/"
    query: str = ""
    fragment: str = ""

    def __str__(self) -> str:
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{self.netloc}{self.target}{fragment}"

    @property
    def netloc(self) -> str:
        """The host, with the port unless it is the default."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    @property
    def target(self) -> str:
        """The path with the query, as a request contains them."""
        return f"{self.path}?{self.query}" if self.query else self.path


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
        try:
            parsed = ada_url.URL(text, str(base) if base else None)
        # Half of a surrogate pair cannot be encoded.
        except ValueError as error:
            raise RefusedAddress(_("This is not a web address.")) from error
        scheme = parsed.protocol.removesuffix(":")
        if scheme not in DEFAULT_PORTS:
            raise RefusedAddress(_("The address does not start with http or https."))
        if parsed.username or parsed.password or _has_userinfo(text):
            raise RefusedAddress(_("The address contains a user name or password."))
        url = URL(
            scheme,
            parsed.hostname.removesuffix("."),
            int(parsed.port) if parsed.port else None,
            parsed.pathname,
            parsed.search.removeprefix("?"),
            parsed.hash.removeprefix("#"),
        )
        if port_of(url) not in self.ports:
            raise RefusedAddress(_("Port %d is not allowed.") % port_of(url))
        self._check_host(url.host)
        is_written = url.host in text or (base is not None and url.host == base.host)
        if literal(url.host) and "[" not in url.host and not is_written:
            raise RefusedAddress(_("“%s” is not a public host name.") % url.host)
        return url

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
        return str(ada_url.URL(text).href)
    except ValueError:
        return ""


def literal(host: str) -> IPAddress | None:
    """Return the IP address in ``host``, or None if ``host`` is a name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _has_userinfo(text: str) -> bool:
    """Return whether any program could read a user name in ``text``, even an empty one.

    Browsers drop an empty one. They read a backslash as the end of the host, and other programs
    read it as part of a user name.
    """
    found = _AUTHORITY.match(text.strip(_AROUND).translate(_IGNORED))
    return bool(found and "@" in found[1])


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, IPv6Address) and address in _NAT64:
        return _is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if any(address in network for network in _NEVER):
        return False
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return address.is_global and not address.is_multicast
