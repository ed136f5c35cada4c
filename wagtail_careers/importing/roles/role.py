"""The role that a post becomes, and the choices that a person makes for it beforehand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wagtail_careers.importing.reading.content import Embed, Image, link_texts
from wagtail_careers.importing.roles.account import Placement
from wagtail_careers.importing.roles.category import CategoryGuess
from wagtail_careers.importing.roles.flags import NOT_FOR_EVERYBODY, Flag
from wagtail_careers.importing.roles.sections import Section
from wagtail_careers.importing.roles.unplaced import Unplaced
from wagtail_careers.importing.sources.posts import Post


@dataclass(frozen=True)
class Choice:
    """The choices for one post. The import decides about everything that is empty."""

    skip: bool = False
    again: bool = False
    title: str = ""
    slug: str = ""
    category: str = ""
    format: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """The role that a post becomes. Its links still have the addresses of the source."""

    post: Post
    title: str
    slug: str
    category: CategoryGuess
    sections: tuple[Section, ...]
    account: tuple[Placement, ...]
    is_recognised: bool
    #: The text in which other roles may be named that this one leads to.
    progression_text: str = ""
    images: tuple[Image, ...] = ()
    embeds: tuple[Embed, ...] = ()
    flags: tuple[Flag, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def is_for_everybody(self) -> bool:
        """True if everybody could see all of the post, and so the files in it."""
        codes = {flag.code for flag in self.flags}
        return self.post.is_public and not NOT_FOR_EVERYBODY & codes

    def links(self) -> Iterator[tuple[int, str, str]]:
        """Yield each link: the number of its section, its address in the source and its text."""
        for number, section in enumerate(self.sections, start=1):
            for block in section.blocks:
                for href, text in link_texts(block.runs):
                    yield number, href, text
