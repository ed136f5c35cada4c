from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import SharedLinkFactory
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks.report import CheckReport, address_line
from wagtail_careers.models import LinkCheck

pytestmark = pytest.mark.django_db

NOW = timezone.now()
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(seconds=1)


def check(verdict: Verdict, **values: Any) -> LinkCheck:
    values = {"checked_at": LATER, "url": "https://careers.example/", **values}
    return LinkCheck(shared_link=SharedLinkFactory(), verdict=verdict, **values)


def report(*rows: LinkCheck) -> CheckReport:
    found = CheckReport(NOW)
    found.rows = list(rows)
    return found


def test_what_an_earlier_run_found_counts_as_not_checked() -> None:
    old, new = check(Verdict.GONE, checked_at=EARLIER), check(Verdict.OK)
    found = report(old, new)
    assert found.summary() == {Verdict.OK: 1, Verdict.NOT_CHECKED: 1}
    assert (found.wrong, found.unchecked, found.is_all_well) == ([], [old], False)


def test_ignored_address_is_not_wrong() -> None:
    ignored = check(Verdict.GONE, ignored_until=timezone.localdate())
    gone = check(Verdict.GONE)
    found = report(ignored, gone)
    assert found.wrong == [gone]
    assert report(ignored).is_all_well


def test_refusal_of_automatic_checks_is_well() -> None:
    assert report(check(Verdict.REFUSED_ROBOTS)).is_all_well


def test_link_that_was_deleted_meanwhile_is_left_out_of_the_entries() -> None:
    kept, deleted = check(Verdict.OK, url="https://b.example/"), check(Verdict.OK)
    deleted.shared_link.delete()
    found = report(kept, deleted)
    (entry,) = found.entries()
    assert entry["url"] == "https://b.example/"


def test_entries_are_in_the_order_of_the_addresses() -> None:
    found = report(*(check(Verdict.OK, url=f"https://{name}.example/") for name in "cab"))
    urls = [entry["url"] for entry in found.entries()]
    assert urls == ["https://a.example/", "https://b.example/", "https://c.example/"]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, "Not found: https://careers.example/"),
        (
            {"status": 404, "failing_days": 2},
            "Not found, 404, day 2 of 3: https://careers.example/",
        ),
        ({"failing_days": 3}, "Not found, dead: https://careers.example/"),
        (
            {"final_url": "https://x.example/", "detail": "Why."},
            "Not found: https://careers.example/ -> https://x.example/ (Why.)",
        ),
    ],
)
def test_an_address_is_described_in_one_line(values: dict[str, Any], line: str) -> None:
    assert address_line(check(Verdict.NOT_FOUND, **values)) == line
