"""The console of the commands: progress, messages and summaries, for a person or for a file.

A stream that is a terminal gets colours, tables and a progress bar. Any other stream gets plain
lines: no escape codes, no box drawing, and nothing wrapped.
"""

import os
import re
import stat
from collections.abc import Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import IO, Any, TypeVar, cast

from django.core.management.base import OutputWrapper
from rich.cells import cell_len
from rich.console import Console as RichConsole
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from wagtail_careers.text import one_line

T = TypeVar("T")

#: Titles and addresses come from elsewhere. These characters in them could steer a terminal.
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class Console:
    """The output of a command: results on standard output, errors and progress on standard error.

    ``stdout`` and ``stderr`` are those of the command. Without ``colour``, a terminal gets none.
    """

    def __init__(
        self, stdout: OutputWrapper, stderr: OutputWrapper, *, colour: bool = True
    ) -> None:
        self._out = _Output(stdout, colour=colour)
        self._err = _Output(stderr, colour=colour)
        self._shows_progress = False

    def say(self, text: str) -> None:
        """Print one or several lines of results."""
        # A line that ignores the bar would begin on the line of the bar.
        is_above_bar = self._shows_progress and self._out.is_terminal
        (self._err if is_above_bar else self._out).write(text)

    def complain(self, text: str) -> None:
        """Print an error on one line."""
        self._err.write(one_line(text), style="bold red")

    def warn(self, text: str) -> None:
        """Print a warning on one line."""
        self._err.write(one_line(text), style="yellow")

    def summarise(self, headings: tuple[str, str], numbers: Mapping[str, int]) -> None:
        """Print a table of labels and numbers; in plain text, a line ``Label: number`` for each."""
        if self._out.is_terminal:
            self._out.rich.print(_table(headings, numbers))
            return
        rows = [(f"{label}:", str(number)) for label, number in numbers.items()]
        label_width = max((cell_len(label) for label, _number in rows), default=0)
        number_width = max((len(number) for _label, number in rows), default=0)
        for label, number in rows:
            padding = " " * (label_width - cell_len(label))
            self._out.write(f"{label}{padding} {number:>{number_width}}")

    def waiting(self, label: str) -> AbstractContextManager[Any]:
        """Show that something of unknown length goes on, as long as the context lasts."""
        if not self._shows_live:
            return nullcontext()
        return self._live(self._err.rich.status(Text(label)))

    @contextmanager
    def tracked(
        self, items: Iterable[T], *, total: int, label: str
    ) -> Generator[Iterable[T], None, None]:
        """Give ``items`` back, and show how many of ``total`` were taken while the context lasts.

        A context rather than an iterator alone: the bar ends before an error is printed.
        """
        if not self._shows_live:
            yield items
            return
        # What is printed to a file belongs there, not above the bar.
        bar = Progress(console=self._err.rich, redirect_stdout=self._out.is_terminal)
        with self._live(bar):
            yield bar.track(items, total=total, description=escape(label))

    @property
    def _shows_live(self) -> bool:
        """Return True if progress can be shown without lines of results in the middle of it."""
        return self._err.is_terminal and not self._out.is_pipe

    @contextmanager
    def _live(self, display: AbstractContextManager[Any]) -> Generator[None, None, None]:
        with display:
            self._shows_progress = True
            try:
                yield
            finally:
                self._shows_progress = False


class _Output:
    """One of the two streams."""

    def __init__(self, wrapper: OutputWrapper, *, colour: bool) -> None:
        self._wrapper = wrapper
        self.is_terminal = wrapper.isatty()
        self.rich = RichConsole(
            file=cast(IO[str], _Unchanged(wrapper)),
            color_system="auto" if colour else None,
            highlight=False,
        )

    @property
    def is_pipe(self) -> bool:
        """Return True if another program reads the stream, which may print it on the terminal."""
        try:
            return stat.S_ISFIFO(os.fstat(self._wrapper.fileno()).st_mode)
        except (OSError, ValueError):
            return False  # A stream in memory.

    def write(self, text: str, style: str = "") -> None:
        text = _CONTROL_CHARACTERS.sub(" ", text)
        if self.is_terminal:
            # Soft wrapping leaves it to the terminal, which keeps addresses whole when copied.
            self.rich.print(Text(text, style=style), soft_wrap=True)
        else:
            self._wrapper.write(text)


class _Unchanged:
    """A command's stream, to which nothing is added: Django's adds line ends and a style."""

    def __init__(self, wrapper: OutputWrapper) -> None:
        self._wrapper = wrapper

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wrapper, name)

    def write(self, text: str) -> int:
        self._wrapper.write(text, style_func=str, ending="")
        return len(text)


def _table(headings: tuple[str, str], numbers: Mapping[str, int]) -> Table:
    # As text: square brackets in a plain string would be read as markup.
    table = Table()
    table.add_column(Text(headings[0]))
    table.add_column(Text(headings[1]), justify="right")
    for label, number in numbers.items():
        table.add_row(Text(label), str(number))
    return table
