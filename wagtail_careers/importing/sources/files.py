"""Files and folders of files: what is in each is told by its content, not by its name."""

import codecs
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from wagtail_careers.importing.sources import wxr
from wagtail_careers.importing.sources.posts import Problem, Reading, Skipped, SourceError
from wagtail_careers.importing.sources.wordpress_markdown import read_post

_SNIFFED = 4096
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


#: No XML may hold these (https://www.w3.org/TR/xml/#charsets), yet WordPress exports them.
_ILLEGAL = bytes(number for number in range(32) if number not in b"\t\n\r")
_LEGAL = bytes.maketrans(_ILLEGAL, b" " * len(_ILLEGAL))


class LegalXML:
    """A file of XML that is read with spaces for control characters, and none before it begins.

    Plug-ins print blank lines before an export; one such byte would lose all that comes after.
    Characters of two bytes or more each, which ``is_wide`` tells, are left as they are.
    """

    def __init__(self, file: BinaryIO, *, is_wide: bool) -> None:
        self._file = file
        self._is_wide = is_wide
        self._has_begun = False

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        if self._is_wide:
            return part
        while part and not self._has_begun:
            part = part.removeprefix(codecs.BOM_UTF8).lstrip()
            self._has_begun = bool(part)
            part = part or self._file.read(size)
        return part.translate(_LEGAL)


def read(paths: Iterable[Path]) -> Iterator[Reading]:
    """All that is in ``paths``, in a fixed order; what cannot be read, as ``Problem`` values."""
    for path in paths:
        if not path.is_dir():
            yield from read_file(path, _name(path))
            continue
        files = list(_files_in(path))
        if not files:
            yield Problem(_name(path), "the folder is empty")
        for file in files:
            yield from read_file(file, _name(file))


def _name(path: Path) -> str:
    """``path`` as text that can be stored: on some systems, names of files are any bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_file(path: Path, source: str) -> Iterator[Reading]:
    """The drafts of one file, by its content: an export of WordPress, or one post."""
    try:
        if path.stat().st_size == 0:
            raise SourceError("the file is empty")
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
            file.seek(0)
            if is_xml(start):
                yield from wxr.read_items(
                    LegalXML(file, is_wide=start.startswith(_WIDE_MARKS)), source
                )
                return
        yield from _read_text(path, start, source)
    except SourceError as error:
        yield Problem(source, str(error))
    except OSError as error:
        yield Problem(source, f"it cannot be opened: {error.strerror}")


def _read_text(path: Path, start: bytes, source: str) -> Iterator[Reading]:
    if b"\x00" in start:
        raise SourceError("it is a binary file")
    if path.stat().st_size > 4 * wxr.MAX_CONTENT:
        raise SourceError("it is too large for a post")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"it is not encoded in UTF-8 (byte {error.start})") from error
    draft = read_post(text, source)
    if len(draft.content) > wxr.MAX_CONTENT:
        raise SourceError(f"its content has {len(draft.content):,} characters, too many for a page")
    if draft.status in wxr.NOT_KEPT:
        yield Skipped(source, draft.title, f"its status is {draft.status}")
        return
    yield draft


def is_xml(start: bytes) -> bool:
    """Whether a file that begins with ``start`` is XML, whatever it is called."""
    if start.startswith(_WIDE_MARKS):
        return True
    return (
        start.removeprefix(codecs.BOM_UTF8)
        .lstrip()
        .startswith((b"<?xml", b"<rss", b"<!DOCTYPE rss"))
    )


def _files_in(folder: Path) -> Iterator[Path]:
    """All files below ``folder`` but those that are hidden, such as those of a repository."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
