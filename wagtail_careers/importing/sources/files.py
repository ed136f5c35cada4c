"""Files, folders and archives. The content of a file decides its format, not its name."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import StringIO
from itertools import chain
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_careers.importing.sources import archives, front_matter, wordpress, wxr
from wagtail_careers.importing.sources.encodings import decoded, encoding_of
from wagtail_careers.importing.sources.posts import (
    Notice,
    Post,
    Refusal,
    Skipped,
    SourceEntry,
    SourceError,
)
from wagtail_careers.importing.sources.repairs import CHARACTER, without_marks
from wagtail_careers.importing.sources.wordpress_markdown import read_post
from wagtail_careers.text import beginning

#: The beginning of an export. Programs print warnings and blank lines before it, but no control
#: characters, which tell a binary file with XML in it.
_EXPORT = re.compile(r"<\?xml\s|<rss[\s>]|<!DOCTYPE\s+rss")
#: The most characters of such warnings.
_MAX_BEFORE = 1_000_000
#: The endings of files that people write or export, each of which is named if it is not a post.
_DOCUMENTS = frozenset({".markdown", ".md", ".mdown", ".txt", ".xml"})
#: Control characters, in the names of files.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class NotAPostError(Exception):
    """A file that is neither a post nor an export. The message is one line."""


def read(paths: Iterable[Path]) -> Iterator[SourceEntry]:
    """Read every entry of ``paths`` in a fixed order, with a ``Refusal`` for unreadable ones."""
    for path in paths:
        source = _name(path)
        for entry in _read_path(path, source):
            yield _with_lasting_key(entry, source) if isinstance(entry, Post) else entry


def _read_path(path: Path, source: str) -> Iterator[SourceEntry]:
    if path.is_dir():
        yield from _read_folder(path, source)
    elif archives.is_archive(path):
        yield from _refusing(source, _read_archive(path, source))
    else:
        yield from _read_alone(path, source)


def _with_lasting_key(post: Post, given: str) -> Post:
    """Return ``post`` with a key that does not depend on where its file is.

    Without an ID and an address, a post is known by the name of its file, below the folder that
    was ``given``.
    """
    if post.key != wordpress.identity("", "", "", post.source):
        return post
    is_alone = post.source == given
    name = PurePosixPath(given).name if is_alone else post.source.removeprefix(given)
    return replace(post, key=wordpress.identity("", "", "", name.lstrip("/")))


def _read_alone(path: Path, source: str) -> Iterator[SourceEntry]:
    try:
        yield from _refusing(source, _read_file(path, source))
    except NotAPostError as error:
        yield Refusal(source, str(error))


def _read_folder(folder: Path, source: str) -> Iterator[SourceEntry]:
    others: Counter[str] = Counter()
    paths = list(_files_in(folder))
    if not paths:
        yield Refusal(source, _("The folder is empty."))
    for path in paths:
        name = _name(path)
        # An office document is an archive, too.
        if path.suffix.lower() in (".gz", ".zip") and archives.is_archive(path):
            yield from _refusing(name, _read_archive(path, name))
        else:
            yield from _among_others(name, _read_file(path, name), others)
    yield from _skipped(source, others)


def _read_archive(path: Path, source: str) -> Iterator[SourceEntry]:
    others: Counter[str] = Counter()
    is_empty = True
    for inner, parts in archives.files_in(path, source):
        is_empty = False
        name = _on_one_line(inner)
        start = next(parts, b"")
        if archives.is_inner_archive(name, start):
            yield Refusal(name, _("An archive in an archive is not read. Unpack the outer one."))
        else:
            content = chain((start,), parts)
            yield from _among_others(name, _read_parts(content, name), others)
    if is_empty:
        raise SourceError(_("The archive is empty."))
    yield from _skipped(source, others)


def _read_file(path: Path, source: str) -> Iterator[SourceEntry]:
    with path.open("rb") as file:
        yield from _read_parts(archives.chunks(file), source)


def _read_parts(parts: Iterator[bytes], source: str) -> Iterator[SourceEntry]:
    """Read the posts of a WordPress export, or the one post of a file with front matter.

    The file comes in ``parts``. Raises ``SourceError`` or ``NotAPostError``.
    """
    start = next(parts, b"")
    if not start:
        raise SourceError(_("The file is empty."))
    texts = decoded(chain((start,), parts), encoding_of(start))
    text = next(texts)
    if front_matter.begins(text):
        yield from _read_text(chain((text,), texts), source)
        return
    text, export = _find_export(text, texts)
    if export:
        yield from _text_before(text[: export.start()], source)
        yield from wxr.read_items(chain((text[export.start() :],), texts), source)
    elif b"\x00" in start:
        raise NotAPostError(_("This is a binary file."))
    else:
        raise NotAPostError(_("The file has no front matter and is not a WordPress export."))


def _find_export(text: str, texts: Iterator[str]) -> tuple[str, re.Match[str] | None]:
    """Return ``text`` up to where an export begins or beyond, and that beginning if there is one.

    ``text`` is the first part of a file, and ``texts`` are the others.
    """
    while not (export := _EXPORT.search(text)):
        more = next(texts, "") if CHARACTER not in text and len(text) < _MAX_BEFORE else ""
        if not more:
            return text, None
        # All of it is searched again: the beginning can be divided between two parts.
        text += more
    return text, export if CHARACTER not in text[: export.start()] else None


def _text_before(text: str, source: str) -> Iterator[Notice]:
    if text := beginning(without_marks(text).strip("\ufeff \t\r\n")):
        message = _("Text before the XML was left out. It begins: “%(text)s”")
        yield Notice(source, message % {"text": text})


def _read_text(texts: Iterable[str], source: str) -> Iterator[SourceEntry]:
    whole = StringIO()
    for text in texts:
        if whole.tell() + len(text) > 4 * wxr.MAX_CONTENT:
            raise SourceError(_("The file is too large to be a post."))
        whole.write(text)
    post = read_post(whole.getvalue(), source)
    if len(post.content) > wxr.MAX_CONTENT:
        raise SourceError(wxr.too_long(post.content))
    if post.status in wxr.NOT_KEPT:
        yield Skipped(source, post.title, wxr.not_kept(post.status))
    else:
        yield post


def _refusing(source: str, entries: Iterator[SourceEntry]) -> Iterator[SourceEntry]:
    """Yield ``entries``, with a ``Refusal`` for an error, which ends them."""
    try:
        yield from entries
    except SourceError as error:
        yield Refusal(source, str(error))
    except OSError as error:
        message = _("The file cannot be opened: %(reason)s.")
        yield Refusal(source, message % {"reason": error.strerror or error})


def _among_others(
    source: str, entries: Iterator[SourceEntry], others: Counter[str]
) -> Iterator[SourceEntry]:
    """Yield the ``entries`` of a file; if it is not a post, name it or count it in ``others``."""
    try:
        yield from _refusing(source, entries)
    except NotAPostError as error:
        suffix = PurePosixPath(source).suffix.lower()
        if suffix in _DOCUMENTS:
            yield Skipped(source, "", str(error))
        else:
            others[suffix[:20]] += 1


def _skipped(source: str, others: Counter[str]) -> Iterator[Skipped]:
    """Yield one entry for all files of a kind that are not posts."""
    for suffix, number in sorted(others.items()):
        reason = ngettext(
            "%(number)s file is not a post (%(kind)s).",
            "%(number)s files are not posts (%(kind)s).",
            number,
        )
        kind = f"*{suffix}" if suffix else _("without an ending")
        yield Skipped(source, "", reason % {"number": number, "kind": kind})


def _name(path: Path) -> str:
    """Return ``path`` as text that can be stored: some systems allow any bytes in file names."""
    return _on_one_line(os.fsencode(path).decode("utf-8", "backslashreplace"))


def _on_one_line(name: str) -> str:
    """Return the name of a file without control characters, which could forge lines of a report."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", name)


def _files_in(folder: Path) -> Iterator[Path]:
    """Find the files below ``folder``, without hidden ones such as those of a repository."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
