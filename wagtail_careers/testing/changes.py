"""The changes between two transcripts of a page, in words.

A line whose words, role or states changed is one change, not a removal and an addition, and so
is a part that moved. Positions in a list are not compared, because each follows from the others.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from wagtail_careers.testing.utterances import INDENT, Transcript, Utterance

Kind = Literal["wording", "role", "state", "nesting", "moved", "added", "removed"]

#: How much of the words of two lines must agree for one to be the other with new words.
_ALIKE = 0.5
_POSITION = re.compile(r"\d+ of \d+")

_Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class Change:
    """A change of one line, or the same change of several lines that follow each other.

    ``before`` and ``after`` are the lines; one of them is empty if lines were added or removed.
    ``old_line`` and ``new_line`` count the lines of a transcript from 1.
    """

    kind: Kind
    before: tuple[Utterance, ...] = ()
    after: tuple[Utterance, ...] = ()
    old_line: int | None = None
    new_line: int | None = None

    def __str__(self) -> str:
        """Return a title, and the lines as in a diff."""
        if self.kind == "moved":
            return "\n".join([self._title(), *_indented(" ", self.after)])
        return "\n".join([self._title(), *_indented("-", self.before), *_indented("+", self.after)])

    def _title(self) -> str:
        if self.kind == "moved":
            old = _place(self.old_line, self.before)
            return f"Moved from {old} to {_place(self.new_line, self.after)}:"
        if self.new_line is None:
            return f"Removed, {_place(self.old_line, self.before)}:"
        return f"{_TITLES[self.kind]}, {_place(self.new_line, self.after)}:"


_TITLES: dict[Kind, str] = {
    "wording": "Other wording",
    "role": "Other role",
    "state": "Other state",
    "nesting": "Inside another part",
    "added": "Added",
}


def changes(before: Transcript, after: Transcript) -> tuple[Change, ...]:
    """Return the changes, in the order of the lines after them."""
    old, new = before.utterances, after.utterances
    found = [
        _change(kind, pair, old, new)
        for kind, pair in _pairs(old, new)
        if kind is not None and not _is_a_nameless_move(kind, pair, old)
    ]
    return tuple(_joined(sorted(found, key=_order)))


def format_changes(found: Iterable[Change]) -> str:
    """Return the changes as readable text, one paragraph each."""
    return "\n\n".join(map(str, found))


def _pairs(
    old: Sequence[Utterance], new: Sequence[Utterance]
) -> Iterator[tuple[Kind | None, _Pair]]:
    """Yield each line with its counterpart, and the kind of the change, None if there is none."""
    old_keys, new_keys = [*map(_key, old)], [*map(_key, new)]
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    left: list[int] = []
    right: list[int] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            for a, b in zip(range(start, end), range(new_start, new_end), strict=True):
                yield ("nesting" if old[a].depth != new[b].depth else None), (a, b)
        else:
            left += range(start, end)
            right += range(new_start, new_end)
    for a, b in _same(left, right, old_keys, new_keys):
        left.remove(a)
        right.remove(b)
        yield "moved", (a, b)
    for a, b, kind in _alike(left, right, old, new):
        left.remove(a)
        right.remove(b)
        yield kind, (a, b)
    for a in left:
        yield "removed", (a, None)
    for b in right:
        yield "added", (None, b)


def _same(
    left: Iterable[int],
    right: Iterable[int],
    old_keys: Sequence[object],
    new_keys: Sequence[object],
) -> list[tuple[int, int]]:
    """Return the lines that are in both transcripts, but in another order."""
    places: dict[object, list[int]] = defaultdict(list)
    for b in right:
        places[new_keys[b]].append(b)
    return [(a, places[old_keys[a]].pop(0)) for a in left if places[old_keys[a]]]


def _alike(
    left: Iterable[int],
    right: Iterable[int],
    old: Sequence[Utterance],
    new: Sequence[Utterance],
) -> list[tuple[int, int, Kind]]:
    """Return the lines that changed in one respect, those that are most alike first."""
    candidates = [
        (likeness, -abs(a - b), a, b, kind)
        for a in left
        for b in right
        for likeness, kind in _likeness(old[a], new[b])
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for *_order_of_candidates, a, b, kind in sorted(candidates, reverse=True):
        if a not in taken_old and b not in taken_new:
            taken_old.add(a)
            taken_new.add(b)
            found.append((a, b, kind))
    return found


def _likeness(old: Utterance, new: Utterance) -> Iterator[tuple[float, Kind]]:
    if old.role == new.role and old.name == new.name:
        yield 1, "state"
    elif old.name == new.name and old.name:
        yield 1, "role"
    elif old.role == new.role:
        matcher = SequenceMatcher(None, old.name.lower(), new.name.lower(), autojunk=False)
        # Cheap upper bounds first: texts can be long.
        bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
        if all(bound() >= _ALIKE for bound in bounds):
            yield matcher.ratio(), "wording"


def _key(utterance: Utterance) -> object:
    return (utterance.role, utterance.name, _compared(utterance.states))


def _compared(states: Iterable[str]) -> tuple[str, ...]:
    return tuple(state for state in states if not _POSITION.fullmatch(state))


def _is_a_nameless_move(kind: Kind, pair: _Pair, old: Sequence[Utterance]) -> bool:
    """Return True for an item or a row alone: one cannot be told from another."""
    return kind == "moved" and pair[0] is not None and not old[pair[0]].name


def _change(kind: Kind, pair: _Pair, old: Sequence[Utterance], new: Sequence[Utterance]) -> Change:
    a, b = pair
    return Change(
        kind=kind,
        before=() if a is None else (old[a],),
        after=() if b is None else (new[b],),
        old_line=None if a is None else a + 1,
        new_line=None if b is None else b + 1,
    )


def _order(change: Change) -> tuple[int, bool]:
    line = change.new_line if change.new_line is not None else change.old_line
    return (line or 0, change.new_line is not None)


def _joined(found: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes, with those of one kind on consecutive lines as one."""
    joined: Change | None = None
    for change in found:
        if joined and _follows(joined, change):
            joined = replace(
                joined, before=joined.before + change.before, after=joined.after + change.after
            )
            continue
        if joined:
            yield joined
        joined = change
    if joined:
        yield joined


def _follows(change: Change, following: Change) -> bool:
    if change.kind != following.kind or change.kind in {"wording", "role", "state"}:
        return False
    return _is_next(change.old_line, change.before, following.old_line) and _is_next(
        change.new_line, change.after, following.new_line
    )


def _is_next(line: int | None, lines: Sequence[Utterance], following: int | None) -> bool:
    return line is following is None or (line is not None and line + len(lines) == following)


def _place(line: int | None, lines: Sequence[Utterance]) -> str:
    first = line or 0
    return f"line {first}" if len(lines) == 1 else f"lines {first} to {first + len(lines) - 1}"


def _indented(sign: str, lines: Iterable[Utterance]) -> Iterator[str]:
    return (f"  {sign} {INDENT * line.depth}{line}" for line in lines)
