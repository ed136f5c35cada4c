"""All roles of a site together, for the rules that compare them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.passages import Span
from wagtail_careers.text import one_line

_AT_EDGES = " .,;:!?…»→>\u203a"


@dataclass(frozen=True)
class Site:
    """The content of all roles that are checked together. Indexes are made when first asked."""

    contents: tuple[Content, ...]

    @cached_property
    def targets_by_text(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The titles of the pages for each target of each link text, case apart."""
        found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for content in self.contents:
            for _section, passage in content.passages():
                for link in passage.links:
                    if key := link_key(link):
                        found[key][target_of(link)][content.title] = None
        return {
            key: {target: tuple(titles) for target, titles in targets.items()}
            for key, targets in found.items()
        }


def link_key(link: Span) -> str:
    """Return the text of a link as readers compare it: without case and edge punctuation."""
    return one_line(link.text).casefold().strip(_AT_EDGES)


def target_of(link: Span) -> str:
    """Return what tells the target of a link from others: its address, or its record."""
    attrs = link.attrs
    if kind := attrs.get("linktype"):
        return ":".join((kind, attrs.get("id", ""), attrs.get("path", "").strip("/")))
    return attrs.get("href", "").strip().rstrip("/")
