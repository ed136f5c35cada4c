"""Paragraphs: the one place that makes them of the text between block elements.

WordPress stores what people typed and makes paragraphs when it shows it: a blank line or two
line breaks end a paragraph, and a single newline is a line break. This module follows
``wpautop()`` (https://developer.wordpress.org/reference/functions/wpautop/), but works on text
that an HTML parser has found between block elements, where the original edits the markup with
regular expressions. Posts of the block editor have paragraphs already, and there a newline is
a space, as in HTML.
"""

import re
from collections.abc import Iterable, Iterator

from wagtail_careers.importing.reading import bare_links
from wagtail_careers.importing.reading.content import Tape, TextRun, merged
from wagtail_careers.importing.reading.shortcode_runs import ShortcodeReader
from wagtail_careers.importing.reading.spacing import kept_apart

#: Represents a ``<br>`` until the text is divided into paragraphs.
LINE_BREAK = "\u2028"

#: White space other than one space, or one no-break space: that has a meaning, several are stray.
_STRAY_SPACE = re.compile(r"\s{2,}|[^\S \xa0]")


class ParagraphMaker:
    """Makes the paragraphs of one post.

    ``from_block_editor`` says how newlines count.
    """

    def __init__(self, shortcodes: ShortcodeReader, *, from_block_editor: bool) -> None:
        self._shortcodes = shortcodes
        self._breaks = LINE_BREAK if from_block_editor else f"{LINE_BREAK}\n"
        self._line_end = re.compile(rf"[{self._breaks}]\s*")

    def make(self, runs: Iterable[TextRun]) -> Iterator[tuple[TextRun, ...]]:
        """Divide the text between two block elements into paragraphs.

        Shortcodes in them are dropped or become links, bare addresses are linked, and lines that
        look like headings become paragraphs of their own.
        """
        for paragraph in self._divided(runs):
            marked = bare_links.linked(self._shortcodes.marked(paragraph))
            spaced = merged(kept_apart(marked))
            yield from (part for part in _with_title_lines_apart(spaced) if part)

    def _divided(self, runs: Iterable[TextRun]) -> Iterator[tuple[TextRun, ...]]:
        """Divide ``runs`` with line breaks as newlines; only white space changes."""
        tape = Tape(runs)
        lines: list[tuple[TextRun, ...]] = []
        at = 0
        for line_end in self._line_end.finditer(tape.text):
            end = at + len(tape.text[at : line_end.start()].rstrip())
            lines.append(tuple(_spaced(tape.cut(at, end))))
            at = line_end.end()
            if self._ends_paragraph(line_end.group()):
                yield from _joined(lines)
                lines = []
        yield from _joined([*lines, tuple(_spaced(tape.cut(at, len(tape.text))))])

    def _ends_paragraph(self, space: str) -> bool:
        """Return True if a stretch of white space has two line breaks of one kind."""
        return any(space.count(each) > 1 for each in self._breaks)


def has_text(runs: Iterable[TextRun]) -> bool:
    """Return True if ``runs`` have more than white space."""
    return any(run.text.strip(f" \t\r\n\f\xa0{LINE_BREAK}") for run in runs)


def _joined(lines: list[tuple[TextRun, ...]]) -> Iterator[tuple[TextRun, ...]]:
    """Yield the paragraph of ``lines`` unless it is empty."""
    if any(lines):
        yield Tape(_with_newlines(lines)).trimmed()


def _with_newlines(lines: list[tuple[TextRun, ...]]) -> Iterator[TextRun]:
    before = TextRun("")
    for number, line in enumerate(lines):
        if number:
            # A line ends within a link, or within bold, if that continues.
            continues = (
                line and line[0].look == before.look and before.is_shown and not before.added
            )
            yield (before if continues else TextRun("")).with_text("\n")
        yield from line
        before = line[-1] if line else before


def _spaced(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """Reduce white space to single spaces, also from one run to the next."""
    after_space = False
    for run in runs:
        text = _STRAY_SPACE.sub(" ", run.text)
        if run.dropped:
            # Words on either side of dropped text stay separate from it.
            after_space = False
            yield run.with_text(text)
            continue
        if after_space and text[:1].isspace():
            text = text[1:]
        if text:
            after_space = text[-1].isspace()
            yield run.with_text(text)


def _with_title_lines_apart(runs: tuple[TextRun, ...]) -> Iterator[tuple[TextRun, ...]]:
    """Divide a paragraph at lines that look like headings.

    A heading in bold often has its text on the next line, without a blank line between them.
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


def _is_title_line(line: tuple[TextRun, ...], is_first: bool) -> bool:
    worded = [run for run in line if run.is_shown and run.text.strip()]
    if not worded or any(run.href for run in worded):
        return False
    return all(run.titled for run in worded) or (is_first and all(run.bold for run in worded))
