"""The lines of a spoken transcript, and their text form.

A line says the role, the name and the states, in the order in which screen readers commonly say
them, and is indented below the region or list that it is in::

    page "Porter" (language en-gb)
      main
        heading "Porter" (level 1)
        list (2 items)
          item "meeting people" (1 of 2)
          item "checking equipment" (2 of 2)
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

INDENT = "  "

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(
    rf"(?P<indent> *)(?P<role>[^\s\"()]+(?: [^\s\"()]+)*)"
    rf"(?: (?P<name>{_QUOTED}))?"
    rf"(?: \((?P<states>(?:[^\"()]|{_QUOTED})+)\))?"
)
_STATE = re.compile(rf"(?:[^\",]|{_QUOTED})+")


class TranscriptError(ValueError):
    """A text that is not a transcript, or a page whose transcript cannot be taken."""


@dataclass(frozen=True)
class Utterance:
    """A line of a transcript.

    ``depth`` counts the regions, lists and other containers around it. ``states`` are words as
    they are in the line, such as ``level 2`` or ``description "As on your passport"``.
    """

    role: str
    name: str = ""
    states: tuple[str, ...] = ()
    depth: int = 0

    def __str__(self) -> str:
        """Return the line without its indentation."""
        name = f" {quoted(self.name)}" if self.name else ""
        states = f" ({', '.join(self.states)})" if self.states else ""
        return f"{self.role}{name}{states}"


@dataclass(frozen=True)
class Transcript:
    """The words of a screen reader on a page, in reading order."""

    utterances: tuple[Utterance, ...]

    def __str__(self) -> str:
        """Return one line for each utterance. ``parse`` reads it back."""
        return "".join(f"{INDENT * line.depth}{line}\n" for line in self.utterances)


def parse(text: str) -> Transcript:
    """Return the transcript with this text form. Raises ``TranscriptError`` with the line."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return Transcript(tuple(_parse_line(number, line) for number, line in lines))


def quoted(text: str) -> str:
    """Return ``text`` in straight quotation marks, on one line."""
    return json.dumps(text, ensure_ascii=False)


def states(text: str) -> Iterable[str]:
    """Return the states in the parentheses of a line."""
    return (state.strip() for state in _STATE.findall(text))


def _parse_line(number: int, line: str) -> Utterance:
    match = _LINE.fullmatch(line.rstrip("\r"))
    try:
        if match is None or len(match["indent"]) % len(INDENT):
            raise ValueError
        name = json.loads(match["name"] or '""')
    except ValueError:
        raise TranscriptError(
            f"Line {number} is not a line of a transcript: {line!r}. Take the transcript again."
        ) from None
    return Utterance(
        role=match["role"],
        name=name,
        states=tuple(states(match["states"] or "")),
        depth=len(match["indent"]) // len(INDENT),
    )
