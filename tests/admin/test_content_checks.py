"""The findings of rules about content are among Wagtail's own checks, in editors and previews."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem

from tests.admin.test_editor import edit_url, form, sections
from tests.bare.models import BarePage
from tests.factories import SharedLinkFactory, body, link_item, shared_link_html
from tests.lint.own_rules import OWN
from wagtail_careers.admin.content_checks import DATA_ID, TAG, add_checks
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.django_db]

CONFIGURATION = "checker-axe-configuration"
ERROR, WARNING = "careers-placeholder", "careers-filler"


@pytest.fixture(autouse=True)
def _own_rules(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = OWN


@pytest.fixture
def page(publish_role: Any) -> RolePage:
    role: RolePage = publish_role(title="Nurse", body=body(duties="<p>lorem ipsum</p>"))
    return role


def configuration(html: bytes) -> dict[str, Any]:
    found = BeautifulSoup(html, "html.parser").find(id=CONFIGURATION)
    assert found is not None
    loaded: dict[str, Any] = json.loads(found.text)
    return loaded


def data(html: bytes) -> Any:
    found = BeautifulSoup(html, "html.parser").find(id=DATA_ID)
    return None if found is None else json.loads(found.text)


def preview(client: Client, page: Any, **changes: Any) -> bytes:
    """What the preview of a form shows that was not saved."""
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(url, form(sections(), slug=page.slug, **changes)).json()["is_valid"]
    response = client.get(url, {"in_preview_panel": "true"})
    assert response.status_code == 200
    return bytes(response.content)


class TestEditor:
    def test_has_a_rule_of_axe_for_each_of_ours(self, page: Any, admin_client: Client) -> None:
        config = configuration(admin_client.get(edit_url(page)).content)
        rules = {rule["id"]: rule for rule in config["spec"]["rules"]}
        assert rules[ERROR]["selector"] == f'[data-careers-findings~="{ERROR}"]'
        assert (rules[ERROR]["impact"], rules[WARNING]["impact"]) == ("serious", "moderate")
        assert {ERROR, WARNING, "heading-order"} <= set(config["options"]["runOnly"])
        assert {"id": "careers-finding"} in config["spec"]["checks"]

    def test_says_level_problem_and_fix_without_and_with_places_for_the_values_of_one_finding(
        self, page: Any, admin_client: Client
    ) -> None:
        messages = configuration(admin_client.get(edit_url(page)).content)["messages"]
        assert messages[ERROR] == {
            "error_name": "Error: This text is a placeholder.",
            "help_text": "Write the text.",
            "error_template": "Error: This text is a placeholder.",
            "help_template": "Write the text.",
        }
        assert messages[WARNING]["error_name"] == "Warning: “…” is longer than it needs to be."
        assert "“%(text)s” is longer" in messages[WARNING]["error_template"]

    def test_has_the_script_that_enters_the_values(self, page: Any, admin_client: Client) -> None:
        assert (
            b"wagtail_careers/js/content-checks-panel.js"
            in admin_client.get(edit_url(page)).content
        )

    def test_of_another_page_has_none(self, home: Any, admin_client: Client) -> None:
        other = home.add_child(instance=BarePage(title="Bare"))
        config = configuration(admin_client.get(edit_url(other)).content)
        assert not [each for each in config["options"]["runOnly"] if each.startswith("careers")]


class TestPreview:
    def test_has_the_findings_about_text_that_was_not_saved(
        self, page: Any, admin_client: Client
    ) -> None:
        html = preview(admin_client, page, title="in order to")
        (found,) = data(html)
        assert (found["rule"], found["text"], found["anchor"]) == (WARNING, "in order to", "")
        assert found["values"]["text"] == "in order to"
        assert b"wagtail_careers/js/content-checks.js" in html
        assert ERROR in configuration(html)["options"]["runOnly"]

    def test_says_where_a_finding_is(self, page: Any, admin_client: Client) -> None:
        title, prose = "How to lorem ipsum", "<p>Words.</p><ul><li>You lorem ipsum.</li></ul>"
        page.body = body(duties={"title": title, "prose": prose})
        page.save_revision()
        url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        (found,) = data(admin_client.get(url).content)
        block = page.get_latest_revision_as_object().body.raw_data[2]["id"]
        assert (found["section"], found["anchor"]) == (block, "duties")
        assert found["offset"] == len(f"{title}\nWords.\nYou ")
        assert found["occurrence"] == 1  # The title has it, too.

    def test_of_markup_is_data(self, page: Any, admin_client: Client, settings: Any) -> None:
        page.title = "</script><script>alert(1)</script> in order to"
        page.save_revision()
        url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        assert b"<script>alert(1)" not in admin_client.get(url).content

    def test_takes_as_many_queries_whatever_is_in_the_body(
        self, publish_role: Any, admin_client: Client
    ) -> None:
        def queries(number: int) -> int:
            links = [SharedLinkFactory() for _ in range(number)]
            page = publish_role(
                body=body(
                    duties="".join(f"<p>{shared_link_html(link, 'x')}</p>" for link in links),
                    application_links={"links": [link_item(link) for link in links]},
                )
            )
            url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
            assert data(admin_client.get(url).content) == []
            with CaptureQueriesContext(connection) as counted:
                admin_client.get(url)
            return len(counted)

        assert queries(1) == queries(9)


class TestReaders:
    def test_get_nothing_of_it(self, page: Any, client: Client) -> None:
        html = client.get(page.url).content
        assert b"careers-findings" not in html
        assert b"content-checks.js" not in html

    def test_who_are_logged_in_get_nothing_of_it(self, page: Any, admin_client: Client) -> None:
        html = admin_client.get(page.url).content
        assert CONFIGURATION.encode() in html
        assert b"careers-" + b"placeholder" not in html
        assert b"content-checks.js" not in html


class OtherItem(ContentCheckerItem):
    """The checker of another package, as Wagtail's documentation shows it."""

    def get_axe_custom_checks(self, request: Any) -> Any:
        return [*super().get_axe_custom_checks(request), {"id": "other-check"}]

    def get_axe_run_only(self, request: Any) -> Any:
        return [*super().get_axe_run_only(request), "other-rule"]


