"""Reads what the commands print where standard output is no terminal."""

import re

_ROW = re.compile(r"(.+): +(\d+)")


def summary_of(text: str) -> dict[str, int]:
    """The numbers of the summary by their labels."""
    rows = [row for line in text.splitlines() if (row := _ROW.fullmatch(line))]
    return {row[1]: int(row[2]) for row in rows}
