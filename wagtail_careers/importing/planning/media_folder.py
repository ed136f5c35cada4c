"""A copy of the old site's uploads, from which files are taken."""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from wagtail_careers.importing.sources import uploads, wordpress

#: The folders around a file that may be in the copy, such as ``uploads/sites/2/2018/08``.
_MAX_FOLDERS = 8


class MediaFolder:
    """A folder with files of the old site, or no folder at all.

    ``hosts`` are those of the old site. Without any, files of all hosts count as its own.
    """

    def __init__(self, path: Path | None, hosts: Iterable[str] = ()) -> None:
        self._root = path.resolve() if path else None
        self._hosts = frozenset(hosts) - {""}

    def __bool__(self) -> bool:
        return self._root is not None

    def find(self, address: str) -> Path | None:
        """Find the file at ``address``, by the longest part of its path that exists.

        A file of another site can have the same path as one of the old site. Of a file in
        several sizes, it is the largest. A link out of the folder does not count.
        """
        parts = uploads.parts_of(address)[-_MAX_FOLDERS - 1 :]
        if self._root is None or not parts or not self._is_own(address):
            return None
        names = list(_spellings(parts[-1]))
        for start in range(len(parts)):
            for name in names:
                candidate = self._root.joinpath(*parts[start:-1], name)
                if _is_file(candidate) and candidate.resolve().is_relative_to(self._root):
                    return candidate
        return None

    def _is_own(self, address: str) -> bool:
        hosts = {wordpress.host(address), uploads.site_of(address)}
        return hosts == {""} or not self._hosts or not self._hosts.isdisjoint(hosts)


def _spellings(name: str) -> Iterator[str]:
    """Yield the names of all copies of a file, also as macOS writes accents."""
    for copy in uploads.names_of_copies(name):
        yield from dict.fromkeys(
            (copy, unicodedata.normalize("NFC", copy), unicodedata.normalize("NFD", copy))
        )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.R_OK)
    except (OSError, ValueError):
        return False  # A name that the system cannot have.
