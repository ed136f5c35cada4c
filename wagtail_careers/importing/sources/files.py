"""Files and folders of files. The content of a file decides its format, not its name."""

import codecs
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from wagtail_careers.importing.sources import wxr
from wagtail_careers.importing.sources.posts import Refusal, Skipped, SourceEntry, SourceError
from wagtail_careers.importing.sources.wordpress_markdown import read_post

_SNIFFED = 4096
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


#: XML cannot contain these (https://www.w3.org/TR/xml/#charsets), yet WordPress exports them.
_ILLEGAL = bytes(number for number in range(32) if number not in b"\t\n\r")
_LEGAL = bytes.maketrans(_ILLEGAL, b" " * len(_ILLEGAL))


class LegalXML:
    """An XML file read with spaces instead of control characters and without leading space.

    Plug-ins print blank lines before an export, and a single one would make all of it
    unreadable. Encodings with two or more bytes a character (``is_wide``) are not changed.
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


def read(paths: Iterable[Path]) -> Iterator[SourceEntry]:
    """Read every entry of ``paths`` in a fixed order, with a ``Refusal`` for unreadable ones."""
    for path in paths:
        if not path.is_dir():
            yield from read_file(path, _name(path))
            continue
        files = list(_files_in(path))
        if not files:
            yield Refusal(_name(path), _("The folder is empty."))
        for file in files:
            yield from read_file(file, _name(file))


def _name(path: Path) -> str:
    """Return ``path`` as text that can be stored: some systems allow any bytes in file names."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_file(path: Path, source: str) -> Iterator[SourceEntry]:
    """Read the posts of a WordPress export, or the one post of a Markdown file."""
    try:
        if path.stat().st_size == 0:
            raise SourceError(_("The file is empty."))
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
        yield Refusal(source, str(error))
    except OSError as error:
        message = _("The file cannot be opened: %(reason)s.")
        yield Refusal(source, message % {"reason": error.strerror})


def _read_text(path: Path, start: bytes, source: str) -> Iterator[SourceEntry]:
    if b"\x00" in start:
        raise SourceError(_("This is a binary file."))
    if path.stat().st_size > 4 * wxr.MAX_CONTENT:
        raise SourceError(_("The file is too large to be a post."))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("The file is not encoded in UTF-8 (at byte %(byte)s).")
        raise SourceError(message % {"byte": error.start}) from error
    post = read_post(text, source)
    if len(post.content) > wxr.MAX_CONTENT:
        raise SourceError(wxr.too_long(post.content))
    if post.status in wxr.NOT_KEPT:
        yield Skipped(source, post.title, wxr.not_kept(post.status))
        return
    yield post


def is_xml(start: bytes) -> bool:
    """Return True if a file that begins with ``start`` is XML, whatever its name."""
    if start.startswith(_WIDE_MARKS):
        return True
    return (
        start.removeprefix(codecs.BOM_UTF8)
        .lstrip()
        .startswith((b"<?xml", b"<rss", b"<!DOCTYPE rss"))
    )


def _files_in(folder: Path) -> Iterator[Path]:
    """Find the files below ``folder``, without hidden ones such as those of a repository."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
