"""Findings about published roles are recorded, with the numbers of each day."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import body
from tests.lint.own_rules import OWN
from wagtail_careers.dates import today
from wagtail_careers.lint.recording import record_all
from wagtail_careers.models import FindingCount, RoleFinding

pytestmark = [pytest.mark.django_db]

WRONG = "<p>lorem ipsum</p>"


@pytest.fixture(autouse=True)
def _own_rules(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = OWN


def numbers() -> dict[str, tuple[int, int]]:
    values = FindingCount.objects.filter(day=today()).values_list("level", "findings", "roles")
    return {level: (findings, roles) for level, findings, roles in values}


def sections(page: Any) -> list[str]:
    return list(RoleFinding.objects.filter(page=page).values_list("section", flat=True))


def test_publication_records_what_readers_see(
    publish_role: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = publish_role(body=body(duties=WRONG, training=WRONG))
    assert sections(page) == ["duties", "training"]
    assert numbers() == {"error": (2, 1), "warning": (0, 0), "advice": (0, 0)}

    page.body = body(duties="<p>in order to</p>")
    with django_capture_on_commit_callbacks(execute=True):
        revision = page.save_revision()
    assert sections(page) == ["duties", "training"]
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert sections(page) == ["duties"]
    assert numbers() == {"error": (0, 0), "warning": (1, 1), "advice": (0, 0)}

    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert sections(page) == []


def test_rebuild_roles_records_all_roles(publish_role: Any, capsys: Any) -> None:
    pages = [publish_role(body=body(duties=WRONG)) for _ in range(3)]
    RoleFinding.objects.all().delete()
    call_command("rebuild_roles")
    assert [sections(page) for page in pages] == [["duties"]] * 3
    assert numbers()["error"] == (3, 3)


def test_all_roles_take_as_many_queries_as_one(publish_role: Any) -> None:
    def queries(number: int) -> int:
        for _ in range(number):
            publish_role(body=body(duties=WRONG))
        with CaptureQueriesContext(connection) as counted:
            assert record_all() > 0
        return len(counted)

    queries(1)
    assert queries(1) == queries(9)


def test_a_day_has_its_last_numbers(publish_role: Any) -> None:
    publish_role(body=body(duties=WRONG))
    record_all()
    publish_role(body=body(duties=WRONG))
    record_all()
    assert FindingCount.objects.count() == 3
    assert numbers()["error"] == (2, 2)
