"""Links: the addresses in posts become shared links by site, page links, or plain links.

``LinkCount`` collects the addresses of all posts first, because the base that the addresses of a
site share and the name of its link depend on all of them. ``LinkBook`` then returns a target
for each address.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlunsplit

from django.core.exceptions import ValidationError

from wagtail_careers.importing.reading import addresses
from wagtail_careers.importing.reading.addresses import Address
from wagtail_careers.importing.sources.conventions import DEFAULTS
from wagtail_careers.importing.sources.static_sites import FILE
from wagtail_careers.safe_url import MAX_DEEP_PATH, clean_deep_path
from wagtail_careers.text import one_line

#: A bare e-mail address, typed instead of ``mailto:``.
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Schemes that Wagtail's rich text accepts and that do not lead to a page.
_KEPT = frozenset({"mailto", "tel"})
_WEB = frozenset({"", "http", "https", FILE})

MAX_BASE = 500
MAX_NAME = 255

_TRIMMED = " \t\n\xa0.,;:!?\"“”'‘’()[]–—-→»>"


@dataclass(frozen=True, slots=True)
class SharedTarget:
    """A shared link, identified by its address, with a deep path."""

    base_url: str
    path: str


@dataclass(frozen=True, slots=True)
class PageTarget:
    """The page of a post, identified by the key of the post.

    Links to pages have no fragments in Wagtail, so the ``fragment`` is only for a flag.
    """

    key: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """A document, identified by its address on the old site."""

    address: Address


@dataclass(frozen=True, slots=True)
class PlainTarget:
    """An address that stays in the text as it is."""

    url: str


@dataclass(frozen=True, slots=True)
class NoTarget:
    """An address that is removed, with the code of the reason and the scheme."""

    reason: str
    scheme: str = ""


Target = SharedTarget | PageTarget | DocumentTarget | PlainTarget | NoTarget


@dataclass(frozen=True, slots=True)
class Base:
    """The beginning that the addresses of a site share: an existing or a new shared link."""

    url: str
    name: str
    exists: bool = False


class LinkCount:
    """Counts the addresses of all posts by site, and the texts of their links."""

    def __init__(self, empty_link_texts: frozenset[str] = DEFAULTS.empty_link_texts) -> None:
        self._empty_link_texts = empty_link_texts
        self.addresses: dict[str, Counter[Address]] = defaultdict(Counter)
        self._same: dict[Address, Address] = {}
        self.names: dict[Address, Counter[str]] = defaultdict(Counter)

    def add(self, address: Address, text: str) -> Address:
        """Count one link, and return its address. Equal addresses are one object."""
        address = self._same.setdefault(address, address)
        self.addresses[address.site][address] += 1
        if name := _as_name(text, self._empty_link_texts):
            self.names[address][name] += 1
        return address


def address_of(href: str, base: str) -> Address | None:
    """Return the address in ``href``; None for fragments of the page and other schemes."""
    if not href or href.startswith("#") or _EMAIL.fullmatch(href):
        return None
    if addresses.scheme_of(href) not in _WEB:
        return None
    return addresses.located(href, base)


class LinkBook:
    """Returns the target of each address.

    ``existing`` maps the addresses of existing shared links to their names; ``page_of`` returns
    the key of the post that has an address; ``is_document`` returns True for that of a document,
    given the address, and whether the import may add its file.
    """

    def __init__(
        self,
        count: LinkCount,
        existing: Mapping[str, str],
        page_of: Callable[[Address], str | None],
        is_document: Callable[[Address, bool], bool] = lambda _address, _may_add: False,
    ) -> None:
        self._page_of = page_of
        self._is_document = is_document
        self._existing: dict[str, list[tuple[Address, Base]]] = defaultdict(list)
        for url, name in existing.items():
            if address := addresses.parse(url):
                self._existing[address.site].append((address, Base(url, name, exists=True)))
        self._targets: dict[Address, SharedTarget | PlainTarget] = {}
        self.bases: dict[str, Base] = {}
        for found in count.addresses.values():
            own = Counter(
                {
                    each: number
                    for each, number in found.items()
                    if not page_of(each) and not is_document(each, True)
                }
            )
            self._settle(own, count.names)

    def target(self, href: str, base: str = "", *, may_add: bool = True) -> Target:
        """Return the target of ``href`` on the page ``base``, which may add a document or not."""
        scheme = addresses.scheme_of(href)
        if _EMAIL.fullmatch(href):
            return PlainTarget(f"mailto:{href}")
        if scheme in _KEPT:
            return PlainTarget(addresses.contact(href))
        if scheme not in _WEB:
            return NoTarget("unsafe", scheme)
        if href.startswith("#"):
            return NoTarget("fragment")
        address = addresses.located(href, base)
        if address is None:
            url = addresses.plain_url(href, base)
            return PlainTarget(url) if url else NoTarget("incomplete")
        if key := self._page_of(address):
            return PageTarget(key, address.fragment)
        if not address.site:
            return NoTarget("file" if address.scheme == FILE else "incomplete")
        if self._is_document(address, may_add):
            return DocumentTarget(address)
        return self._targets.get(address) or PlainTarget(address.url)

    def address(self, href: str, base: str = "") -> str:
        """Return ``href`` on the page ``base`` as an absolute address; empty if it is not one."""
        address = addresses.parse(href, base)
        return address.url if address else ""

    def _settle(self, found: Counter[Address], names: Mapping[Address, Counter[str]]) -> None:
        """Find the base of the addresses of one site."""
        homeless = Counter[Address]()
        for address, number in found.items():
            if not self._use_existing(address):
                homeless[address] = number
        if not homeless:
            return
        base = _common_base(homeless)
        while base.segments and any(deep_path(each, base) is None for each in homeless):
            base = _parent(base)
        if len(base.url) > MAX_BASE:
            self._targets |= {address: PlainTarget(address.url) for address in homeless}
            return
        for address in homeless:
            path = deep_path(address, base)
            self._targets[address] = (
                PlainTarget(address.url) if path is None else SharedTarget(base.url, path)
            )
        self.bases[base.url] = Base(base.url, _name(homeless, names) or base.site[:MAX_NAME])

    def _use_existing(self, address: Address) -> bool:
        """Assign ``address`` to the existing shared link with the longest base, if there is one."""
        candidates = [
            (each, base, deep_path(address, each)) for each, base in self._existing[address.site]
        ]
        fitting = [found for found in candidates if found[2] is not None]
        if not fitting:
            return False
        _found, base, path = max(fitting, key=lambda found: len(found[0].segments))
        self.bases[base.url] = base
        self._targets[address] = SharedTarget(base.url, path or "")
        return True


def deep_path(address: Address, base: Address) -> str | None:
    """Return the path from ``base`` to ``address``; None if ``address`` is not below it."""
    segments = base.segments
    if base.query or base.fragment:
        same = (address.segments, address.query, address.fragment)
        return "" if same == (segments, base.query, base.fragment) else None
    if address.segments[: len(segments)] != segments:
        return None
    rest = "/".join(address.segments[len(segments) :])
    if rest and address.path.endswith("/"):
        rest += "/"
    path = urlunsplit(("", "", "", address.query, address.fragment))
    try:
        clean = clean_deep_path(rest + path)
    except ValidationError:
        return None
    return clean if len(clean) <= MAX_DEEP_PATH and clean == rest + path else None


def _common_base(found: Counter[Address]) -> Address:
    """Return the longest path that all addresses begin with, in its most frequent spelling.

    Prefer https if any address has it, because the site answers there.
    """
    netloc = _most_used((address.netloc, number) for address, number in found.items())
    scheme = "https" if any(address.scheme == "https" for address in found) else "http"
    every = [address.segments for address in found]
    shared: list[str] = []
    for parts in zip(*every, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    path = f"/{'/'.join(shared)}"
    if shared and all(address.path == f"{path}/" for address in found):
        path += "/"
    return Address(scheme, netloc, path)


def _parent(base: Address) -> Address:
    return Address(base.scheme, base.netloc, f"/{'/'.join(base.segments[:-1])}")


def _name(found: Iterable[Address], names: Mapping[Address, Counter[str]]) -> str:
    """Return the most frequent text of links to these addresses, in its usual spelling."""
    spellings: Counter[str] = Counter()
    for address in found:
        spellings.update(names.get(address, {}))
    if not spellings:
        return ""
    folded: Counter[str] = Counter()
    for spelling, number in spellings.items():
        folded[spelling.casefold()] += number
    best = _most_used(folded.items())
    return _most_used(
        (spelling, number) for spelling, number in spellings.items() if spelling.casefold() == best
    )


def _most_used(counted: Iterable[tuple[str, int]]) -> str:
    """Return the most frequent name; of several, the first in the alphabet."""
    total: Counter[str] = Counter()
    for name, number in counted:
        total[name] += number
    return min(total, key=lambda name: (-total[name], name))


def _as_name(text: str, empty_link_texts: frozenset[str]) -> str:
    """Return a link text as the name of a site; empty if it does not name one."""
    name = one_line(text).strip(_TRIMMED)
    is_url = "://" in name or name.lower().startswith("www.")
    if is_url or name.casefold() in empty_link_texts or len(name) > MAX_NAME:
        return ""
    return name
