"""The picture over time: points from numbers, without a database."""

from datetime import date

from wagtail_careers.admin.trend import HEIGHT, WIDTH, trend

LABELS = {"error": "Errors", "warning": "Warnings"}


def test_lines_go_through_the_numbers_in_proportion_to_time() -> None:
    days = [date(2026, 1, day) for day in (1, 2, 5)]
    found = trend([(days[0], "error", 4), (days[1], "error", 2), (days[2], "error", 0)], LABELS)
    quarter, half = WIDTH // 4, HEIGHT // 2
    assert found.lines[0].points == f"0,0 {quarter},{half} {WIDTH},{HEIGHT}"
    assert (found.highest, found.first, found.last) == (4, days[0], days[2])


def test_day_without_a_number_has_the_last_one() -> None:
    first, second = date(2026, 1, 1), date(2026, 1, 2)
    found = trend([(second, "warning", 3), (first, "error", 1)], LABELS)
    assert found.rows == ((first, (1, 0)), (second, (1, 3)))


def test_one_day_is_a_level_line_and_no_day_is_none() -> None:
    (errors, warnings) = trend([(date(2026, 1, 1), "error", 3)], LABELS).lines
    assert errors.points == f"0,0 {WIDTH},0"
    assert warnings.points == f"0,{HEIGHT} {WIDTH},{HEIGHT}"
    assert trend([], LABELS).rows == ()
    assert trend([], LABELS).lines[0].points == ""