def put_other(request: Any, items: list[Any], page: Any) -> None:
    items[:] = [
        OtherItem(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


class OtherMixin:
    def get_axe_run_only(self, request: Any) -> Any:
        return [*super().get_axe_run_only(request), "other-rule"]  # type: ignore[misc]

    def get_axe_custom_checks(self, request: Any) -> Any:
        return [*super().get_axe_custom_checks(request), {"id": "other-check"}]  # type: ignore[misc]


def extend_any(request: Any, items: list[Any], page: Any) -> None:
    """Another package that runs after ours, and extends what it finds."""
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            extended = type("Extended", (OtherMixin, type(item)), {})
            items[number] = extended(in_editor=item.in_editor)


class TestOtherCheckers:
    @pytest.fixture(params=[(put_other, 0), (put_other, -5), (extend_any, 2000)])
    def other(self, request: Any) -> Iterator[None]:
        function, order = request.param
        with hooks.register_temporarily("construct_wagtail_userbar", function, order=order):
            yield

    def test_of_another_package_keeps_its_checks(
        self, page: Any, admin_client: Client, other: None
    ) -> None:
        page.save_revision()
        view = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        for url in (edit_url(page), view):
            config = configuration(admin_client.get(url).content)
            assert {"other-rule", ERROR} <= set(config["options"]["runOnly"])
            ids = [check["id"] for check in config["spec"]["checks"]]
            assert {"other-check", "careers-finding", "check-image-alt-text"} <= set(ids)
        assert data(admin_client.get(view).content)

    @pytest.mark.parametrize("chosen", [["wcag2a", "best-practice"], ["wcag22aa"]])
    def test_that_chooses_by_tags_gets_a_tag(self, page: Any, chosen: list[str]) -> None:
        item = AccessibilityItem(in_editor=True)
        item.axe_run_only = chosen
        items: list[Any] = [item]
        add_checks(RequestFactory().get("/"), items, page)
        assert items[0].get_axe_run_only(None) == [*chosen, TAG]

    def test_that_runs_all_rules_goes_on(self, page: Any) -> None:
        item = AccessibilityItem(in_editor=True)
        item.axe_run_only = None  # type: ignore[assignment]
        items: list[Any] = [item]
        add_checks(RequestFactory().get("/"), items, page)
        assert not items[0].get_axe_run_only(None)

    def test_is_not_changed_for_all(self, page: Any) -> None:
        items: list[Any] = [AccessibilityItem(in_editor=True)]
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        add_checks(request, items, page)
        assert ERROR in items[0].get_axe_run_only(request)
        assert ERROR not in ContentCheckerItem.axe_run_only
        assert ERROR not in AccessibilityItem.axe_run_only
