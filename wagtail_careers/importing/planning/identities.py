"""Identities: the key of each post, which stays the same over all imports.

A blog's own address and a post's ID identify the post, but exports are not always right about
that address: all blogs of a network can give the network's. So a key is never enough to overwrite
a page. A post is the one that was imported with its key only if they have something in common
that survives editing; else it is another post and gets a key of its own.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from urllib.parse import unquote

from wagtail_careers.dates import storable
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.plain_permalinks import id_in
from wagtail_careers.safe_url import query_of

#: So many posts with one ID on one host are compared with each other. The blogs of a large
#: network, and files that are made to be slow, have more: those are found by what they share.
_FEW = 4
#: The most posts that are compared because they share one fact.
_MOST = 10


@dataclass(frozen=True, slots=True)
class KnownPost:
    """The facts about a post, imported or yet to be, by which it is recognised again."""

    key: str
    permalink: str
    title: str
    slug: str
    date: datetime | None
    was_draft: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The part of a blog that has a post: the folders of its permalink, without any dates.

    ``is_open`` is true if the permalink does not say where the post will be, as for a draft.
    """

    folders: tuple[str, ...] = ()
    is_open: bool = True

    @classmethod
    def of(cls, permalink: str) -> "Place":
        is_open = bool(id_in(permalink)) or not wordpress.path(permalink).strip("/")
        return cls(wordpress.folders(permalink), is_open)

    def fits(self, other: "Place") -> bool:
        """Return True if the post of one place can be the post of the other."""
        if self.is_open and other.folders[: len(self.folders)] == self.folders:
            return True
        if other.is_open and self.folders[: len(other.folders)] == other.folders:
            return True
        return self.folders == other.folders


class Identities:
    """The posts that are known, from records of earlier imports and from this one."""

    def __init__(self, known: Iterable[KnownPost] = ()) -> None:
        self._by_host_and_id: defaultdict[str, list[KnownPost]] = defaultdict(list)
        #: Of many posts with one ID on one host, those that share a fact.
        self._sharing: defaultdict[tuple[str, Hashable], list[KnownPost]] = defaultdict(list)
        #: By source and first key, so that a post has one key each time that it is read. Two
        #: files can have one name, as in an archive.
        self._keys: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        for each in known:
            self._add(each)

    def identified(self, post: Post) -> Post:
        """Return ``post`` with its final key."""
        name = post.source, post.key
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = self._key_of(post)
        return post if key == post.key else replace(post, key=key)

    def _key_of(self, post: Post) -> str:
        facts = _facts(post)
        candidates = [each for each in self._candidates(post, facts) if is_same(facts, each)]
        if candidates:
            exact = (each for each in candidates if _is_at(each.permalink, post.permalink))
            return next(exact, candidates[0]).key
        key = post.key
        if key in self._taken:
            key = wordpress.variant(key, f"{post.permalink}\n{facts.date}\n{post.title}")
        self._add(replace(facts, key=key))
        return key

    def _add(self, known: KnownPost) -> None:
        name = _host_and_id(known.key)
        group = self._by_host_and_id[name]
        group.append(known)
        self._taken.add(known.key)
        if len(group) > _FEW:
            for each in group if len(group) == _FEW + 1 else (known,):
                for fact in _shared_facts(each):
                    self._sharing[name, fact].append(each)

    def _candidates(self, post: Post, facts: KnownPost) -> Iterator[KnownPost]:
        """Yield the posts with the same ID that can be of the same blog."""
        for name in dict.fromkeys((_host_and_id(post.key), _host_and_id(wordpress.host_key(post)))):
            for known in self._alike(name, facts):
                if _is_same_blog(post, known):
                    yield known

    def _alike(self, name: str, facts: KnownPost) -> Iterator[KnownPost]:
        """Yield the posts with one ID on one host that can be the post with these ``facts``."""
        group = self._by_host_and_id.get(name, [])
        if len(group) <= _FEW:
            yield from group
            return
        # Whatever the new facts are, a draft that was imported can be the post.
        for fact in _shared_facts(replace(facts, was_draft=True)):
            yield from islice(self._sharing.get((name, fact), ()), _MOST)


def _shared_facts(known: KnownPost) -> Iterator[Hashable]:
    """Yield what two posts share at least one of if ``is_same`` is true, the surest first."""
    yield "at", _spelled(known.permalink)
    yield "key", known.key.partition(wordpress.VARIANT)[0]
    yield "date", known.date
    yield "title", known.title
    yield "slug", known.slug
    if known.was_draft:
        yield "draft"


def is_same(post: KnownPost, known: KnownPost) -> bool:
    """Return True if ``post`` is the post that is ``known`` with the same blog and ID.

    Editing can change the title, the slug and the address of a post, but hardly ever its date.
    The slug proves little, because the first post of every WordPress is ``hello-world``. When a
    draft is published, everything can change.
    """
    if _is_at(post.permalink, known.permalink):
        return True
    has_dates = post.date is not None and known.date is not None
    same_date = has_dates and post.date == known.date
    same_title, same_slug = post.title == known.title, post.slug == known.slug != ""
    if not Place.of(post.permalink).fits(Place.of(known.permalink)):
        # A blog that changed the form of its permalinks.
        return same_date and (same_title or same_slug)
    return known.was_draft or same_title or same_date or (same_slug and not has_dates)


def _facts(post: Post) -> KnownPost:
    """Return the facts about ``post`` as a record keeps them."""
    title, slug = post.title[: wordpress.MAX_KEY], post.slug[: wordpress.MAX_KEY]
    when = storable(post.published_at)
    return KnownPost(post.key, post.permalink, title, slug, when, not post.is_public)


def _host_and_id(key: str) -> str:
    """Return what the keys of all posts with one ID on one host have in common."""
    address, mark, rest = key.partition("#")
    if not mark:
        return key
    host = address.partition("/")[0].partition(":")[0]
    return f"{host}{mark}{rest}".partition(wordpress.VARIANT)[0]


def _is_same_blog(post: Post, known: KnownPost) -> bool:
    """Return True if a key is that of the post, or of an import that did not know the blog.

    Earlier releases, and posts in Markdown files, have only the host in their keys.
    """
    if known.key == post.key or known.key.startswith(f"{post.key}{wordpress.VARIANT}"):
        return True
    if not post.post_id:
        return False
    host_key = wordpress.host_key(post)
    if known.key == host_key:
        return _is_below(known.permalink, post.key)
    return post.key == host_key and not post.home and _is_below(post.permalink, known.key)


def _is_below(permalink: str, key: str) -> bool:
    """Return True unless ``permalink`` is outside of the blog in ``key``, on the same host."""
    home = key.partition("#")[0]
    address = wordpress.blog(permalink)
    same_host = home.partition("/")[0] == address.partition("/")[0]
    return not same_host or f"{address}/".startswith(f"{home}/")


def _is_at(one: str, other: str) -> bool:
    """Return True if two permalinks are the same address of a post, in any spelling."""
    return _spelled(one) == _spelled(other) != ("", "")


def _spelled(permalink: str) -> tuple[str, str]:
    path = unquote(wordpress.path(permalink)).strip("/")
    return path, id_in(permalink) or query_of(permalink)
