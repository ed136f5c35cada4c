"""Files in archives, read as streams: nothing is unpacked to a disk, so their names lead nowhere.

A few kilobytes can unpack to any length. So the reading stops where no text is: text gets about
ten times smaller in an archive.
"""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from lzma import LZMAError
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from wagtail_careers.importing.sources.posts import SourceError
from wagtail_careers.text import one_line

MAX_FILES = 100_000
#: The most bytes that an archive of a size may unpack to.
MAX_RATIO = 100
MAX_BASE = 10_000_000

CHUNK = 65_536

#: With files, and without any.
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
#: Raised for an archive that is damaged or encrypted, or has an unknown compression.
_ERRORS = (
    EOFError,
    LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class Readable(Protocol):
    """A file, or a stream of what is in an archive."""

    def read(self, size: int, /) -> bytes: ...


File = tuple[str, Iterator[bytes]]


def is_archive(path: Path) -> bool:
    """Return True if the file at ``path`` is an archive that can be read."""
    return _beginning(path).startswith((*_ZIP, _GZIP))


def is_inner_archive(name: str, start: bytes) -> bool:
    """Return True if a file in an archive, which begins with ``start``, is one that has posts.

    An office document is an archive, too.
    """
    return start.startswith(_GZIP) or (start.startswith(_ZIP) and name.lower().endswith(".zip"))


def _beginning(path: Path) -> bytes:
    """Return the first bytes of a file; none if it cannot be opened, which its reader reports."""
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError:
        return b""


def chunks(file: Readable) -> Iterator[bytes]:
    """Yield what is in ``file``; all parts but the last have the same length."""
    return iter(partial(file.read, CHUNK), b"")


def files_in(path: Path, source: str) -> Iterator[File]:
    """Yield the name and the content of each file in an archive, which ``source`` names.

    Hidden files are left out. A content has to be read before the next file is. Raises
    ``SourceError`` if the archive cannot be read.
    """
    left = [MAX_BASE + MAX_RATIO * path.stat().st_size]
    try:
        if _beginning(path).startswith(_GZIP):
            with gzip.open(path) as file:
                yield source.removesuffix(".gz"), _limited(file, left)
        else:
            yield from _members(path, source, left)
    except (*_ERRORS, gzip.BadGzipFile) as error:
        raise SourceError(_unreadable(error)) from error


def _members(path: Path, source: str, left: list[int]) -> Iterator[File]:
    with zipfile.ZipFile(path) as archive:
        members = sorted(archive.infolist(), key=lambda member: member.filename)
        if len(members) > MAX_FILES:
            message = _("The archive has more than %(number)s files.")
            raise SourceError(message % {"number": MAX_FILES})
        for member in members:
            if member.is_dir() or _is_hidden(member.filename):
                continue
            with archive.open(member) as file:
                yield f"{source}/{member.filename}", _limited(file, left)


def _is_hidden(name: str) -> bool:
    """Return True for files such as those that macOS adds to an archive."""
    return any(
        part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in name.split("/")
    )


def _limited(file: Readable, left: list[int]) -> Iterator[bytes]:
    """Yield what is in ``file``, and take its length from what is ``left`` for the archive."""
    try:
        for chunk in chunks(file):
            left[0] -= len(chunk)
            if left[0] < 0:
                raise SourceError(_("The archive unpacks to far more than text does."))
            yield chunk
    except _ERRORS as error:
        raise SourceError(_unreadable(error)) from error


def _unreadable(error: Exception) -> str:
    return _("The archive cannot be read: %(error)s.") % {"error": one_line(str(error))}
