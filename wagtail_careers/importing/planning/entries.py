"""The entries of the sources, which an import needs twice: to index them, and to import them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from wagtail_careers.importing.reading.content import Content
from wagtail_careers.importing.reading.posts import read_post
from wagtail_careers.importing.sources import files
from wagtail_careers.importing.sources.conventions import Conventions
from wagtail_careers.importing.sources.posts import Post, SourceEntry

#: The most characters of the sources that are kept, and what an entry counts besides its texts.
#: With what was read of them, markup of short runs takes 25 bytes for each in memory.
MAX_KEPT = 4_000_000
_OF_AN_ENTRY = 1000


class Entries:
    """The entries of the sources in order, and the same each time.

    They are read once if there is room for all of them, and else again each time. ``prepare`` makes
    a post ready for its conversion.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        prepare: Callable[[Post], SourceEntry],
        conventions: Conventions,
    ) -> None:
        self._paths = tuple(paths)
        self._prepare = prepare
        self._conventions = conventions
        self._room = MAX_KEPT
        self._kept: list[SourceEntry] = []
        self._contents: dict[str, Content] = {}
        self._are_all_kept = False

    def __iter__(self) -> Iterator[SourceEntry]:
        if self._are_all_kept:
            yield from self._kept
            return
        self._kept.clear()
        for entry in files.read(self._paths):
            ready = self._prepare(entry) if isinstance(entry, Post) else entry
            self._keep(ready)
            yield ready
        self._are_all_kept = self._room >= 0

    def content(self, post: Post) -> Content:
        """Read ``post``, or return what was read when it was indexed."""
        content = self._contents.pop(post.key, None)
        if content is None:
            content = read_post(post, self._conventions)
            if self._room >= 0 and not self._are_all_kept:
                self._contents[post.key] = content
        return content

    def _keep(self, entry: SourceEntry) -> None:
        self._room -= _OF_AN_ENTRY + _size(entry)
        if self._room >= 0:
            self._kept.append(entry)
        else:
            self._kept.clear()
            self._contents.clear()


def _size(entry: SourceEntry) -> int:
    """Return the number of characters in the texts of a post."""
    if not isinstance(entry, Post):
        return 0
    texts = chain.from_iterable(field.texts for field in entry.fields)
    return sum(map(len, (entry.content, entry.excerpt_html, *texts)))
