"""The index of all posts, which is needed before the first post can become a page.

The sources are read twice: once to build the index, and once to write. So memory holds a line
for each post, not the posts.
"""

from collections import Counter
from urllib.parse import parse_qs, unquote

from wagtail_careers.importing.reading import addresses
from wagtail_careers.importing.reading.addresses import Address
from wagtail_careers.importing.reading.content import Content
from wagtail_careers.importing.roles.links import LinkCount, address_of
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions
from wagtail_careers.importing.sources.posts import Post


class Index:
    """The addresses, titles and links of all posts of an import."""

    def __init__(self, conventions: Conventions = DEFAULTS) -> None:
        self.links = LinkCount(conventions.empty_link_texts)
        self.titles: dict[str, str] = {}
        #: Without pages: a page such as “About” is not a role that another could lead to.
        self.role_titles: dict[str, str] = {}
        self.slugs: Counter[str] = Counter()
        #: The addresses of its own site in each post, which may be those of other posts.
        self._own: dict[str, set[Address]] = {}
        self._by_path: dict[tuple[str, str], str] = {}
        self._by_id: dict[tuple[str, str], str] = {}

    def __len__(self) -> int:
        return len(self.titles)

    def __contains__(self, key: str) -> bool:
        return key in self.titles

    def add(self, post: Post, content: Content) -> None:
        """Index the title, addresses and links of a post."""
        self.titles[post.key] = post.title
        if post.kind != "page":
            self.role_titles[post.key] = post.title
        self.slugs[post.slug] += 1
        self.add_address(post.key, post.permalink)
        site = wordpress.host(post.permalink)
        if post.post_id:
            self._by_id[site, post.post_id] = post.key
        for href, text in content.links():
            self.links.add(href, text, post.permalink)
            address = address_of(href, post.permalink)
            if address and _site(address) == site:
                self._own.setdefault(post.key, set()).add(address)

    def add_address(self, key: str, permalink: str) -> None:
        """Let links to ``permalink`` find the post, unless the address has no path."""
        address = addresses.parse(permalink)
        if address and address.segments:
            self._by_path[_site(address), _path(address)] = key

    def posts_linked_from(self, key: str) -> list[str]:
        """Return the sorted keys of the posts that the post ``key`` links to."""
        return sorted({found for each in self._own.get(key, ()) if (found := self.page_of(each))})

    def page_of(self, address: Address) -> str | None:
        """Return the key of the post at ``address``."""
        for name in wordpress.ID_PARAMETERS:
            for post_id in parse_qs(address.query).get(name, ()):
                if key := self._by_id.get((_site(address), post_id)):
                    return key
        if address.query:
            return None
        return self._by_path.get((_site(address), _path(address)))


def _path(address: Address) -> str:
    """Return the decoded path: WordPress encodes it differently from people and browsers."""
    return unquote(address.path).rstrip("/")


def _site(address: Address) -> str:
    return address.site.partition(":")[0]
