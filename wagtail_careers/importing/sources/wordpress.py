"""Conventions of WordPress that all its exports share: identities, addresses, dates, titles."""

import re
from datetime import datetime
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

#: No text field holds control characters, and PostgreSQL takes no NUL at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DATE_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")

#: What a key can have (``ImportRecord``).
MAX_KEY = 255

#: What addresses without a permalink structure name a post with.
ID_PARAMETERS = ("p", "page_id")


def identity(address: str, post_id: str, source: str) -> str:
    """What tells a post apart from all others: its site and its ID there.

    Without an ID, its address; without that, the name of the file that it came in.
    """
    site = host(address)
    key = source
    if post_id:
        key = f"{site}#{post_id}"
    elif address:
        key = f"{site}{path(address)}"
    return key if len(key) <= MAX_KEY else sha256(key.encode()).hexdigest()


def host(address: str) -> str:
    """The host of ``address`` in lower case, without ``www.``; empty if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def slug_of(permalink: str) -> str:
    """The last part of the permalink's path, as readers see it."""
    return unquote(path(permalink)).rstrip("/").rpartition("/")[2]


def parse_date(text: str) -> datetime | None:
    """The time in ``text``, naive where it has no zone. WordPress writes zeros for none."""
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
    """``text`` without control characters, and without space around it."""
    return _CONTROL.sub("", text).strip()


def plain(text: str) -> str:
    """The words of a title or an excerpt, in which WordPress allows HTML, on one line."""
    if "<" in text or "&" in text:
        body = LexborHTMLParser(f"<!doctype html><body>{text}").body
        for hidden in body.css("script, style, template") if body else ():
            hidden.decompose()
        text = body.text() if body else ""
    return " ".join(clean(text).split())
