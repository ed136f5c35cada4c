"""A draft saves whatever is in it, and everything that shows drafts stands it."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from tests.admin.test_editor import edit_url, form, items, prose, sections, words
from tests.factories import RoleCategoryFactory, SharedLinkFactory, body, link_item
from wagtail_careers.links.usage import addresses_on
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage
from wagtail_careers.publishing import publishing_problems

LONG = "long " * 120
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")


@pytest.fixture
def page(publish_role: Any) -> RolePage:
    published: RolePage = publish_role(
        title="Imaging apprentice", slug="imaging-apprentice", body=body()
    )
    return published


@pytest.fixture
def unpublishable(link: SharedLink) -> list[Any]:
    """Form data with everything that the checks of a publication find."""
    complete = sections(
        duties={"title": LONG},
        application_links={
            "links": items(
                {"shared_link": link.pk, "path": "https://evil.example/", "note": LONG},
                {"shared_link": "4040", "path": "../" + LONG, "note": "Second note"},
                {"shared_link": "abc", "path": "", "note": "Third note"},
            )
        },
        progression={
            "steps": items(
                {"page": "4040", "title": LONG, "relation": "upwards", "note": LONG},
                {"page": "abc", "title": "Second step", "relation": "", "note": ""},
            )
        },
    )
    again = ("duties", {"title": "Again", "prose": prose("<p>More work.</p>")})
    return [*complete[1:], complete[0], again, ("text", {"title": "", "prose": prose("")})]


def save(client: Client, url: str, sections: list[Any], **values: Any) -> Any:
    return client.post(url, form(sections, **values))


def newest(page: RolePage) -> RolePage:
    draft: RolePage = RolePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return draft


class TestSaving:
    def test_keeps_everything_that_cannot_be_published(
        self, admin_client: Client, page: RolePage, link: SharedLink, unpublishable: list[Any]
    ) -> None:
        response = save(admin_client, edit_url(page), unpublishable)
        assert response.status_code == 302, words(response)
        raw_body = newest(page).body.raw_data
        assert [child["type"] for child in raw_body] == [name for name, _data in unpublishable]
        kept = {child["type"]: child["value"] for child in raw_body[:6]}
        assert kept["duties"]["title"] == LONG
        links = [item["value"] for item in kept["application_links"]["links"]]
        assert links == [
            {"shared_link": link.pk, "path": "https://evil.example/", "text": "", "note": LONG},
            {"shared_link": None, "path": "../" + LONG, "text": "", "note": "Second note"},
            {"shared_link": None, "path": "", "text": "", "note": "Third note"},
        ]
        steps = [item["value"] for item in kept["progression"]["steps"]]
        assert steps == [
            {"page": None, "title": LONG, "relation": "upwards", "note": LONG},
            {"page": None, "title": "Second step", "relation": "", "note": ""},
        ]

    def test_of_a_new_role_does_as_well(
        self, admin_client: Client, index: Any, unpublishable: list[Any]
    ) -> None:
        url = reverse(
            "wagtailadmin_pages:add", args=["wagtail_careers_pages", "rolepage", index.pk]
        )
        assert save(admin_client, url, unpublishable).status_code == 302
        assert len(RolePage.objects.get().body) == len(unpublishable)

    def test_by_itself_does_as_well(
        self, admin_client: Client, page: RolePage, unpublishable: list[Any]
    ) -> None:
        response = admin_client.post(
            edit_url(page), form(unpublishable), headers={"accept": "application/json"}
        )
        assert response.json()["success"] is True
        assert len(newest(page).body) == len(unpublishable)

    def test_keeps_fields_that_cannot_be_published(
        self, admin_client: Client, page: RolePage
    ) -> None:
        gone = RoleCategoryFactory()
        gone_pk = gone.pk
        gone.delete()
        response = save(
            admin_client,
            edit_url(page),
            sections(),
            category=str(gone_pk),
            role_alternative_titles=inline_formset([{"title": ""}, {"title": "X-ray"}]),
            go_live_at="2031-01-01 10:00",
            expire_at="2001-01-01 10:00",
        )
        assert response.status_code == 302, words(response)
        draft = newest(page)
        assert draft.category is None
        assert draft.alternative_titles == ["X-ray"]
        assert (draft.go_live_at.year, draft.expire_at.year) == (2031, 2001)

    def test_of_a_page_that_has_expired_is_possible(
        self, admin_client: Client, page: RolePage
    ) -> None:
        yesterday = (timezone.localtime() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        assert (
            save(admin_client, edit_url(page), sections(), expire_at=yesterday).status_code == 302
        )

    @pytest.mark.parametrize(
        "values",
        [
            {"title": LONG},
            {"title": ""},
            {"slug": "not a slug"},
            {"slug": "taken"},
            {"seo_title": LONG},
            {"role_alternative_titles": inline_formset([{"title": LONG}])},
            {"expire_at": "32/13/2020"},
        ],
    )
    def test_that_wagtail_refuses_keeps_everything_in_the_form(
        self, admin_client: Client, publish_role: Any, page: RolePage, values: Any
    ) -> None:
        publish_role(title="Taken", slug="taken")
        typed = sections(duties={"title": "Typed title", "prose": prose("<p>Typed words.</p>")})
        response = save(admin_client, edit_url(page), typed, **values)
        assert response.status_code == 200
        shown = words(response)
        assert "Typed title" in shown
        assert "Typed words." in shown
        assert newest(page).body[2].value["title"] != "Typed title"


class TestPublishing:
    def test_finds_it_all(
        self, admin_client: Client, page: RolePage, unpublishable: list[Any]
    ) -> None:
        save(admin_client, edit_url(page), unpublishable)
        problems = "\n".join(publishing_problems(newest(page)))
        response = save(
            admin_client,
            edit_url(page),
            unpublishable,
            category=str(page.category_id),
            expire_at="2001-01-01 10:00",
            **PUBLISH,
        )
        assert response.status_code == 200
        shown = words(response)
        for message in (
            "The maximum number of items is 1",
            "The Heading section is not first",
            "Ensure this value has at most 100 characters",
            "Ensure this value has at most 255 characters",
            "No shared link has this address",
            "choose a shared link",
            "Select a valid choice",
            "Text: enter a title",
        ):
            assert message in problems
            assert message in shown
        assert "Expiry date/time must be in the future" in shown
        page.refresh_from_db()
        assert len(page.body) == 6

    def test_refuses_a_category_that_is_gone(self, admin_client: Client, page: RolePage) -> None:
        response = save(admin_client, edit_url(page), sections(), category="4040", **PUBLISH)
        assert "Select a valid choice" in words(response)


class TestShowing:
    @pytest.fixture
    def draft(self, admin_client: Client, page: RolePage, unpublishable: list[Any]) -> RolePage:
        save(
            admin_client,
            edit_url(page),
            unpublishable,
            role_alternative_titles=inline_formset([{"title": ""}]),
        )
        saved: RolePage = RolePage.objects.get(pk=page.pk)
        return saved

    def test_opens_with_everything(self, admin_client: Client, draft: RolePage) -> None:
        response = admin_client.get(edit_url(draft))
        assert response.status_code == 200
        shown = words(response)
        for text in (LONG.strip(), "https://evil.example/", "Second note", "Second step", "Again"):
            assert text in shown

    def test_previews_without_an_id_twice_or_a_hostile_address(
        self, admin_client: Client, draft: RolePage, link: SharedLink
    ) -> None:
        shown = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk]))
        soup = BeautifulSoup(shown.content, "html.parser")
        ids = [tag["id"] for tag in soup.select("main [id]")]
        assert len(ids) == len(set(ids))
        assert {"duties", "duties-6"} < set(ids)
        assert "Second note" in soup.text
        assert "Also called" not in soup.text
        (anchor,) = [a for a in soup.select("article a") if a.text == "NHS Jobs"]
        assert anchor["href"] == link.base_url

    def test_compares_with_the_live_version(self, admin_client: Client, draft: RolePage) -> None:
        revision = draft.get_latest_revision()
        url = reverse("wagtailadmin_pages:revisions_compare", args=[draft.pk, "live", revision.pk])
        assert admin_client.get(url).status_code == 200

    def test_lists_roles_links_and_their_use(
        self, admin_client: Client, draft: RolePage, link: SharedLink
    ) -> None:
        for url in (
            "/admin/careers/careers_roles/",
            reverse("careers_shared_links:list"),
            reverse("careers_shared_links:usage", args=[link.pk]),
            reverse("careers_shared_links:edit", args=[link.pk]),
            reverse("careers_shared_links:replace", args=[link.pk]),
            reverse("wagtailadmin_pages:history", args=[draft.pk]),
            reverse("careers_link_health:index"),
        ):
            assert admin_client.get(url).status_code == 200, url
        assert addresses_on(draft) == {(link.pk, "https://evil.example/")}
        assert (
            b"https://evil.example/"
            in admin_client.get(reverse("careers_shared_links:usage", args=[link.pk])).content
        )

    def test_changes_nothing_that_is_live(
        self, client: Client, draft: RolePage, link: SharedLink
    ) -> None:
        draft.refresh_from_db()
        assert draft.live
        assert b"NHS Jobs" not in client.get(draft.url).content


def test_live_page_keeps_its_links_while_its_draft_is_unpublishable(
    admin_client: Client, client: Client, publish_role: Any, link: SharedLink
) -> None:
    links = {"links": [link_item(link, "search")]}
    page = publish_role(
        title="Imaging apprentice", slug="imaging-apprentice", body=body(application_links=links)
    )
    save(admin_client, edit_url(page), [], category="4040")
    assert b"https://www.jobs.nhs.uk/search" in client.get(page.url).content


@pytest.mark.parametrize("address", ["", "not an address", "http://[", "https://www.jobs.nhs.uk/"])
def test_draft_of_a_shared_link_needs_an_address_of_its_own(
    admin_client: Client, home: Any, link: SharedLink, address: str
) -> None:
    data = {"name": "Typed name", "base_url": address, "purpose": "information"}
    data |= {"description": "Typed words", "go_live_at": "", "expire_at": ""}
    response = admin_client.post(reverse("careers_shared_links:add"), data)
    assert response.status_code == 200
    assert "Typed words" in words(response)
    assert SharedLink.objects.count() == 1


def test_draft_of_a_shared_link_needs_nothing_else(admin_client: Client, home: Any) -> None:
    data = {"base_url": "https://one.example/", "purpose": "", "go_live_at": "", "expire_at": ""}
    assert admin_client.post(reverse("careers_shared_links:add"), data).status_code == 302
    assert not SharedLink.objects.get().live
