"""The index of all posts, which is needed before the first post can become a page.

It holds a line for each post, because the sources can be larger than memory.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from wagtail_careers.importing.planning.attachments import Attachments
from wagtail_careers.importing.reading import addresses
from wagtail_careers.importing.reading.addresses import Address
from wagtail_careers.importing.reading.content import Content
from wagtail_careers.importing.roles.links import LinkCount, address_of
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions
from wagtail_careers.importing.sources.old_addresses import linked_addresses
from wagtail_careers.importing.sources.posts import Attachment, Post
from wagtail_careers.plain_permalinks import id_in

#: The most sites of which a post makes shared links. Links to others stay plain: a list of so many
#: sites is not curated, and each new record takes its time.
MAX_SITES = 200


class Index:
    """The addresses, titles and links of all posts of an import."""

    def __init__(self, conventions: Conventions = DEFAULTS) -> None:
        self.links = LinkCount(conventions.empty_link_texts)
        self.attachments = Attachments()
        #: The hosts of the old site.
        self.hosts: set[str] = set()
        self.titles: dict[str, str] = {}
        #: Without pages: a page such as “About” is not a role that another could lead to.
        self.role_titles: dict[str, str] = {}
        self._slugs: Counter[tuple[str, str]] = Counter()
        #: The addresses in each post, which may be those of other posts.
        self._linked: dict[str, set[Address]] = {}
        #: The keys of posts by their permalinks, and by the other addresses that they have. The
        #: key is empty if an address could be that of several posts.
        self._by_permalink: dict[AddressKey, str] = {}
        self._by_other_address: dict[AddressKey, str] = {}
        #: The same by path alone, because on the new site one page can have it.
        self._by_permalink_path: dict[str, str] = {}
        self._by_other_path: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.titles)

    def __contains__(self, key: str) -> bool:
        return key in self.titles

    def add(self, post: Post, content: Content) -> None:
        """Index the title, addresses and links of a post."""
        self.titles[post.key] = post.title
        if post.kind != "page":
            self.role_titles[post.key] = post.title
        self._slugs[_blog(post), post.slug] += 1
        self.attachments.note_uses(post, content)
        self.hosts |= {wordpress.host(post.permalink), wordpress.host(post.home)}
        self.add_addresses(post.key, post.permalink, linked_addresses(post))
        sites: set[str] = set()
        for href, text in content.links():
            address = address_of(href, post.permalink)
            if address is None:
                continue
            if address.site and (address.site in sites or len(sites) < MAX_SITES):
                sites.add(address.site)
                address = self.links.add(address, text)
            self._linked.setdefault(post.key, set()).add(address)

    def add_attachment(self, attachment: Attachment) -> None:
        self.attachments.add(attachment)
        self.hosts.add(wordpress.host(attachment.address))

    def add_addresses(self, key: str, permalink: str, others: Iterable[str]) -> None:
        """Let links to the permalink and the other addresses of a post find it."""
        for each in others:
            address = addresses.located(each)
            if address is None:
                continue
            found, is_main = _address_key(address), each == permalink
            if is_main:
                self._by_permalink.setdefault(found, key)
            elif self._by_other_address.setdefault(found, key) != key:
                self._by_other_address[found] = ""
            if not address.query:
                paths = self._by_permalink_path if is_main else self._by_other_path
                paths.setdefault(found.path, key)

    def has_twin(self, post: Post) -> bool:
        """Return True if another post of the same blog has the slug of ``post``."""
        return bool(post.slug) and self._slugs[_blog(post), post.slug] > 1

    def posts_linked_from(self, key: str) -> list[str]:
        """Return the sorted keys of the posts that the post ``key`` links to."""
        linked = self._linked.get(key, ())
        return sorted({found for each in linked if (found := self.page_of(each))})

    def page_of(self, address: Address) -> str | None:
        """Return the key of the post at ``address``."""
        found = _address_key(address)
        return self._by_permalink.get(found) or self._by_other_address.get(found) or None

    def post_at(self, path: str) -> str | None:
        """Return the key of the post that had ``path`` on the old site, on any host."""
        path = _decoded(path)
        return self._by_permalink_path.get(path) or self._by_other_path.get(path)


@dataclass(frozen=True, slots=True)
class AddressKey:
    """What the spellings of an address have in common, for WordPress and for people."""

    site: str
    path: str
    query: str


def _blog(post: Post) -> str:
    return post.key.partition("#")[0]


def _address_key(address: Address) -> AddressKey:
    site = address.site.partition(":")[0]
    post_id = id_in(address.url)
    # An ID says it all, whatever else is in the query.
    query = f"p={post_id}" if post_id else "&".join(sorted(address.query.split("&")))
    path = _decoded(address.path).removesuffix("/index.php" if post_id else "")
    return AddressKey(site, path, query)


def _decoded(path: str) -> str:
    """Return the decoded path: WordPress encodes it differently from people and browsers."""
    return unquote(path).rstrip("/")
