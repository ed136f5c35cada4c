"""Where paragraphs and lines end in the text that WordPress stores.

WordPress stores what people typed and makes paragraphs of it when it shows it: a blank line
or two line breaks end a paragraph, and a single newline is a line break. This does what
``wpautop()`` does (https://developer.wordpress.org/reference/functions/wpautop/), but to text
that an HTML parser has found between block elements, where the original edits the markup with
regular expressions. Posts of the block editor have paragraphs already, and there a newline is
a space, as in HTML.
"""

import re
from collections.abc import Iterable, Iterator

from wagtail_careers.importing.reading.content import Run, Tape

#: What stands for a ``<br>`` until paragraphs are told.
LINE_BREAK = "\u2028"

_BREAKS = rf"\s*{LINE_BREAK}\s*{LINE_BREAK}\s*"
_PARAGRAPH_END = re.compile(rf"{_BREAKS}|\n\s*\n\s*")
_PARAGRAPH_END_IN_BLOCKS = re.compile(_BREAKS)
_LINE_END = re.compile(rf"[^\S\n{LINE_BREAK}]*(?:{LINE_BREAK}|\n)\s*")
_LINE_END_IN_BLOCKS = re.compile(rf"[^\S{LINE_BREAK}]*{LINE_BREAK}\s*")
_SPACES = re.compile(r"\s+")


def paragraphs(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The paragraphs of ``runs``, with each line break as a newline and single spaces.

    Nothing but white space is changed.
    """
    return _paragraphs(runs, _PARAGRAPH_END, _LINE_END)


def paragraphs_in_blocks(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The same for posts of the block editor, where a newline is a space."""
    return _paragraphs(runs, _PARAGRAPH_END_IN_BLOCKS, _LINE_END_IN_BLOCKS)


def _paragraphs(
    runs: Iterable[Run], paragraph_end: re.Pattern[str], line_end: re.Pattern[str]
) -> Iterator[tuple[Run, ...]]:
    for paragraph in _split(runs, paragraph_end):
        lines = [tuple(_spaced(line)) for line in _split(Tape(paragraph).trimmed(), line_end)]
        if any(lines):
            yield Tape(_with_newlines(lines)).trimmed()


def _split(runs: Iterable[Run], end: re.Pattern[str]) -> Iterator[tuple[Run, ...]]:
    tape = Tape(runs)
    at = 0
    for found in end.finditer(tape.text):
        yield tape.cut(at, found.start())
        at = found.end()
    yield tape.cut(at, len(tape.text))


def _with_newlines(lines: list[tuple[Run, ...]]) -> Iterator[Run]:
    before = Run("")
    for number, line in enumerate(lines):
        if number:
            # A line ends within a link, or within bold, if that goes on.
            goes_on = line and line[0].look == before.look
            yield (before if goes_on else Run("")).with_text("\n")
        yield from line
        before = line[-1] if line else before


def _spaced(runs: Iterable[Run]) -> Iterator[Run]:
    """``runs`` with one space where there were several, also from one run to the next."""
    after_space = False
    for run in runs:
        text = _SPACES.sub(_space, run.text)
        if run.dropped:
            # Words on either side of what is dropped stay apart from it.
            after_space = False
            yield run.with_text(text)
            continue
        if after_space and text[:1].isspace():
            text = text[1:]
        if text:
            after_space = text[-1].isspace()
            yield run.with_text(text)


def _space(found: re.Match[str]) -> str:
    # One space that keeps words together says something; more of them are stray.
    return "\xa0" if found.group() == "\xa0" else " "


def without_title_lines(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """The lines of a paragraph that are set like headings, each alone, and what is between.

    A heading in bold often has its text on the next line, and no blank line between.
    """
    tape = Tape(runs)
    worded = [run for run in runs if run.is_shown and run.text.strip()]
    set_apart = {run.titled or run.bold for run in worded}
    if "\n" not in tape.text or set_apart != {True, False}:
        yield runs
        return
    start, at, lines = 0, 0, tape.text.split("\n")
    for number, line in enumerate(lines):
        end = at + len(line)
        if _is_title_line(tape.cut(at, end), is_first=number == 0):
            yield tape.cut(start, at - 1)
            yield tape.cut(at, end)
            start = end + 1
        at = end + 1
    yield tape.cut(start, len(tape.text))


def _is_title_line(line: tuple[Run, ...], is_first: bool) -> bool:
    worded = [run for run in line if run.is_shown and run.text.strip()]
    if not worded or any(run.href for run in worded):
        return False
    return all(run.titled for run in worded) or (is_first and all(run.bold for run in worded))
