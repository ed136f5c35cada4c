import os
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management.base import OutputWrapper

from tests.management.terminal import Terminal, show
from wagtail_careers.management.console import Console

NUMBERS = {"Works": 3, "Refuses automatic checks: cannot tell": 12}


@pytest.fixture(autouse=True)
def _usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result does not depend on the terminal that the tests are started from."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")


def console(out: StringIO, err: StringIO, **options: Any) -> Console:
    stderr = OutputWrapper(err)
    # Django's style of errors. It is for whole messages, and would break a bar.
    stderr.style_func = lambda text: f"<{text}>"
    return Console(OutputWrapper(out), stderr, **options)


def run(out: StringIO, err: StringIO) -> None:
    """What a command does: a bar, with messages and errors between, and a summary."""
    shown = console(out, err)
    with shown.waiting("Reading"):
        pass
    with shown.tracked(range(20), total=20, label="Importing") as items:
        for number in items:
            if number % 5 == 0:
                shown.say(f"plan {number}\n  with a note")
            if number % 7 == 0:
                shown.complain(f"error {number}")
    shown.summarise(("Posts", "Number"), NUMBERS)


PLAN = [line for number in (0, 5, 10, 15) for line in (f"plan {number}", "  with a note")]
ERRORS = ["error 0", "error 7", "error 14"]


