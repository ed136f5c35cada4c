"""Errors of rules about content stop each way to publish a role, and none to save it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admin.test_bulk_publishing import publish as publish_in_bulk
from tests.admin.test_editor import edit_url, form, prose, sections, words
from tests.factories import RoleCategoryFactory, SharedLinkFactory, body, shared_link_html
from tests.lint.own_rules import OWN
from wagtail_careers.pages.models import RolePage
from wagtail_careers.publishing import content_errors, incomplete_places, publishing_problems

pytestmark = [
    pytest.mark.django_db,
    # Wagtail sends notifications in a way that the newest Django advises against.
    pytest.mark.filterwarnings("ignore:get_connection"),
    pytest.mark.filterwarnings("ignore:Django 2028 will not have a default mailer"),
]

WRONG = "<p>lorem ipsum</p>"
SAID = "“lorem ipsum”: This text is a placeholder. Write the text."
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture(autouse=True)
def _own_rules(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = OWN


@pytest.fixture
def page(publish_role: Any) -> RolePage:
    role: RolePage = publish_role(title="Nurse", slug="nurse", body=body(duties="<p>Old.</p>"))
    return role


def post(client: Client, page: RolePage, duties: str, **values: Any) -> Any:
    body = sections(duties={"prose": prose(duties)})
    category = RoleCategoryFactory().pk
    given = {"title": "Nurse", "slug": "nurse", "category": category, **values}
    return client.post(edit_url(page), form(body, **given))


def live_duties(page: RolePage) -> str:
    return str(RolePage.objects.get(pk=page.pk).body[2].value["prose"])


class TestForm:
    def test_refuses_an_error_at_its_section(self, page: RolePage, admin_client: Client) -> None:
        response = post(admin_client, page, WRONG, **PUBLISH)
        errors = response.context["form"].errors["body"].as_data()[0].block_errors
        assert {number: error.messages for number, error in errors.items()} == {2: [SAID]}
        assert "could not be" in words(response)
        assert "Old." in live_duties(page)

    def test_refuses_an_error_in_the_title_at_the_title(
        self, page: RolePage, admin_client: Client
    ) -> None:
        response = post(admin_client, page, "<p>New.</p>", title="Nurse lorem ipsum", **PUBLISH)
        assert response.context["form"].errors["title"] == [SAID]

    def test_refuses_it_on_a_schedule(self, page: RolePage, admin_client: Client) -> None:
        tomorrow = timezone.localtime() + timezone.timedelta(days=1)
        when = {"go_live_at": tomorrow.strftime("%Y-%m-%d %H:%M")}
        response = post(admin_client, page, WRONG, **PUBLISH, **when)
        assert "body" in response.context["form"].errors
        assert not page.revisions.exclude(approved_go_live_at=None).exists()

        assert post(admin_client, page, "<p>New.</p>", **PUBLISH, **when).status_code == 302
        assert page.revisions.exclude(approved_go_live_at=None).count() == 1

    def test_saves_a_draft_with_it(self, page: RolePage, admin_client: Client) -> None:
        assert post(admin_client, page, WRONG).status_code == 302
        page.refresh_from_db()
        assert "lorem ipsum" in str(page.get_latest_revision_as_object().body)

    def test_lets_a_warning_pass(self, page: RolePage, admin_client: Client) -> None:
        assert post(admin_client, page, "<p>in order to</p>", **PUBLISH).status_code == 302
        assert "in order to" in live_duties(page)

    def test_takes_as_many_queries_however_long_the_text_is(self, page: RolePage) -> None:
        def queries(number: int) -> int:
            links = [shared_link_html(SharedLinkFactory(), "x") for _ in range(number)]
            page.body = body(duties=f"{WRONG}<p>{' '.join(links)}</p>")
            with CaptureQueriesContext(connection) as counted:
                assert content_errors(page, page.title, page.body)
            return len(counted)

        queries(1)  # Looks up what is kept in memory.
        assert queries(1) == queries(9)


class TestOtherWays:
    def test_to_publish_in_bulk_meet_the_same_error(
        self, page: RolePage, admin_client: Client
    ) -> None:
        page.body = body(duties=WRONG)
        page.save_revision()
        said = publish_in_bulk(admin_client, page)
        assert any(f"Nurse: Duties: {SAID}" in text for text in said)
        assert "Old." in live_duties(page)

    def test_of_an_import_know_the_section(self, page: RolePage) -> None:
        page.body = body(duties=WRONG)
        assert incomplete_places(page) == ("duties",)

    def test_say_it_of_the_title(self, page: RolePage) -> None:
        page.title = "lorem ipsum"
        assert publishing_problems(page) == [SAID]
        assert incomplete_places(page) == ("title",)

    def test_ask_no_rules_if_none_has_errors(self, page: RolePage, settings: Any) -> None:
        settings.WAGTAIL_CAREERS = {"LINT_PROFILES": []}
        page.body = body(duties=WRONG)
        assert content_errors(page, page.title, page.body) == {}


def test_new_role_is_refused_before_it_has_a_key(index: Any, admin_client: Client) -> None:
    url = reverse("wagtailadmin_pages:add", args=["wagtail_careers_pages", "rolepage", index.pk])
    data = form(
        sections(duties={"prose": prose(WRONG)}), category=RoleCategoryFactory().pk, **PUBLISH
    )
    response = admin_client.post(url, data)
    assert SAID in response.context["form"].errors["body"].as_data()[0].block_errors[2].messages
    assert not RolePage.objects.exists()
