"""Web addresses that people enter: parsed, refused if unsafe, joined within one origin, compared.

The terms are those of the WHATWG URL standard (https://url.spec.whatwg.org/). An origin is a
scheme, a host and a port (RFC 6454).
"""

import re
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urlsplit, urlunsplit

import idna
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
#: The start of an address on another site, as browsers read it, and its parts after that.
_OUTSIDE = re.compile(r"(https?:)[/\\]*|[/\\]{2,}", re.IGNORECASE)
_PARTS = re.compile(r"([^/\\?#]*)([^?#]*)(.*)", re.DOTALL)
#: What browsers ignore around an address, and within it.
_AROUND = "".join(map(chr, range(0x21)))
_IGNORED = str.maketrans("", "", "\t\n\r")
_PATH_SEPARATOR = re.compile(r"[/\\]")
_BRACKETED_HOST = re.compile(r"\[[^\[\]]+\](:[0-9]*)?")

DEFAULT_PORTS = {"http": 80, "https": 443}
#: Parameters that newsletters and advertisements add to track visitors.
_TRACKING = re.compile(
    r"^(?:utm_\w+|mc_[ce]id|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid"
    r"|ttclid|li_fat_id|_ga|_gl|_hsenc|_hsmi|__hs\w+|hsctatracking|mkt_tok|vero_id|oly_\w+_id)$",
    re.IGNORECASE,
)
_ESCAPES = re.compile(r"(?:%[0-9a-fA-F]{2})+")
#: Characters that mean something else when they are percent-encoded (RFC 3986, section 2.2).
_RESERVED = frozenset(":/?#[]@!$&'()*+,;=%")

#: The longest deep path. Migrations contain this number, so changing it requires a migration.
MAX_DEEP_PATH = 500
#: The longest destination key: what MySQL can index, and more than any base URL needs.
MAX_DESTINATION_KEY = 700

_is_url = URLValidator(schemes=["http", "https"])

_DECEPTION = _("Remove spaces, backslashes and invisible characters from the address.")
_CREDENTIALS = _("Remove the user name and password from the address.")
_NO_WEB_ADDRESS = _("Enter a complete web address that starts with “https://” or “http://”.")
_INCOMPLETE = _("Enter a complete web address, for example “https://www.jobs.nhs.uk/”.")


def clean_base_url(text: str) -> str:
    """Return the http or https address in ``text``, with scheme and host in lower case.

    An empty path becomes ``/``. Raises ``ValidationError`` for any other scheme, for
    credentials, and for text that is not an address.
    """
    text = text.strip()
    if _DECEPTIVE.search(text):
        raise ValidationError(_DECEPTION, code="deceptive")
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        port = parts.port
    except ValueError as error:
        raise ValidationError(_INCOMPLETE, code="invalid") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise ValidationError(_NO_WEB_ADDRESS, code="scheme")
    if "@" in parts.netloc:
        raise ValidationError(_CREDENTIALS, code="credentials")
    if "[" in parts.netloc and not _BRACKETED_HOST.fullmatch(parts.netloc):
        raise ValidationError(_INCOMPLETE, code="invalid")
    netloc = f"[{host}]" if ":" in host else host
    if port is not None:
        netloc = f"{netloc}:{port}"
    url = urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, parts.fragment))
    _is_url(url)
    return url


def web_address(text: str) -> str:
    """Return ``text`` if it is an http or https address to link to, or else an empty string.

    Forms accept no other, but scripts and imports can store one. An address with a user name or a
    password is none to link to.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_plain = parts.netloc and "@" not in parts.netloc
    return text if parts.scheme in ("https", "http") and is_plain else ""


def outside_address(href: str) -> str:
    """Return the web address to which a link in a page leads; empty for a link within its site.

    ``href`` is read as browsers do. What they would change in it is changed, and nothing else.
    Links to e-mail addresses and telephone numbers have no web address either. Raises
    ``ValidationError`` for other schemes, for credentials, and for what cannot be a host.
    """
    text = href.strip(_AROUND).translate(_IGNORED)
    start = _OUTSIDE.match(text)
    if start is None:
        scheme = _SCHEME.match(text)
        if scheme and scheme[0].lower() not in ("mailto:", "tel:"):
            raise ValidationError(_NO_WEB_ADDRESS, code="scheme")
        return ""
    authority, path, rest = _PARTS.fullmatch(text[start.end() :]).groups()  # type: ignore[union-attr]
    _check_authority(authority, path)
    path = path.replace("\\", "/")
    rest = _DECEPTIVE.sub(lambda found: quote(found[0], errors="replace"), path + rest)
    return f"{start[1] or 'https:'}//{authority}{rest}"


def _check_authority(authority: str, path: str) -> None:
    # To other programs than browsers, the authority does not end at a backslash.
    if "@" in authority + path.partition("/")[0]:
        raise ValidationError(_CREDENTIALS, code="credentials")
    if _DECEPTIVE.search(authority):
        raise ValidationError(_DECEPTION, code="deceptive")
    try:
        parts = urlsplit(f"https://{authority}")
        is_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_host = False
    if not is_host or ("[" in authority and not _BRACKETED_HOST.fullmatch(authority)):
        raise ValidationError(_INCOMPLETE, code="invalid")


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
    ``https://a.example/careers/nursing?page=2``. The query of the base is kept; a parameter of
    the deep path replaces parameters of the same name. Raises ``ValidationError`` as
    ``clean_deep_path`` does.
    """
    deep_path = clean_deep_path(deep_path)
    if not deep_path:
        return base_url
    base = urlsplit(base_url)
    rest, _hash, fragment = deep_path.partition("#")
    path, _question, query = rest.partition("?")
    path = f"{base.path.rstrip('/')}/{path}" if path else base.path
    return urlunsplit((base.scheme, base.netloc, path, _merged(base.query, query), fragment))


