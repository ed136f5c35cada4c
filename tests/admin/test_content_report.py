"""The reports on findings: roles by sections, one by one, filtered, exported and over time."""

from collections.abc import Callable
from csv import DictReader
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import RoleCategoryFactory, body
from tests.lint.own_rules import FILLER, OWN
from wagtail_careers.dates import today
from wagtail_careers.lint.recording import record_all
from wagtail_careers.models import FindingCount, RoleFinding

pytestmark = [pytest.mark.django_db]

MATRIX, LIST = "/admin/reports/content-of-roles/", "/admin/reports/findings-on-roles/"
WRONG, LONG = "<p>lorem ipsum</p>", "<p>in order to</p>"


@pytest.fixture(autouse=True)
def _own_rules(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = OWN


@pytest.fixture
def nurse(publish_role: Any) -> Any:
    """A role with an error in two sections and a warning in one, beside a role with nothing."""
    page = publish_role(title="Nurse", body=body(duties=WRONG, training=WRONG + LONG))
    publish_role(title="Porter", body=body())
    record_all()
    return page


def table(client: Client, url: str) -> dict[str, dict[str, str]]:
    """The rows of a report by their first cell, and their cells by the headings."""
    response = client.get(url)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select_one(
        "table.listing.careers-wide-list"
    )
    if found is None:
        return {}
    headings = [cell.get_text(" ", strip=True) for cell in found.select("thead th")]
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all("td", recursive=False)]
        for row in found.select("tbody > tr")
    ]
    return {row[0]: dict(zip(headings, row, strict=True)) for row in rows}


class TestMatrix:
    def test_has_the_numbers_of_each_role_and_section(
        self, nurse: Any, admin_client: Client
    ) -> None:
        rows = table(admin_client, MATRIX)
        assert rows["Nurse"]["Duties"] == "Error: 1"
        assert rows["Nurse"]["Training"] == "Error: 1 Warning: 1"
        assert rows["Nurse"]["Progression"] == "– Nothing found"
        assert set(rows["Porter"].values()) == {"Porter", "– Nothing found"}

    @pytest.mark.parametrize(
        ("query", "training"),
        [("level=warning", "Warning: 1"), ("rule=placeholder", "Error: 1")],
    )
    def test_is_filtered_by_what_was_found(
        self, nurse: Any, admin_client: Client, query: str, training: str
    ) -> None:
        rows = table(admin_client, f"{MATRIX}?{query}")
        assert list(rows) == ["Nurse"]
        assert rows["Nurse"]["Training"] == training

    def test_is_filtered_by_profile_and_category(
        self, nurse: Any, admin_client: Client, settings: Any
    ) -> None:
        settings.WAGTAIL_CAREERS = {"LINT_PROFILES": ["wcag"], "LINT_RULES": [FILLER]}
        rows = table(admin_client, f"{MATRIX}?profile=wcag")
        assert rows["Nurse"]["Training"] == "Warning: 1"
        assert rows["Nurse"]["Duties"] == "– Nothing found"
        category = RoleCategoryFactory()
        assert table(admin_client, f"{MATRIX}?category={category.pk}") == {}
        rows = table(admin_client, f"{MATRIX}?category={nurse.category_id}")
        assert list(rows) == ["Nurse"]

    def test_takes_any_filter(self, nurse: Any, admin_client: Client) -> None:
        for query in ("level=x", "rule=%00", f"category={'9' * 40}", "profile=nowhere"):
            assert admin_client.get(f"{MATRIX}?{query}").status_code == 200
            assert admin_client.get(f"{LIST}?{query}&page={'9' * 40}").status_code in (200, 404)

    def test_is_exported(self, nurse: Any, admin_client: Client) -> None:
        response = admin_client.get(f"{MATRIX}?export=csv")
        lines = b"".join(response.streaming_content).decode().splitlines()
        rows = list(DictReader(lines))
        assert [row["Role"] for row in rows] == ["Nurse", "Porter"]
        assert rows[0]["Path"] == nurse.url_path
        numbers = [rows[0][name] for name in ("Whole page", "Duties", "Training", "Findings")]
        assert numbers == ["0", "1", "2", "3"]
        response = admin_client.get(f"{MATRIX}?export=xlsx")
        sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
        assert [cell.value for cell in sheet[2]][:2] == ["Nurse", nurse.url_path]

    def test_takes_as_many_queries_for_many_roles_as_for_few(
        self, nurse: Any, publish_role: Any, queries_of: Callable[[str], int]
    ) -> None:
        few = queries_of(MATRIX), queries_of(LIST)
        for _ in range(9):
            publish_role(body=body(duties=WRONG, training=LONG))
        record_all()
        assert (queries_of(MATRIX), queries_of(LIST)) == few

    def test_never_reads_a_body(self, nurse: Any, admin_client: Client, monkeypatch: Any) -> None:
        monkeypatch.setattr("wagtail_careers.lint.content.read", None)
        assert "Nurse" in table(admin_client, MATRIX)


class TestPicture:
    def test_has_a_line_and_a_table_of_the_days(self, nurse: Any, admin_client: Client) -> None:
        day = today() - timedelta(days=10)
        FindingCount.objects.create(day=day, level="error", findings=7, waived=0, roles=3)
        soup = BeautifulSoup(admin_client.get(MATRIX).content, "html.parser")
        assert len(soup.select("svg.careers-trend polyline")) == 3
        rows = [
            [cell.get_text(strip=True) for cell in row.find_all("td")]
            for row in soup.select("details tbody tr")
        ]
        assert rows == [["7", "0", "0"], ["2", "1", "0"]]
        assert "at most 7 findings" in soup.select_one("svg desc").get_text()

    def test_is_not_there_before_the_first_day(self, admin_client: Client, index: Any) -> None:
        assert b"careers-trend__line" not in admin_client.get(MATRIX).content


class TestList:
    def test_has_each_finding_of_a_role_with_its_place(
        self, nurse: Any, admin_client: Client
    ) -> None:
        response = admin_client.get(f"{LIST}?page={nurse.pk}")
        soup = BeautifulSoup(response.content, "html.parser")
        assert len(soup.select("table.careers-wide-list tbody tr")) == 3
        assert "Nurse" in soup.select_one(".w-active-filters").get_text()
        block = RoleFinding.objects.get(section="duties").block_id
        assert soup.select(f'a[href$="#block-{block}-section"]')
        waive = [link["href"] for link in soup.select("a[href*=waivers]")]
        assert len(waive) == 3
        assert admin_client.get(waive[0]).status_code == 200

    def test_is_exported(self, nurse: Any, admin_client: Client) -> None:
        response = admin_client.get(f"{LIST}?export=csv&level=warning")
        lines = b"".join(response.streaming_content).decode().splitlines()
        assert len(lines) == 2
        assert lines[1].startswith(f"Nurse,{nurse.url_path},Training,warning,filler,")


def test_editors_see_their_own_pages(nurse: Any, editor: Client, outsider: Client) -> None:
    assert "Nurse" in table(editor, MATRIX)
    assert outsider.get(MATRIX).status_code in (302, 403)
    assert outsider.get(LIST).status_code in (302, 403)


def test_editors_of_other_pages_see_nothing(nurse: Any, home: Any, client_of: Any) -> None:
    other = type(home)(title="Other", slug="other")
    home.add_child(instance=other)
    client = client_of(pages=("change_page",), page=other)
    assert table(client, MATRIX) == {}
    assert table(client, LIST) == {}


def test_report_is_in_the_menu(admin_client: Client) -> None:
    assert reverse("wagtail_careers_content") in admin_client.get("/admin/").content.decode()
