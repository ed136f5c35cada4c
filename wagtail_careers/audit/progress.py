"""The pages that an audit has done so far, in a file, so that it can go on after it was stopped."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from wagtail_careers.audit.results import PageAudit, page_contents, read_page

_BEGINNING = b'{"audit": '


class ProgressError(Exception):
    """A file that is not the progress of an audit like this one."""


class Progress:
    """A file with one line of JSON for the audit and one for each page that is done.

    ``audit`` tells this audit from others, as an object for JSON: a file of another one raises
    ``ProgressError``. ``started_at`` is that of the audit's first run. Use it as a context. Raises
    ``OSError`` if the file cannot be read or written.
    """

    def __init__(self, path: Path, audit: Mapping[str, Any], started_at: str) -> None:
        self._path = path
        self.started_at = started_at
        self.pages: list[PageAudit] = []
        size = self._read(dict(audit))
        self._file = path.open("a", encoding="utf-8")
        # Half of a line may be there, which was being written when the audit was killed.
        self._file.truncate(size)
        if not size:
            self._write({"audit": dict(audit), "started_at": started_at})

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, page: PageAudit) -> None:
        """Write a page that is done. A page that could not be tested is tried again."""
        if not page.error:
            self._write(page_contents(page))

    def finish(self) -> None:
        """Remove the file: the next audit begins anew."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _read(self, audit: dict[str, Any]) -> int:
        """Take what is in the file, and return the number of bytes in whole lines."""
        if not self._path.exists():
            return 0
        content = self._path.read_bytes()
        whole = content.rpartition(b"\n")[0]
        if not whole and content[: len(_BEGINNING)] == _BEGINNING[: len(content)]:
            # The audit was killed before it had written its first line.
            return 0
        try:
            first, *lines = map(json.loads, whole.decode("utf-8").split("\n"))
            is_same = first["audit"] == audit
            self.started_at = first["started_at"]
            self.pages = list(map(read_page, lines))
        except (KeyError, TypeError, ValueError) as error:
            raise ProgressError from error
        if not is_same:
            raise ProgressError
        return len(whole) + 1

    def _write(self, contents: Mapping[str, Any]) -> None:
        self._file.write(f"{json.dumps(contents, ensure_ascii=False)}\n")
        self._file.flush()
