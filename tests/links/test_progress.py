"""The progress of a replacement, in words and for the script that waits for its end."""

from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import progress


def test_cancelled_page_is_not_done_and_does_not_wait() -> None:
    now = progress.from_outcomes({PageOutcome.PUBLISHED: 1, PageOutcome.CANCELLED: 2})
    assert str(now) == "1 of 3 pages done"
    assert now.is_over
