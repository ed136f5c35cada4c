"""Transcripts that are kept beside the tests, and compared with what is heard now."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.changes import changes, format_changes
from wagtail_careers.testing.transcript import transcript
from wagtail_careers.testing.utterances import Transcript, parse

#: The folder of the transcripts, below the one in which the tests are started.
DIRECTORY = Path("tests") / "transcripts"

#: Set this environment variable to 1 to write transcripts instead of comparing them.
UPDATE_VARIABLE = "CAREERS_UPDATE_TRANSCRIPTS"

_NAME = re.compile(r"[\w-]+(?:[./][\w-]+)*")


@dataclass(frozen=True)
class Snapshots:
    """A folder of kept transcripts, and whether to write them instead of comparing them."""

    directory: Path = DIRECTORY
    update: bool = False

    @classmethod
    def from_environment(cls, directory: Path = DIRECTORY) -> "Snapshots":
        """Return the snapshots in ``directory``, to be written if the environment says so."""
        return cls(directory, update=os.environ.get(UPDATE_VARIABLE, "0") not in {"", "0"})

    def assert_heard(self, page: WebDriver | Transcript, name: str) -> None:
        """Compare the transcript of ``page`` with the kept one, or write it.

        Raises ``AssertionError`` with the changes, or if no transcript with this name is kept.
        """
        __tracebackhide__ = True
        heard = page if isinstance(page, Transcript) else transcript(page)
        path = self.path(name)
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(heard), encoding="utf-8", newline="\n")
        elif not path.exists():
            raise AssertionError(
                f"There is no transcript {path}. To write it, run the test with {_UPDATE}."
            )
        else:
            _compare(parse(path.read_text(encoding="utf-8")), heard, path)

    def path(self, name: str) -> Path:
        """Return the file of the transcript. Raises ``ValueError`` if ``name`` cannot be a file."""
        if not _NAME.fullmatch(name):
            raise ValueError(
                f"{name!r} is not a name of a transcript. "
                'Use letters, digits, hyphens and slashes, for example "roles/porter".'
            )
        return self.directory / f"{name}.txt"


_UPDATE = f"{UPDATE_VARIABLE}=1"


def assert_heard(
    page: WebDriver | Transcript, name: str, snapshots: Snapshots | None = None
) -> None:
    """Compare what a screen reader user hears on ``page`` with the transcript kept as ``name``.

    ``page`` is a browser that shows the page, or a transcript of it. Without ``snapshots``,
    transcripts are in ``tests/transcripts``, and are written if ``CAREERS_UPDATE_TRANSCRIPTS`` is
    set. Raises ``AssertionError`` with the changes of wording, role, state and order.
    """
    __tracebackhide__ = True
    (snapshots or Snapshots.from_environment()).assert_heard(page, name)


def _compare(before: Transcript, after: Transcript, path: Path) -> None:
    __tracebackhide__ = True
    if before == after:
        return
    # Without a change in words, positions in a list differ, in a transcript that was edited.
    found = format_changes(changes(before, after)) or f"{before}\nbecame\n\n{after}"
    raise AssertionError(
        f"A screen reader user hears something else than {path} says.\n\n{found}\n\n"
        f"If this is right, run the test with {_UPDATE}."
    )