class TestTerminal:
    def test_no_message_shares_a_line_with_the_progress(self) -> None:
        # As at a desk: both streams are the same terminal.
        terminal = Terminal()
        run(terminal, terminal)
        lines = terminal.screen()
        (bar,) = [line for line in lines if "Importing" in line]
        assert bar.startswith("Importing ")
        assert "100%" in bar
        messages = [line for line in lines if "plan" in line or "note" in line or "error" in line]
        assert sorted(messages) == sorted(PLAN + ERRORS)
        assert lines.index(bar) > lines.index(messages[-1])
        assert "Reading" not in "\n".join(lines)
        assert "<" not in terminal.getvalue()

    def test_no_message_shares_a_line_with_the_progress_at_any_moment(self) -> None:
        terminal = Terminal()
        shown = console(terminal, terminal)
        with shown.tracked(range(3), total=3, label="Importing") as items:
            for _number in items:
                shown.say("said")
                shown.complain("complained")
                for line in terminal.screen():
                    assert line in ("", "said", "complained") or line.startswith("Importing ")

    def test_messages_for_a_file_stay_out_of_the_terminal(self) -> None:
        out, terminal = StringIO(), Terminal()
        run(out, terminal)
        assert out.getvalue().splitlines()[:-2] == PLAN
        assert "\x1b" not in out.getvalue()
        assert "plan" not in terminal.getvalue()

    def test_messages_for_a_pipe_come_without_progress(self) -> None:
        """Another program, such as ``tee``, may print them on the same terminal."""
        reading, writing = os.pipe()
        terminal = Terminal()
        with os.fdopen(writing, "w", encoding="utf-8") as out:
            run(out, terminal)
        with os.fdopen(reading, encoding="utf-8") as piped:
            assert piped.read().splitlines()[:-2] == PLAN
        assert "Importing" not in terminal.getvalue()

    def test_what_other_code_prints_stands_above_the_bar(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.setattr(sys, "stderr", terminal)
        shown = console(terminal, terminal)
        with shown.tracked(range(3), total=3, label="Importing") as items:
            for number in items:
                sys.stderr.write(f"warning {number}\n")
        lines = terminal.screen()
        assert [line for line in lines if "warning" in line] == [f"warning {n}" for n in range(3)]

    def test_bar_ends_before_an_error_is_printed(self) -> None:
        terminal = Terminal()
        shown = console(terminal, terminal)

        def failing() -> None:
            with shown.tracked(range(3), total=3, label="Importing") as items:
                for _number in items:
                    raise KeyError("post")

        with pytest.raises(KeyError):
            failing()
        shown.complain("KeyError")
        assert terminal.screen()[-2:] == ["KeyError", ""]

    def test_summary_is_a_table(self) -> None:
        terminal = Terminal()
        console(terminal, terminal).summarise(("Verdict", "Addresses"), NUMBERS)
        rows = [line.strip("│ ").split("│") for line in terminal.screen() if "│" in line]
        assert {label.strip(): int(number) for label, number in rows} == NUMBERS

    def test_long_address_is_left_whole(self) -> None:
        terminal = Terminal()
        address = f"https://careers.example/{'a' * 200}"
        console(terminal, terminal).say(f"Gone: {address}")
        assert terminal.screen() == [f"Gone: {address}", ""]

    def test_square_brackets_are_text(self) -> None:
        terminal = Terminal()
        shown = console(terminal, terminal)
        shown.say("a [bold]role[/bold]")
        shown.summarise(("[b]", "[i]"), {"[red]Works": 1})
        with shown.tracked([1], total=1, label="[red]pages[/nonsense]") as items:
            list(items)
        text = "\n".join(terminal.screen())
        for each in ("a [bold]role[/bold]", "[b]", "[i]", "[red]Works", "[red]pages[/nonsense]"):
            assert each in text

    def test_without_colour_nothing_is_coloured(self) -> None:
        terminal = Terminal()
        shown = console(terminal, terminal, colour=False)
        shown.complain("refused")
        shown.summarise(("Posts", "Number"), NUMBERS)
        assert "\x1b" not in terminal.getvalue()
        console(terminal, terminal).complain("refused")
        assert "\x1b[" in terminal.getvalue()


class TestPlainText:
    def test_nothing_but_text_is_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # Some services set it, so that logs are coloured.
        monkeypatch.setenv("FORCE_COLOR", "1")
        out, err = StringIO(), StringIO()
        run(out, err)
        assert out.getvalue().splitlines()[:-2] == PLAN
        assert err.getvalue() == "".join(f"{line}\n" for line in ERRORS)
        assert [line for line in out.getvalue().splitlines() if not line.isprintable()] == []
        assert "│" not in out.getvalue()

    def test_summary_is_a_line_for_each_number(self) -> None:
        out = StringIO()
        console(out, StringIO()).summarise(("Verdict", "Addresses"), NUMBERS)
        assert out.getvalue() == (
            "Works:                                  3\nRefuses automatic checks: cannot tell: 12\n"
        )

    def test_summary_of_nothing_is_empty(self) -> None:
        out = StringIO()
        console(out, StringIO()).summarise(("Verdict", "Addresses"), {})
        assert out.getvalue() == ""

    def test_error_takes_one_line(self) -> None:
        err = StringIO()
        console(StringIO(), err).complain("porter.md:\n  a mistake\n\n  of two lines")
        assert err.getvalue() == "porter.md: a mistake of two lines\n"

    def test_long_address_is_left_whole(self) -> None:
        out = StringIO()
        address = f"https://careers.example/{'a' * 200}"
        console(out, StringIO()).say(f"Gone: {address}")
        assert out.getvalue() == f"Gone: {address}\n"


@pytest.mark.parametrize("stream", [StringIO, Terminal])
def test_text_from_elsewhere_cannot_steer_the_terminal(stream: type[StringIO]) -> None:
    out = stream()
    console(out, out).say("create  Porter\x1b[2K\x1b]0;title\x07\x9b31m\rNurse")
    assert not {"\x1b", "\x07", "\x9b", "\r"} & set(out.getvalue())


def test_items_are_taken_one_by_one() -> None:
    """What comes later is not read before it is needed, with a bar or without."""
    for stream in (StringIO(), Terminal()):
        taken = []

        def numbers(taken: list[int] = taken) -> Iterator[int]:
            for number in range(3):
                taken.append(number)
                yield number

        with console(stream, stream).tracked(numbers(), total=3, label="x") as items:
            assert next(iter(items)) == 0
        assert taken == [0]


def test_the_screen_of_these_tests_is_that_of_a_terminal() -> None:
    assert show("one\ntwo\r\x1b[2K\x1b[1A\x1b[2Kthree\r\nfour\n") == ["three", "four", ""]
    assert show("abc\rx") == ["xbc"]
