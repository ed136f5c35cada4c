"""Rules that every WordPress site shares: identities, addresses, dates and titles."""

import re
from datetime import datetime
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

#: Text fields do not hold control characters, and PostgreSQL rejects NUL.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: Elements that separate the words on either side.
_APART = "blockquote, br, dd, div, dt, h1, h2, h3, h4, h5, h6, hr, img, li, p, pre, td, th"
_DATE_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")

#: The longest key that ``ImportRecord`` can store.
MAX_KEY = 255

#: The parameters that name a post in addresses without a permalink structure.
ID_PARAMETERS = ("p", "page_id")


def identity(address: str, post_id: str, source: str) -> str:
    """Return the key of a post: its site and its ID there.

    Without an ID, use the address; without an address, the name of the source file.
    """
    site = host(address)
    key = source
    if post_id:
        key = f"{site}#{post_id}"
    elif address:
        key = f"{site}{path(address)}"
    return key if len(key) <= MAX_KEY else sha256(key.encode()).hexdigest()


def host(address: str) -> str:
    """Return the host of ``address`` in lower case, without ``www.``; empty if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path(address: str) -> str:
    """Return the path of ``address``; empty if it has none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def slug_of(permalink: str) -> str:
    """Return the last part of the permalink's path, as readers see it."""
    return unquote(path(permalink)).rstrip("/").rpartition("/")[2]


def parse_date(text: str) -> datetime | None:
    """Return the time in ``text``, naive if it has no zone. WordPress writes zeros for no date."""
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def clean(text: str) -> str:
    """Remove control characters and surrounding space from ``text``."""
    return _CONTROL.sub("", text).strip()


def plain(text: str) -> str:
    """Return a title or an excerpt, in which WordPress allows HTML, as one line of plain text."""
    if "<" in text or "&" in text:
        body = LexborHTMLParser(f"<!doctype html><body>{text}").body
        for hidden in body.css("script, style, template") if body else ():
            hidden.decompose()
        for apart in body.css(_APART) if body else ():
            apart.insert_before(" ")
            apart.insert_after(" ")
        text = body.text() if body else ""
    return " ".join(clean(text).split())
