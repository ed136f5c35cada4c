"""The picture of findings over time: lines as plain values, which a template draws."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 640, 160


@dataclass(frozen=True)
class Line:
    """The line of one level: its label, and its points for an SVG polyline."""

    level: str
    label: str
    points: str


@dataclass(frozen=True)
class Trend:
    """The lines of a picture, its highest number, and the numbers of each day for a table."""

    lines: tuple[Line, ...]
    highest: int
    rows: tuple[tuple[date, tuple[int, ...]], ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def first(self) -> date | None:
        return self.rows[0][0] if self.rows else None

    @property
    def last(self) -> date | None:
        return self.rows[-1][0] if self.rows else None


def trend(numbers: Iterable[tuple[date, str, int]], labels: Mapping[str, str]) -> Trend:
    """Return the picture of the number of findings of each level on each day.

    ``labels`` has the label of each level, in order. A day without a number of a level has the
    last one before it. The horizontal position of a day is its distance from the first. The line of
    a single day is level.
    """
    by_day: dict[date, dict[str, int]] = {}
    for day, level, number in numbers:
        by_day.setdefault(day, {})[level] = number
    latest = dict.fromkeys(labels, 0)
    rows = []
    for day in sorted(by_day):
        latest = {level: by_day[day].get(level, latest[level]) for level in labels}
        rows.append((day, tuple(latest.values())))
    highest = max((number for _day, values in rows for number in values), default=0)
    lines = tuple(
        Line(level, label, _points(rows, index, highest))
        for index, (level, label) in enumerate(labels.items())
    )
    return Trend(lines, highest, tuple(rows))


def _points(rows: list[tuple[date, tuple[int, ...]]], index: int, highest: int) -> str:
    if not rows:
        return ""
    if len(rows) == 1:
        # A single point of a polyline cannot be seen.
        rows = [rows[0], (rows[0][0] + timedelta(days=1), rows[0][1])]
    first = rows[0][0]
    days = (rows[-1][0] - first).days
    return " ".join(
        f"{round(WIDTH * (day - first).days / days)},"
        f"{round(HEIGHT - HEIGHT * values[index] / (highest or 1))}"
        for day, values in rows
    )
