"""A problem is waived with a reason and a last day, by people who can publish the page."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.factories import RolePageFactory, body
from tests.lint.own_rules import OWN
from wagtail_careers.dates import today
from wagtail_careers.lint.publication import newest_findings
from wagtail_careers.lint.recording import record
from wagtail_careers.lint.waivers import place_of
from wagtail_careers.lint.waiving import waive
from wagtail_careers.models import FindingWaiver, RoleFinding
from wagtail_careers.pages.models import RolePage
from wagtail_careers.publishing import publishing_problems

pytestmark = [pytest.mark.django_db]

MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def _own_rules(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = OWN


@pytest.fixture
def page(publish_role: Any) -> RolePage:
    wrong = "<p>lorem ipsum</p>"
    role: RolePage = publish_role(title="Nurse", body=body(duties=wrong, training=wrong))
    return role


def url(page: RolePage, number: int = 0) -> str:
    finding = newest_findings(page)[number]
    place = place_of(finding)
    path = reverse("careers_waivers:waive", args=[page.pk])
    return f"{path}?rule={finding.rule.id}&place={place}"


def given(**values: Any) -> dict[str, Any]:
    until = (today() + MONTH).isoformat()
    return {"reason": "The text comes on Monday.", "until": until, **values}


def text(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestWaiver:
    def test_of_a_place_lets_the_error_be_published_there(
        self, page: RolePage, admin_client: Client
    ) -> None:
        assert len(publishing_problems(page)) == 2
        response = admin_client.post(url(page), given())
        assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert [problem[:8] for problem in publishing_problems(page)] == ["Training"]

    def test_of_the_page_lets_all_errors_of_the_rule_be_published(
        self, page: RolePage, admin_client: Client
    ) -> None:
        admin_client.post(url(page), given(whole_page="on"))
        assert publishing_problems(page) == []

    def test_ends_by_itself_after_its_last_day(self, page: RolePage, admin_client: Client) -> None:
        admin_client.post(url(page), given(whole_page="on", until=today().isoformat()))
        assert publishing_problems(page) == []
        FindingWaiver.objects.update(until=today() - timedelta(days=1))
        assert len(publishing_problems(page)) == 2

    def test_ends_when_the_text_moves_to_another_section(
        self, page: RolePage, admin_client: Client
    ) -> None:
        admin_client.post(url(page), given())
        page.body = body(duties="<p>lorem ipsum</p>")
        assert len(publishing_problems(page)) == 1

    def test_can_be_ended(self, page: RolePage, admin_client: Client) -> None:
        admin_client.post(url(page), given())
        admin_client.post(url(page), {"end": "1"})
        assert len(publishing_problems(page)) == 2

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"reason": " "}, "This field is required."),
            ({"until": ""}, "This field is required."),
            ({"until": "2001-01-01"}, "This day is over."),
            ({"until": (today() + timedelta(days=400)).isoformat()}, "more than a year away"),
        ],
    )
    def test_needs_a_reason_and_a_day_within_a_year(
        self, page: RolePage, admin_client: Client, wrong: Any, message: str
    ) -> None:
        assert message in text(admin_client.post(url(page), given(**wrong)))
        assert not FindingWaiver.objects.exists()

    def test_made_by_code_needs_them_too(self, page: RolePage, admin_user: User) -> None:
        finding = newest_findings(page)[0]
        with pytest.raises(ValidationError, match="reason"):
            waive(page, finding, reason=" ", until=today() + MONTH, user=admin_user)


class TestWhereItShows:
    def test_in_the_panel_of_the_form(self, page: RolePage, admin_client: Client) -> None:
        panel = reverse("careers_before_publication", args=[page.pk])
        before = admin_client.get(panel)
        assert text(before).count("Waive") == 2
        assert "Error: This text is a placeholder." in text(before)
        admin_client.post(url(page), given())
        after = text(admin_client.get(panel))
        assert "The text comes on Monday." in after
        assert "Edit waiver" in after

    def test_in_the_history_of_the_page(self, page: RolePage, admin_client: Client) -> None:
        admin_client.post(url(page), given())
        admin_client.post(url(page), {"end": "1"})
        history = text(admin_client.get(reverse("wagtailadmin_pages:history", args=[page.pk])))
        assert "placeholder (Duties: lorem ipsum)" in history
        assert "The text comes on Monday." in history
        assert "Waiver ended: placeholder" in history

    def test_in_the_recorded_findings(self, page: RolePage, admin_client: Client) -> None:
        record(page.pk)
        admin_client.post(url(page), given())
        waived = RoleFinding.objects.values_list("section", "waived_until", "waived_because")
        expected = {
            ("duties", today() + MONTH, "The text comes on Monday."),
            ("training", None, ""),
        }
        assert set(waived) == expected
        record(page.pk)
        assert set(waived.all()) == expected


class TestPermission:
    def test_is_to_publish_the_page(
        self, page: RolePage, index: Any, editor: Client, client_of: Any
    ) -> None:
        address = url(page)
        assert editor.post(address, given()).status_code in (302, 403)
        assert not FindingWaiver.objects.exists()
        pages = ("add_page", "change_page", "publish_page")
        publisher = client_of(pages=pages, page=index)
        assert publisher.get(address).status_code == 200
        publisher.post(address, given())
        assert FindingWaiver.objects.exists()

    def test_decides_who_sees_the_link(self, page: RolePage, editor: Client) -> None:
        panel = editor.get(reverse("careers_before_publication", args=[page.pk]))
        assert "placeholder" in text(panel)
        assert "Waive" not in text(panel)

    @pytest.mark.parametrize("query", ["", "?rule=placeholder&place=x", "?rule=x"])
    def test_leads_nowhere_without_a_problem(
        self, page: RolePage, admin_client: Client, query: str
    ) -> None:
        path = reverse("careers_waivers:waive", args=[page.pk])
        assert admin_client.get(path + query).status_code == 404

    def test_is_for_roles(self, index: Any, admin_client: Client) -> None:
        assert (
            admin_client.get(reverse("careers_waivers:waive", args=[index.pk])).status_code == 404
        )


def test_new_role_has_no_waivers(index: Any) -> None:
    page = RolePageFactory.build(title="lorem ipsum", body=body())
    page.locale = index.locale
    assert any("placeholder" in problem for problem in publishing_problems(page))
