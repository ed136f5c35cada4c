"""Posts as plain values, before any page exists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

#: The taxonomy of WordPress's own categories.
CATEGORY = "category"

#: The formats of a post's content.
HTML = "html"
MARKDOWN = "markdown"
FORMATS = (HTML, MARKDOWN)


class SourceError(Exception):
    """A source that cannot be read. The message is one line, for the person who imports."""


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a tag of the old site, or a term of another ``taxonomy`` of it."""

    slug: str
    name: str
    taxonomy: str = CATEGORY


@dataclass(frozen=True, slots=True)
class Field:
    """A custom field: a value that a plug-in, a theme or a person keeps beside the content.

    ``texts`` are the texts in it, each of which may be HTML. ``withheld`` counts the words of
    passwords and of readers' own details, which are not in ``texts``.
    """

    name: str
    texts: tuple[str, ...] = ()
    withheld: int = 0

    def documents(self) -> Iterator[str]:
        """Yield HTML to read one by one, so that nothing left open in one reaches the next.

        Texts without markup are paragraphs of one, because a list can have thousands of them.
        """
        for has_markup, texts in groupby(self.texts, key=lambda text: "<" in text):
            if has_markup:
                yield from texts
            else:
                yield "\n\n".join(texts)


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments on a post, counted only: what readers gave of themselves is not kept."""

    number: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A fact about how a post was read, as a code with parameters; it becomes a flag."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    review: bool = True


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the old site, with its ``content`` as WordPress stored it.

    ``key`` identifies it in this import and in later ones. ``source`` names the file or item.
    ``home`` is the address of its blog, and ``guid`` the address that it had first.
    ``published_at`` may be naive, because WordPress often omits the time zone. ``excerpt`` is
    plain text, and ``excerpt_html`` is as stored. ``description`` is what an SEO plug-in tells
    search engines, if there is no excerpt. ``terms`` are those of other taxonomies than the
    categories. ``old_slugs`` are slugs that the post had before, and ``aliases`` other addresses.
    ``file`` is the name of a file that has only this post.
    ``featured_image`` is the ID of an attachment. ``format`` is ``html`` or ``markdown``, and
    ``remarks`` say what people should know about how the post was read.
    """

    key: str
    source: str
    title: str
    content: str
    post_id: str = ""
    permalink: str = ""
    home: str = ""
    guid: str = ""
    slug: str = ""
    published_at: datetime | None = None
    author: str = ""
    excerpt: str = ""
    status: str = "publish"
    kind: str = "post"
    categories: tuple[Term, ...] = ()
    excerpt_html: str = ""
    description: str = ""
    fields: tuple[Field, ...] = ()
    terms: tuple[Term, ...] = ()
    comments: Comments = Comments()
    has_password: bool = False
    old_slugs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    file: str = ""
    featured_image: str = ""
    format: str = HTML
    remarks: tuple[Remark, ...] = ()

    @property
    def is_public(self) -> bool:
        return self.status == "publish"

    @property
    def search_description(self) -> str:
        return self.excerpt or self.description


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry of a source that cannot be imported, with the reason."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry of a source that is not meant to be a role."""

    source: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Attachment(Skipped):
    """A file in the library of the old site, which is not a page.

    ``post_id`` is its own ID, and ``parent`` that of the post for which it was uploaded.
    ``permalink`` is that of its page, and ``address`` that of the file.
    """

    post_id: str = ""
    permalink: str = ""
    address: str = ""
    alt: str = ""
    caption: str = ""
    description: str = ""
    parent: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning about a source that was read all the same."""

    source: str
    message: str


SourceEntry = Post | Refusal | Skipped | Notice
