"""Rules that every WordPress site shares: identities, addresses, dates and titles."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from wagtail_careers.importing.sources.html_parser import parsed
from wagtail_careers.importing.sources.posts import Post, Remark
from wagtail_careers.plain_permalinks import id_in
from wagtail_careers.safe_url import DEFAULT_PORTS
from wagtail_careers.text import one_line

#: Text fields do not hold control characters, and PostgreSQL rejects NUL.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: Elements that separate the words on either side.
_APART = "blockquote, br, dd, div, dt, h1, h2, h3, h4, h5, h6, hr, img, li, p, pre, td, th"
#: Jekyll's (https://jekyllrb.com/docs/front-matter/), that of feeds (RFC 5322), and Hexo's.
_DATE_FORMATS = (
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M %z",
    "%a, %d %b %Y %H:%M:%S %z",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d",
)

#: The longest key that ``ImportRecord`` can store.
MAX_KEY = 255

#: In a key, between the ID and what tells two posts with this ID apart.
VARIANT = "~"


def identity(home: str, permalink: str, post_id: str, source: str) -> str:
    """Return the key of a post: the address of its blog, and its ID there.

    Without a ``home``, the blog is the site of the permalink. Without an ID, the permalink is
    the key; without a permalink, the name of the source file.
    """
    post_id = post_id or id_in(permalink)
    if post_id:
        return _storable(f"{blog_of(home, permalink)}#{post_id}")
    if permalink:
        return _storable(f"{host(permalink)}{path(permalink)}")
    return _storable(source)


def host_key(post: Post) -> str:
    """Return the key of a post whose blog is not known: the host of its permalink, and its ID."""
    return identity("", post.permalink, post.post_id, post.source)


def variant(key: str, facts: str) -> str:
    """Return a key for another post with the same blog and ID, which ``facts`` tell apart."""
    return _storable(
        f"{key}{VARIANT}{sha256(facts.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    )


def _storable(key: str) -> str:
    return key if len(key) <= MAX_KEY else sha256(key.encode()).hexdigest()


def blog(home: str) -> str:
    """Return the address of a blog without its scheme, ``www.`` and final slash, as keys have it.

    It has a port only if the blog is not on the usual one. It is empty if ``home`` is not a web
    address.
    """
    try:
        parts = urlsplit(home)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return ""
    own_port = f":{port}" if port and port != DEFAULT_PORTS[parts.scheme] else ""
    return f"{host(home)}{own_port}{parts.path.rstrip('/')}"


def blog_of(home: str, permalink: str) -> str:
    """Return the blog at ``home``; if that is not known, the host of a permalink on it."""
    return blog(home) or host(permalink)


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


def folders(permalink: str) -> tuple[str, ...]:
    """Return the folders of a permalink, without dates, which change with the post."""
    parts = [part for part in unquote(path(permalink)).split("/") if part]
    found = parts if id_in(permalink) else parts[:-1]
    return tuple(part for part in found if not part.isdigit() and part != "index.php")


def slug_of(permalink: str) -> str:
    """Return the last part of the permalink's path, as readers see it."""
    whole = unquote(path(permalink)).rstrip("/").removesuffix("/index.html")
    return whole.removesuffix(".html").rpartition("/")[2]


def parse_date(text: str) -> datetime | None:
    """Return the time in ``text``, naive if it has no zone. WordPress writes zeros for no date."""
    text = text.strip()
    if not text:
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    for form in _DATE_FORMATS:
        with suppress(ValueError):
            return datetime.strptime(text, form)
    return None


def doubts_about(date: str) -> Iterator[Remark]:
    """Remark on a date that cannot be read. WordPress writes zeros for no date."""
    if parse_date(date) is None and any(digit in date for digit in "123456789"):
        yield Remark("date_unread", {"date": date[:100]})


def clean(text: str) -> str:
    """Remove control characters and surrounding space from ``text``."""
    return _CONTROL.sub("", text).strip()


def plain(text: str) -> str:
    """Return a title or an excerpt, in which WordPress allows HTML, as one line of plain text."""
    if "<" in text or "&" in text:
        body = parsed(text).body
        for hidden in body.css("script, style, template") if body else ():
            hidden.decompose()
        for apart in body.css(_APART) if body else ():
            apart.insert_before(" ")
            apart.insert_after(" ")
        text = body.text() if body else ""
    return one_line(clean(text))
