"""The targets of the links in a body, looked up in bulk once for each rendering.

A body contains ids of shared links and pages, in its rich text and in its blocks. To look up each
one where it occurs would take queries for each block. Instead, the raw body is read once, and the
code that renders its parts reads from the result (``targets_of``).

This module cannot import the models, because they import the blocks, which import this module.
``wagtail_careers.models.targets`` contains the lookup, which is passed to ``find_with`` at
start-up.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, NamedTuple

from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

#: The ``linktype`` of shared links in rich text, and the name of their feature.
SHARED_LINK_TYPE = "shared-link"
#: A whole link in rich text: the attributes of its tag, and its content.
ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)

#: The names under which the package's blocks store the ids of what editors choose.
SHARED_LINK_KEY = "shared_link"
PAGE_KEY = "page"

_KEYS = {SHARED_LINK_TYPE: SHARED_LINK_KEY, "page": PAGE_KEY}

#: The largest primary key that databases can hold: a signed integer of 64 bits.
MAX_KEY = 2**63 - 1


class Ids(NamedTuple):
    """The primary keys in a raw body."""

    shared_links: frozenset[int] = frozenset()
    pages: frozenset[int] = frozenset()


class Reference(NamedTuple):
    """A target that is named and not looked up."""

    pk: int


class _References(dict[int, Reference]):
    """A reference for each key."""

    def get(self, pk: int, default: Any = None) -> Any:
        return Reference(pk)


class Targets(NamedTuple):
    """The objects with ``ids``, by primary key, live or not. Missing objects are left out.

    ``translations`` contains the live translations in the reader's language, by model and
    translation key. It is empty unless the site has ``WAGTAIL_I18N_ENABLED``. ``dead_urls``
    contains the addresses that pages do not link to. It is empty unless the site has
    ``SHOW_DEAD_LINKS``. ``private_pages`` contains the primary keys of pages, translations among
    them, that not everybody can open who can open the page being rendered.
    """

    ids: Ids
    shared_links: Mapping[int, Any] = MappingProxyType({})
    pages: Mapping[int, Any] = MappingProxyType({})
    translations: Mapping[Any, Any] = MappingProxyType({})
    dead_urls: frozenset[str] = frozenset()
    private_pages: frozenset[int] = frozenset()

    def live_shared_link(self, pk: int | None) -> Any:
        """Return the shared link that readers can follow, in their language, or None."""
        return self._for_reader(self.shared_links.get(pk)) if pk is not None else None

    def live_page(self, pk: int | None) -> Any:
        """Return the page that readers can open, in their language, or None."""
        return self._for_reader(self.pages.get(pk)) if pk is not None else None

    def _for_reader(self, target: Any) -> Any:
        if target is None:
            return None
        translation = self.translations.get((type(target), target.translation_key))
        return translation or (target if target.live else None)


#: Returns the targets of ids, for a page with this tree path. Without a path, any page that has
#: view restrictions is private.
Find = Callable[[Ids, str], Targets]


def _not_ready(ids: Ids, shown_on: str) -> Targets:
    raise RuntimeError("Links cannot be looked up before Django's apps are ready.")


_NAMED = Targets(Ids(), shared_links=_References(), pages=_References())
_find: Find = _not_ready
_current: ContextVar[Targets | None] = ContextVar("wagtail_careers_targets", default=None)


def find_with(find: Find) -> None:
    """Use ``find`` to look up targets from now on. Called once, when the app is ready."""
    global _find
    _find = find


def targets_of(ids: Ids) -> Targets:
    """Return the targets of the body being rendered if they cover ``ids``; else look ``ids`` up."""
    targets = _current.get()
    if targets is _NAMED:
        return targets
    if (
        targets is not None
        and ids.shared_links <= targets.ids.shared_links
        and ids.pages <= targets.ids.pages
    ):
        return targets
    return _find(ids, "")


@contextmanager
def resolving(raw_body: Iterable[Any], shown_on: str = "") -> Iterator[Targets]:
    """Look up everything that ``raw_body`` links to, and let ``targets_of`` return from it.

    ``shown_on`` is the tree path of the page that is rendered.
    """
    targets = _find(collect_ids(raw_body), shown_on)
    token = _current.set(targets)
    try:
        yield targets
    finally:
        _current.reset(token)


@contextmanager
def naming() -> Iterator[None]:
    """Let ``targets_of`` return a ``Reference`` for each id, without a query.

    For code that reads which targets a body names, or only its texts. Never use it around code
    that keeps values of blocks.
    """
    token = _current.set(_NAMED)
    try:
        yield
    finally:
        _current.reset(token)


def collect_ids(raw: Any) -> Ids:
    """Return the ids in raw stream data, in a part of it, or in rich text."""
    found: dict[str, set[int]] = {SHARED_LINK_KEY: set(), PAGE_KEY: set()}
    _collect(raw, found)
    return Ids(frozenset(found[SHARED_LINK_KEY]), frozenset(found[PAGE_KEY]))


def parse_id(text: Any) -> int | None:
    """Return the primary key in an attribute or in raw data; None if it is not a valid key."""
    try:
        pk = 0 if isinstance(text, bool) else int(text)
    except (OverflowError, TypeError, ValueError):
        return None
    # A number outside these limits would cause a database error.
    return pk if 0 < pk <= MAX_KEY else None


def parse_path(raw: Any) -> str:
    """Return the deep path in raw data; empty if it is not text."""
    return raw if isinstance(raw, str) else ""


def _collect(raw: Any, found: dict[str, set[int]]) -> None:
    if isinstance(raw, str):
        if "linktype" in raw:
            _collect_from_rich_text(raw, found)
    elif isinstance(raw, Mapping):
        for key, value in raw.items():
            pk = parse_id(value) if key in found and isinstance(value, int) else None
            if pk is not None:
                found[key].add(pk)
            else:
                _collect(value, found)
    elif isinstance(raw, Iterable):
        for value in raw:
            _collect(value, found)


def _collect_from_rich_text(html: str, found: dict[str, set[int]]) -> None:
    for match in FIND_A_TAG.finditer(html):
        attrs = extract_attrs(match.group(1))
        key = _KEYS.get(attrs.get("linktype", ""))
        pk = parse_id(attrs.get("id"))
        if key and pk is not None:
            found[key].add(pk)