def path_below(base_url: str, address: str) -> str | None:
    """Return the deep path that ``address`` adds to ``base_url``; None if it is not below it.

    Query and fragment are included, as they are written. The two are compared as destinations
    are, so ``http://a.example/x`` is below ``https://www.a.example/``. An address is below a base
    with a query only if it has the same parameters.
    """
    base, given = _split(base_url), _split(address)
    if base is None or given is None or _site(base) != _site(given):
        return None
    above = [_normal(segment) for segment in base.path.rstrip("/").split("/")]
    segments = given.path.split("/")
    query = _added_query(base.query, given.query)
    if [_normal(segment) for segment in segments[: len(above)]] != above or query is None:
        return None
    path = urlunsplit(("", "", "/".join(segments[len(above) :]), query, given.fragment))
    try:
        # An address that cannot be put together again would lead somewhere else.
        joined = join_url(base_url, path)
    except ValidationError:
        return None
    return path if destination_key(joined) == destination_key(address) else None


def full_address(text: str) -> str:
    """Return the web address in ``text``, normalised; empty if it is only part of an address.

    ``www.a.example/b`` is an address, as in browsers. ``a.example/b`` could be a path.
    """
    text = text.strip()
    if text.lower().startswith("www."):
        text = f"https://{text}"
    try:
        return clean_base_url(text)
    except ValidationError:
        return ""


def split_address(address: str) -> tuple[str, str]:
    """Return the base URL of the site of a full address, and the deep path below it.

    If there is no such path, because it would be unsafe or too long, return the whole address.
    """
    parts = urlsplit(address)
    base_url = urlunsplit((parts.scheme, parts.netloc, "/", "", ""))
    path = path_below(base_url, address)
    return (address, "") if path is None or len(path) > MAX_DEEP_PATH else (base_url, path)


def destination_key(url: str) -> str:
    """Return a text that is equal for two addresses of one destination; empty for other text.

    Scheme, ``www.``, default ports, final slashes, tracking parameters, the order of parameters,
    the fragment, and the spelling of international characters make no difference.
    """
    parts = _split(url)
    if parts is None:
        return ""
    query = "&".join(sorted(_parameters(parts.query), key=_name_of))
    path = _normal(parts.path.rstrip("/"))
    return f"{_site(parts)}{path}{'?' if query else ''}{query}"[:MAX_DESTINATION_KEY]


def destinations_above(url: str) -> list[str]:
    """Return the keys of the destinations that ``url`` can be below: its site and each path."""
    parts = _split(url)
    if parts is None:
        return []
    site, *segments = f"{_site(parts)}{_normal(parts.path.rstrip('/'))}".split("/")
    return ["/".join((site, *segments[:number])) for number in range(len(segments) + 1)]


def site_of(url: str) -> str:
    """Return the host of ``url`` in ASCII, without ``www.``, and its port unless it is the default.

    It is empty for text that is not an address.
    """
    parts = _split(url)
    return _site(parts) if parts else ""


def query_of(url: str) -> str:
    """Return the query of ``url``; empty for text that is not an address."""
    try:
        return urlsplit(url).query
    except ValueError:
        return ""


def without_tracking(query: str) -> str:
    """Remove tracking parameters from ``query``, and change nothing else."""
    return "&".join(part for part in query.split("&") if not _TRACKING.match(_name_of(part)))


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(clean_base_url(address))
    except ValidationError:
        return None


def _site(parts: SplitResult) -> str:
    """Return the host and, unless it is the default, the port; without ``www.``, in ASCII."""
    host = parts.hostname or ""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            host = normalize("NFC", host)
    host = host.removesuffix(".").removeprefix("www.")
    is_default = parts.port in (None, DEFAULT_PORTS[parts.scheme])
    return host if is_default else f"{host}:{parts.port}"


def _normal(text: str) -> str:
    """Return part of an address with one spelling for each character."""
    return normalize("NFC", _ESCAPES.sub(_readable, text))


def _readable(escapes: re.Match[str]) -> str:
    """Decode percent-encoded characters, except those that have another meaning when decoded."""
    octets = unquote_to_bytes(escapes[0])
    return "".join(
        quote(char, safe="", errors="surrogateescape")
        if char in _RESERVED or _DECEPTIVE.match(char)
        else char
        for char in octets.decode("utf-8", "surrogateescape")
    )


def _parameters(query: str) -> list[str]:
    """Return the parameters that make a difference."""
    return [_normal(part) for part in without_tracking(query).split("&") if part]


def _name_of(parameter: str) -> str:
    return parameter.partition("=")[0]


def _merged(base_query: str, query: str) -> str:
    names = {_name_of(part) for part in query.split("&")}
    kept = [part for part in base_query.split("&") if part and _name_of(part) not in names]
    return "&".join([*kept, query] if query else kept)


def _added_query(base_query: str, query: str) -> str | None:
    """Return what ``query`` adds to the parameters of a base; None if it lacks one of them."""
    added = [part for part in query.split("&") if part]
    for parameter in _parameters(base_query):
        same = [part for part in added if _normal(part) == parameter]
        if not same:
            return None
        added.remove(same[0])
    # A parameter that is added to another of the same name would replace it.
    names = {_name_of(part) for part in added}
    return "&".join(part for part in query.split("&") if _name_of(part) in names)


def _fully_unquoted(path: str) -> str:
    """Return ``path`` with all levels of percent-encoding decoded (``%252e`` becomes ``.``)."""
    while (decoded := unquote(path)) != path:
        path = decoded
    return path
