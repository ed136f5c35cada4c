"""The bulk action Publish, and what it does with roles that are incomplete."""

from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.bare.models import BarePage
from tests.factories import RolePageFactory, body, link_item, step_item
from wagtail_careers.models import RoleTrait
from wagtail_careers.pages.models import RolePage
from wagtail_careers.publishing import publishing_problems


@pytest.fixture
def draft(index: Any) -> Any:
    """A function that makes a draft which was never live."""

    def make(**kwargs: Any) -> RolePage:
        page: RolePage = RolePageFactory(parent=index, live=False, **kwargs)
        page.save_revision(clean=False)
        return page

    return make


def publish(client: Client, *pages: Any, **data: Any) -> list[str]:
    """Publish ``pages`` in bulk; what the admin says of it."""
    query = urlencode([("next", reverse("wagtailadmin_home")), *[("id", p.pk) for p in pages]])
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{url}?{query}", data, follow=True)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return [
        " ".join(item.get_text(" ", strip=True).split()) for item in soup.select(".messages li")
    ]


def live(*pages: Any) -> list[bool]:
    return [type(page).objects.get(pk=page.pk).live for page in pages]


def test_complete_roles_are_published(draft: Any, admin_client: Client) -> None:
    one, two = draft(body=body(duties="<mark>patience</mark>")), draft(body=body())
    assert any("2 pages have been published" in text for text in publish(admin_client, one, two))
    assert live(one, two) == [True, True]
    assert RoleTrait.objects.filter(page=one).exists()


def test_incomplete_role_is_refused_and_the_admin_says_why(
    draft: Any, admin_client: Client
) -> None:
    page = draft(title="Nurse", body=body(duties="", training=""))
    said = publish(admin_client, page)
    assert live(page) == [False]
    assert any("Nurse: Duties: describe the work, or remove this section." in text for text in said)
    assert any(
        "Nurse: Training: describe the training, or remove this section." in text for text in said
    )
    assert any("Nothing was published." in text for text in said)


def test_one_incomplete_role_stops_all(draft: Any, admin_client: Client) -> None:
    complete, incomplete = draft(body=body()), draft(title="Nurse", body=[])
    said = publish(admin_client, complete, incomplete)
    assert live(complete, incomplete) == [False, False]
    assert any("Nurse: The Heading section is missing." in text for text in said)


def test_newest_version_counts_rather_than_the_live_one(
    publish_role: Any, admin_client: Client
) -> None:
    page = publish_role(body=body(heading="<p>Old.</p>"))
    page.body = body(heading="")
    page.save_revision()
    publish(admin_client, page)
    assert RolePage.objects.get(pk=page.pk).introduction == "<p>Old.</p>"


def test_role_without_a_category_is_refused(draft: Any, admin_client: Client) -> None:
    page = draft(title="Nurse", body=body(), category=None)
    said = publish(admin_client, page)
    assert live(page) == [False]
    assert any("Nurse: Category: " in text for text in said)


def test_drafts_below_a_page_are_looked_at_when_they_are_included(
    draft: Any, index: Any, admin_client: Client
) -> None:
    page = draft(title="Nurse", body=[])
    type(index).objects.filter(pk=index.pk).update(live=False)
    said = publish(admin_client, index, include_descendants="on")
    assert any("Nurse: The Heading section is missing." in text for text in said)
    assert live(index, page) == [False, False]


def test_drafts_below_a_page_are_left_alone_when_they_are_not_included(
    draft: Any, index: Any, admin_client: Client
) -> None:
    page = draft(body=[])
    type(index).objects.filter(pk=index.pk).update(live=False)
    publish(admin_client, index)
    assert live(index, page) == [True, False]


def test_drafts_of_live_pages_below_are_not_looked_at(
    publish_role: Any, index: Any, admin_client: Client
) -> None:
    """Wagtail publishes those below a page that are not live, and no other."""
    page = publish_role(body=body(heading="<p>Old.</p>"))
    page.body = body(heading="")
    page.save_revision()
    type(index).objects.filter(pk=index.pk).update(live=False)
    publish(admin_client, index, include_descendants="on")
    assert live(index) == [True]
    assert RolePage.objects.get(pk=page.pk).introduction == "<p>Old.</p>"


def test_other_pages_are_published_as_ever(home: Any, admin_client: Client) -> None:
    page = home.add_child(instance=BarePage(title="Bare", live=False))
    page.save_revision()
    publish(admin_client, page)
    assert live(page) == [True]


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_other_actions_do_not_ask_for_completeness(
    publish_role: Any, admin_client: Client, action: str
) -> None:
    page = publish_role(body=[])
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    admin_client.post(f"{url}?id={page.pk}&next=/admin/")
    assert not RolePage.objects.filter(pk=page.pk, live=True).exists()


def test_markup_in_a_title_is_text_in_the_message(draft: Any, admin_client: Client) -> None:
    page = draft(title="<script>alert(1)</script>", slug="hostile", body=[])
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin_client.post(f"{url}?id={page.pk}&next=/admin/", follow=True)
    assert b"<script>alert(1)" not in response.content
    assert b"&lt;script&gt;alert(1)" in response.content


class TestProblems:
    def test_of_a_complete_page_are_none(self, draft: Any) -> None:
        assert publishing_problems(draft(body=body())) == []

    def test_name_everything_once_from_the_outside_in(self, draft: Any) -> None:
        page = draft(
            body=body(
                heading=None,
                duties="",
                application_links={"links": [link_item(4040, path="//evil.example")]},
                progression={"steps": [step_item(title="x"), step_item()]},
            ),
            category=None,
        )
        problems = publishing_problems(RolePage.objects.get(pk=page.pk))
        assert problems == [
            "Category: This field cannot be blank.",
            "The Heading section is missing. Add one that describes the role.",
            "Duties: describe the work, or remove this section.",
            "Application links: choose a shared link, or delete the entry.",
            "Application links: Enter only the part of the address after the shared link’s own "
            "address, for example “explore-roles/nursing”.",
            "Progression: Enter a role title or choose a role page.",
        ]
