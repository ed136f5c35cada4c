"""A terminal to write to, and what a person would see on it."""

import re
from io import StringIO

#: A control sequence (ECMA-48, section 5.4) with its parameters and its last byte.
_SEQUENCE = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])")


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True

    def screen(self) -> list[str]:
        """The lines that are left, after the cursor has moved and lines were erased."""
        return show(self.getvalue())


def show(written: str) -> list[str]:
    lines, row, column = [""], 0, 0
    at = 0
    while at < len(written):
        if sequence := _SEQUENCE.match(written, at):
            at = sequence.end()
            if sequence[2] == "A":
                row -= int(sequence[1] or 1)
                assert row >= 0, "above the first line"
            elif sequence[2] == "K":
                assert sequence[1] == "2", "erases a part of a line"
                lines[row] = ""
            else:
                assert sequence[2] in "mhl", f"unknown sequence {sequence[0]!r}"
            continue
        character = written[at]
        at += 1
        if character == "\r":
            column = 0
        elif character == "\n":
            row, column = row + 1, 0
            lines.extend([""] * (row + 1 - len(lines)))
        else:
            line = lines[row].ljust(column)
            lines[row] = line[:column] + character + line[column + 1 :]
            column += 1
    return [line.rstrip() for line in lines]
