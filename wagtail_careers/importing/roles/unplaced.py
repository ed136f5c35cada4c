"""Parts of a post that no page shows, such as custom fields and comments, with words counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from wagtail_careers.importing.reading.content import Content, link_texts
from wagtail_careers.importing.reading.tree import parse, visible_words
from wagtail_careers.importing.roles.category import SEVERAL, CategoryGuess, categories_of
from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.roles.sections import Section
from wagtail_careers.importing.sources.conventions import IGNORE, Conventions
from wagtail_careers.importing.sources.fields import is_of_builder
from wagtail_careers.importing.sources.posts import Field, Post
from wagtail_careers.text import beginning, one_line

#: Codes of what is left out, which are also those of its flags.
FIELD = "field"
WITHHELD = "withheld"
TERMS = "terms"
COMMENTS = "comments"
EXCERPT_LINK = "excerpt_link"
PROTECTED = "protected"

#: A text is a copy if each run of this many words in it is in the content, too.
_RUN = 4
_FLAG_TEXT = 200
_FLAG_ADDRESSES = 500


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A part of a post that is on no page.

    ``number`` counts the values, terms or comments, and ``words`` the words in them. ``text`` has
    those words, except those of passwords and comments. ``addresses`` are the links in it. A
    part that the map ``ignores`` has no flag.
    """

    code: str
    name: str
    number: int = 1
    words: int = 0
    text: str = ""
    addresses: tuple[str, ...] = ()
    ignored: bool = False

    def flag(self) -> Flag:
        """Return the flag that names this part."""
        if self.code == EXCERPT_LINK:
            address = beginning(self.addresses[0], _FLAG_ADDRESSES)
            return Flag(self.code, {"text": beginning(self.text, _FLAG_TEXT), "address": address})
        parameters = {"name": self.name[:100], "number": str(self.number), "words": str(self.words)}
        if self.text:
            parameters["text"] = beginning(self.text, _FLAG_TEXT)
        if hidden := [each for each in self.addresses if each not in parameters.get("text", "")]:
            parameters["addresses"] = beginning(", ".join(hidden), _FLAG_ADDRESSES)
            parameters["problem"] = "linked"
        return Flag(self.code, parameters, review=self.code == FIELD)


def unplaced(
    post: Post,
    content: Content,
    sections: Iterable[Section],
    category: CategoryGuess,
    conventions: Conventions,
) -> tuple[Unplaced, ...]:
    """Return all parts of ``post`` that are in none of the ``sections``, in a fixed order."""
    return (
        *(
            part
            for field in _without_copies(post, content)
            for part in _of_field(field, conventions)
        ),
        *_of_excerpt(content, sections),
        *_of_terms(post, category, conventions),
        *_of_readers(post),
    )


def _without_copies(post: Post, content: Content) -> Iterator[Field]:
    """Yield the fields without what page builders repeat in the content for other programs."""
    if not any(is_of_builder(field.name) for field in post.fields):
        yield from post.fields
        return
    words = visible_words(post.content)
    known = {run for length in range(1, _RUN + 1) for run in _runs_of_words(words, length)}
    known |= {(href,) for href, _text in content.links()}
    for field in post.fields:
        if is_of_builder(field.name):
            texts = tuple(text for text in field.texts if not _is_copy(text, known))
            field = replace(field, texts=texts)
        yield field


def _is_copy(text: str, known: set[tuple[str, ...]]) -> bool:
    words = visible_words(text)
    length = max(1, min(len(words), _RUN))
    return bool(words) and all(run in known for run in _runs_of_words(words, length))


def _runs_of_words(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(length)), strict=False)


def _of_field(field: Field, conventions: Conventions) -> Iterator[Unplaced]:
    ignored = conventions.place_of_field(field.name) == IGNORE
    if field.withheld:
        yield Unplaced(WITHHELD, field.name, words=field.withheld, ignored=ignored)
    if not field.texts or conventions.section_of_field(field.name):
        return
    words = [word for document in field.documents() for word in visible_words(document)]
    yield Unplaced(
        FIELD,
        field.name,
        len(field.texts),
        len(words),
        # A field may have nothing to see, such as a script; it is named all the same.
        " ".join(words or " ".join(field.texts).split()),
        tuple(dict.fromkeys(_addresses(field))),
        ignored,
    )


def _addresses(field: Field) -> Iterator[str]:
    """Yield the addresses in attributes; those in the text are among its words."""
    for text in field.texts:
        if "<" in text:
            for node in parse(text).css("[href], [src]"):
                found = (node.attributes.get(name) or "" for name in ("href", "src"))
                yield from filter(None, map(str.strip, found))


def _of_excerpt(content: Content, sections: Iterable[Section]) -> Iterator[Unplaced]:
    """Name the links of the excerpt that are nowhere else: a description has no links."""
    placed = {
        run.href
        for section in sections
        for block in (section.title, *section.blocks)
        for run in (block.runs if block else ())
    }
    for block in content.excerpt:
        for href, text in link_texts(block.runs):
            if href not in placed:
                shown = one_line(text)
                yield Unplaced(EXCERPT_LINK, "excerpt", 1, len(shown.split()), shown, (href,))


def _of_terms(post: Post, category: CategoryGuess, conventions: Conventions) -> Iterator[Unplaced]:
    """Name the terms other than the category, which a doubt about it may name already."""
    told = categories_of(post, conventions) if category.doubt == SEVERAL else ()
    used = {term.slug for term in (*told, category.term) if term}
    left = [term for term in (*post.categories, *post.terms) if term.slug not in used]
    taxonomy_of = attrgetter("taxonomy")
    for taxonomy, group in groupby(sorted(left, key=taxonomy_of), taxonomy_of):
        names = [term.name for term in group]
        yield Unplaced(
            TERMS,
            taxonomy,
            len(names),
            sum(len(name.split()) for name in names),
            ", ".join(f"“{name}”" for name in names),
            ignored=conventions.taxonomies.get(taxonomy) == IGNORE,
        )


def _of_readers(post: Post) -> Iterator[Unplaced]:
    if post.comments.number:
        yield Unplaced(COMMENTS, "comments", post.comments.number, post.comments.words)
    if post.has_password:
        yield Unplaced(PROTECTED, "post_password")
