"""All roles of a site together, for the rules that compare them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from urllib.parse import urlsplit

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.passages import Kind, Passage, Span
from wagtail_careers.lint.places import Section
from wagtail_careers.text import one_line

_AT_EDGES = " .,;:!?…»→>\u203a"
_WORD = re.compile(r"\w+")
#: The words of a shingle, and how many shingles stand for a passage when similar ones are sought.
_SHINGLE = 4
_SKETCH = 6


@dataclass(frozen=True)
class Site:
    """The content of all roles that are checked together. Indexes are made when first asked."""

    contents: tuple[Content, ...]

    @cached_property
    def sites_by_text(self) -> Mapping[str, Mapping[str, str]]:
        """The sites that each link text leads to, each with the title of a page that has it.

        A shared link counts as one site, with any deep path.
        """
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for content in self.contents:
            for _section, passage in content.passages():
                for link in passage.links:
                    if (key := link_key(link)) and (site := site_of(link)):
                        found[key].setdefault(site, content.title)
        return found

    def likeness(self, content: Content, passage: Passage) -> str:
        """Return the title of another role with nearly the same long passage, or ""."""
        own = shingles(passage.text)
        for shingle in _sketch(own):
            # The first ones stand for all: a text on a thousand pages is compared with a few.
            for title, page, others in self._by_shingle[shingle][:8]:
                if page != content.page and _are_alike(own, others):
                    return title
        return ""

    @cached_property
    def _by_shingle(self) -> Mapping[int, list[tuple[str, int | None, frozenset[int]]]]:
        found: dict[int, list[tuple[str, int | None, frozenset[int]]]] = defaultdict(list)
        for content in self.contents:
            for _section, passage in long_passages(content):
                own = shingles(passage.text)
                for shingle in _sketch(own):
                    found[shingle].append((content.title, content.page, own))
        return found


def long_passages(content: Content, fewest: int = 30) -> Iterator[tuple[Section, Passage]]:
    """Yield the paragraphs with so many words that two alike were copied."""
    for section, passage in content.prose():
        if passage.kind is Kind.PARAGRAPH and len(_WORD.findall(passage.text)) >= fewest:
            yield section, passage


def shingles(text: str) -> frozenset[int]:
    """Return what stands for each run of words in a text."""
    found = _WORD.findall(text.casefold())
    runs = zip(*(found[start:] for start in range(_SHINGLE)), strict=False)
    return frozenset(_digest(" ".join(run)) for run in runs)


def link_key(link: Span) -> str:
    """Return the text of a link as readers compare it: without case and edge punctuation."""
    return one_line(link.text).casefold().strip(_AT_EDGES)


def target_of(link: Span) -> str:
    """Return what tells the target of a link from others: its address, or its record."""
    attrs = link.attrs
    if kind := attrs.get("linktype"):
        return ":".join((kind, attrs.get("id", ""), attrs.get("path", "").strip("/")))
    return attrs.get("href", "").strip().rstrip("/")


def site_of(link: Span) -> str:
    """Return the site that a link leads to: its host or its shared link, or "" within the site."""
    attrs = link.attrs
    if kind := attrs.get("linktype"):
        return f"{kind}:{attrs.get('id', '')}" if kind == "shared-link" else ""
    try:
        return (urlsplit(attrs.get("href", "").strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _sketch(of: frozenset[int]) -> list[int]:
    """Return the smallest shingles: two texts that are alike have most of them in common."""
    return sorted(of)[:_SKETCH]


def _are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= 0.7 * len(one | other)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
