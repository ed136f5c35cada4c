"""The report files of the commands, which are complete or left as they were.

``ReportFile`` is a JSON object with a list, written as a command goes. ``TextFile`` is any text.
"""

import errno
import json
import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Self

from django.core.management.base import CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

#: The exit code for a file that cannot be written.
UNWRITABLE = 2


class _WholeFile:
    """A file that is complete or left as it was: it is written beside and gets its name last.

    Raises ``CommandError`` where the file cannot be written, on entering if it is known by then.
    """

    def __init__(self, path: Path) -> None:
        self._name = str(path)
        # The file itself, not a link to it, which the new file would replace.
        self._path = Path(os.path.realpath(path))
        self._partial = Path(f"{self._path}.partial")
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with self._writing(), ExitStack() as stack:
            _refuse_other_than_file(self._path)
            self._file = _open(self._partial)
            stack.callback(self._partial.unlink, missing_ok=True)
            stack.enter_context(self._file)
            self._open_more(stack)
            self._stack = stack.pop_all()
        return self

    def _open_more(self, stack: ExitStack) -> None:
        """Open what else the file needs, and close it by ``stack``."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._writing():
            self._stack.close()

    def _name_it(self) -> None:
        self._file.close()
        self._partial.replace(self._path)

    @contextmanager
    def _writing(self) -> Generator[None, None, None]:
        try:
            yield
        except OSError as error:
            message = _("Cannot write %(file)s: %(reason)s.") % {
                "file": self._name,
                "reason": error.strerror or error,
            }
            raise CommandError(message, returncode=UNWRITABLE) from error


class TextFile(_WholeFile):
    """A file of text. Use it as a context, and ``finish`` it with the text.

    Without ``finish``, as after an error, a file that was there before is untouched.
    """

    def finish(self, text: str) -> None:
        """Write ``text``, and give the file its name."""
        with self._writing():
            self._file.write(text)
            self._name_it()


class ReportFile(_WholeFile):
    """A file with a JSON object that holds a list.

    Use it as a context. ``add`` the entries of the list one by one, then ``finish`` with the
    object, in which ``entries`` stands for the list. Without ``finish``, as after an error, a
    report that was there before is untouched. Memory holds one entry at a time.
    """

    def _open_more(self, stack: ExitStack) -> None:
        self.entries = Entries(stack.enter_context(_temporary_file(self._path.parent)))

    def add(self, entry: Mapping[str, Any]) -> None:
        """Add an entry to the list."""
        with self._writing():
            self.entries.append(entry)

    def finish(self, report: Mapping[str, Any]) -> None:
        """Write ``report``, a JSON object that holds ``entries``, and give the file its name."""
        with self._writing():
            json.dump(report, self._file, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            self._file.write("\n")
            self._name_it()


class Entries(list[Any]):
    """A list that is kept in a file, one line of JSON for each entry, and read when iterated.

    The ``json`` module writes lists, and iterates one of any size; it asks for nothing else.
    """

    def __init__(self, spool: IO[str]) -> None:
        super().__init__()
        self._spool = spool
        self._number = 0

    def append(self, entry: Any) -> None:
        line = json.dumps(entry, cls=DjangoJSONEncoder, ensure_ascii=False)
        self._spool.write(f"{line}\n")
        self._number += 1

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Any]:
        self._spool.seek(0)
        return map(json.loads, self._spool)


def _refuse_other_than_file(path: Path) -> None:
    """Raise ``OSError`` for what a rename would replace by a file, such as a device."""
    if path.is_dir():
        raise OSError(errno.EISDIR, _("it is a folder"))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, _("it is not a regular file"))


# Half of a surrogate pair, which UTF-8 cannot hold, is written as JSON escapes it.
def _open(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", errors="backslashreplace")


def _temporary_file(folder: Path) -> IO[str]:
    # Beside the report: the place with room for it, where the other one has proved writable.
    return TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", dir=folder)
