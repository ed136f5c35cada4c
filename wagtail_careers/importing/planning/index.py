"""What has to be known of all posts before the first can become a page.

The sources are read twice: once for this, and once to write. So memory holds a line for each
post, not the posts.
"""

from collections import Counter
from urllib.parse import parse_qs, unquote

from wagtail_careers.importing.reading import addresses
from wagtail_careers.importing.reading.addresses import Address
from wagtail_careers.importing.reading.content import Content
from wagtail_careers.importing.roles.links import LinkCount, address_of
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.posts import Draft
from wagtail_careers.importing.writing.rich_text import link_texts, tidied


class Index:
    """The addresses, titles and links of all posts of a run."""

    def __init__(self) -> None:
        self.links = LinkCount()
        self.titles: dict[str, str] = {}
        #: Of posts alone: a page such as “About” is no role that another could lead to.
        self.role_titles: dict[str, str] = {}
        self.slugs: Counter[str] = Counter()
        #: The addresses in each post that are of its own site, and may be those of other posts.
        self._own: dict[str, set[Address]] = {}
        self._by_path: dict[tuple[str, str], str] = {}
        self._by_id: dict[tuple[str, str], str] = {}

    def __len__(self) -> int:
        return len(self.titles)

    def __contains__(self, key: str) -> bool:
        return key in self.titles

    def add(self, draft: Draft, content: Content) -> None:
        """Take in what other posts and all links need of this one."""
        self.titles[draft.key] = draft.title
        if draft.kind != "page":
            self.role_titles[draft.key] = draft.title
        self.slugs[draft.slug] += 1
        self.add_address(draft.key, draft.permalink)
        site = wordpress.host(draft.permalink)
        if draft.post_id:
            self._by_id[site, draft.post_id] = draft.key
        for block in content.blocks:
            for href, text in link_texts(tidied(block.runs)):
                self.links.add(href, text, draft.permalink)
                address = address_of(href, draft.permalink)
                if address and _site(address) == site:
                    self._own.setdefault(draft.key, set()).add(address)

    def add_address(self, key: str, permalink: str) -> None:
        """Let links to ``permalink`` find the post, unless its address is no path of its own."""
        address = addresses.parse(permalink)
        if address and address.segments:
            self._by_path[_site(address), _path(address)] = key

    def posts_linked_from(self, key: str) -> list[str]:
        """The keys of the posts that the post ``key`` links to, sorted."""
        return sorted({found for each in self._own.get(key, ()) if (found := self.page_of(each))})

    def page_of(self, address: Address) -> str | None:
        """The key of the post that ``address`` leads to."""
        for name in wordpress.ID_PARAMETERS:
            for post_id in parse_qs(address.query).get(name, ()):
                if key := self._by_id.get((_site(address), post_id)):
                    return key
        if address.query:
            return None
        return self._by_path.get((_site(address), _path(address)))


def _path(address: Address) -> str:
    """The path in one spelling: WordPress encodes it otherwise than people and browsers do."""
    return unquote(address.path).rstrip("/")


def _site(address: Address) -> str:
    return address.site.partition(":")[0]
