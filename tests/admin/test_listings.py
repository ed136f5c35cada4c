from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    RoleCategoryFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from wagtail_careers.choices import Purpose
from wagtail_careers.models import AlternativeTitle, LinkCheck, Trait


@pytest.fixture
def rows(admin_client: Client) -> Callable[..., dict[str, list[str]]]:
    """A function that gives the cells of a listing's rows, by their titles."""

    def read(name: str, **params: Any) -> dict[str, list[str]]:
        response = admin_client.get(reverse(name), params)
        assert response.status_code == 200
        soup = BeautifulSoup(response.content, "html.parser")
        cells = [
            [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.select("td")]
            for row in soup.select("table.listing tbody tr")
        ]
        links = soup.select("table.listing tbody tr td.title .title-wrapper, td.title a")
        titles = [link.get_text(strip=True) for link in links]
        found = {}
        for row in cells:
            (title,) = [t for t in titles if any(c.startswith(t) for c in row)][:1]
            titles.remove(title)
            found[title] = row
        return found

    return read


def headers(client: Client, name: str) -> list[str]:
    soup = BeautifulSoup(client.get(reverse(name)).content, "html.parser")
    texts = [" ".join(th.get_text(" ", strip=True).split()) for th in soup.select("th")]
    return [text for text in texts if text]


class TestRoles:
    def test_has_a_column_for_all_that_an_editor_asks(
        self, publish_role: Any, admin_client: Client
    ) -> None:
        publish_role()
        found = headers(admin_client, "careers_roles:index")
        assert found[-5].startswith("Title")
        assert found[-4:] == ["Category", "Completeness", "Last edited", "Status"]

    def test_shows_category_completeness_and_state(self, publish_role: Any, rows: Any) -> None:
        category = RoleCategoryFactory(name="Apprenticeships")
        publish_role(title="Complete", body=body(), category=category)
        publish_role(
            title="Half", body=body(duties="", training=None), category=category
        ).unpublish()
        found = rows("careers_roles:index")
        complete, half = " | ".join(found["Complete"]), " | ".join(found["Half"])
        assert "Apprenticeships | Complete |" in complete
        assert "live" in complete.lower()
        assert "Apprenticeships | 4 of 6 sections Empty: Duties Not used: Training |" in half
        assert "draft" in half.lower()

    def test_shows_the_newest_version_rather_than_the_live_one(
        self, publish_role: Any, rows: Any
    ) -> None:
        page = publish_role(title="Nurse", body=body(), category=RoleCategoryFactory(name="Old"))
        page.category = RoleCategoryFactory(name="New")
        page.body = body(duties="")
        page.save_revision()
        row = " | ".join(rows("careers_roles:index")["Nurse"])
        assert "New | 5 of 6 sections Empty: Duties |" in row

    def test_shows_a_page_that_has_no_revision(self, index: Any, rows: Any) -> None:
        RolePageFactory(
            parent=index, title="Nurse", body=body(), category=RoleCategoryFactory(name="Careers")
        )
        assert "Careers | Complete |" in " | ".join(rows("careers_roles:index")["Nurse"])

    def test_shows_a_draft_whose_category_is_gone(self, publish_role: Any, rows: Any) -> None:
        page = publish_role(title="Nurse", body=body())
        gone = RoleCategoryFactory(name="Gone")
        page.category = gone
        page.save_revision()
        gone.delete()
        assert "Gone" not in " ".join(rows("careers_roles:index")["Nurse"])

    def test_filters_by_category_of_the_newest_version(
        self, publish_role: Any, index: Any, rows: Any
    ) -> None:
        old, new = RoleCategoryFactory(name="Old"), RoleCategoryFactory(name="New")
        moved = publish_role(title="Moved", category=old)
        moved.category = new
        moved.save_revision()
        publish_role(title="Stayed", category=old)
        RolePageFactory(parent=index, title="Unrevised", category=old)
        assert set(rows("careers_roles:index", category=old.pk)) == {"Stayed", "Unrevised"}
        assert set(rows("careers_roles:index", category=new.pk)) == {"Moved"}

    def test_filters_by_state(self, publish_role: Any, rows: Any) -> None:
        publish_role(title="Live")
        publish_role(title="Gone").unpublish()
        assert set(rows("careers_roles:index", live="True")) == {"Live"}
        assert set(rows("careers_roles:index", live="False")) == {"Gone"}
        assert set(rows("careers_roles:index")) == {"Live", "Gone"}

    def test_filters_by_trait(self, publish_role: Any, rows: Any) -> None:
        publish_role(title="Patient", body=body(duties="<mark>patience</mark>"))
        publish_role(title="Other", body=body(duties="<mark>wit</mark>"))
        trait = Trait.objects.get(name="patience")
        assert set(rows("careers_roles:index", trait=trait.pk)) == {"Patient"}

    def test_filters_by_completeness_of_the_newest_version(
        self, publish_role: Any, index: Any, rows: Any
    ) -> None:
        publish_role(title="Complete", body=body())
        edited = publish_role(title="Edited", body=body())
        edited.body = body(duties="")
        edited.save_revision()
        publish_role(title="Short", body=body(training=None))
        RolePageFactory(parent=index, title="Unrevised", body=body(training=None))
        assert set(rows("careers_roles:index", completeness="complete")) == {"Complete"}
        assert set(rows("careers_roles:index", completeness="empty")) == {"Edited"}
        assert set(rows("careers_roles:index", completeness="unused")) == {"Short", "Unrevised"}

    def test_filters_by_link_live_or_in_a_draft(self, publish_role: Any, rows: Any) -> None:
        link = SharedLinkFactory()
        publish_role(title="Live", body=body(duties=shared_link_html(link, "x")))
        draft = publish_role(title="Draft")
        draft.body = body(application_links={"links": [link_item(link)]})
        draft.save_revision()
        publish_role(title="Other", body=body(duties=shared_link_html(SharedLinkFactory(), "x")))
        assert set(rows("careers_roles:index", link=link.pk)) == {"Live", "Draft"}

    def test_filters_by_dead_links(self, publish_role: Any, rows: Any) -> None:
        link = SharedLinkFactory()
        publish_role(title="Dead", body=body(duties=shared_link_html(link, "x", "gone")))
        publish_role(title="Works", body=body(duties=shared_link_html(link, "x", "jobs")))
        draft = publish_role(title="Dead in the draft")
        draft.body = body(application_links={"links": [link_item(link, path="gone")]})
        draft.save_revision()
        dead = LinkCheck(
            shared_link=link, deep_path="gone", url=link.url_for("gone"), verdict="not_found"
        )
        dead.failing_days = 100
        dead.save()
        assert set(rows("careers_roles:index", links="dead")) == {"Dead", "Dead in the draft"}

    def test_is_exported_with_what_the_list_shows(
        self, publish_role: Any, admin_client: Client
    ) -> None:
        category = RoleCategoryFactory(name="Careers")
        publish_role(title="Porter", category=category, body=body(duties="", training=None))
        response = admin_client.get(reverse("careers_roles:index"), {"export": "csv"})
        header, row = b"".join(response.streaming_content).decode().splitlines()
        assert header == (
            "Title,Category,Status,Empty sections,Sections not used,Last edited,Address"
        )
        assert row.startswith("Porter,Careers,live,Duties,Training,")
        assert row.endswith("/porter/")

    @pytest.mark.parametrize("words", ["Bed mover", "patience"])
    @pytest.mark.usefixtures("search_index")
    def test_search_finds_alternative_titles_and_traits(
        self, publish_role: Any, rows: Any, words: str
    ) -> None:
        porter = publish_role(title="Porter", body=body(duties="<mark>patience</mark>"))
        porter.role_alternative_titles.add(AlternativeTitle(title="Bed mover"))
        porter.save_revision().publish()
        publish_role(title="Nurse")
        assert set(rows("careers_roles:index", q=words)) == {"Porter"}

    @pytest.mark.usefixtures("search_index")
    def test_search_finds_titles(self, publish_role: Any, rows: Any) -> None:
        publish_role(title="Radiographer")
        publish_role(title="Nurse")
        assert set(rows("careers_roles:index", q="Radiographer")) == {"Radiographer"}

    @pytest.mark.parametrize("name", ["category", "trait", "live"])
    @pytest.mark.usefixtures("search_index")
    def test_search_can_be_filtered(self, publish_role: Any, rows: Any, name: str) -> None:
        wanted = publish_role(title="Nurse one", body=body(duties="<mark>patience</mark>"))
        publish_role(title="Nurse two").unpublish()
        values = {
            "category": wanted.category_id,
            "trait": Trait.objects.get().pk,
            "live": "True",
        }
        found = rows("careers_roles:index", q="Nurse", **{name: values[name]})
        assert set(found) == {"Nurse one"}

    def test_says_when_nothing_is_found(self, publish_role: Any, admin_client: Client) -> None:
        publish_role(title="Nurse")
        response = admin_client.get(reverse("careers_roles:index"), {"q": "zebra"})
        assert "Nurse" not in response.content.decode()

    @pytest.mark.parametrize("ordering", ["title", "-title", "live", "-latest_revision_created_at"])
    def test_can_be_sorted(self, publish_role: Any, rows: Any, ordering: str) -> None:
        publish_role(title="Alpha")
        publish_role(title="Beta").unpublish()
        found = list(rows("careers_roles:index", ordering=ordering))
        assert found == (["Alpha", "Beta"] if ordering == "title" else ["Beta", "Alpha"])

    def test_offers_a_page_for_each_role_alone(
        self, publish_role: Any, index: Any, rows: Any
    ) -> None:
        publish_role(title="Nurse")
        assert set(rows("careers_roles:index")) == {"Nurse"}

    def test_shows_markup_in_a_title_as_text(self, publish_role: Any, admin_client: Client) -> None:
        publish_role(title="<script>alert(1)</script>", slug="hostile")
        html = admin_client.get(reverse("careers_roles:index")).content.decode()
        assert "<script>alert(1)" not in html

    def test_shows_an_editor_what_they_may_edit(
        self, publish_role: Any, home: Any, editor: Client
    ) -> None:
        publish_role(title="Nurse")
        response = editor.get(reverse("careers_roles:index"))
        assert "Nurse" in response.content.decode()

    def test_shows_people_without_permissions_nothing(
        self, publish_role: Any, outsider: Client
    ) -> None:
        publish_role(title="Nurse")
        response = outsider.get(reverse("careers_roles:index"))
        assert "Nurse" not in response.content.decode()


class TestSharedLinks:
    def test_has_a_column_for_all_that_an_editor_asks(self, db: None, admin_client: Client) -> None:
        SharedLinkFactory()
        found = headers(admin_client, "careers_shared_links:list")
        expected = ["Name", "Site", "Purpose", "Usage", "Health", "Status", "Updated"]
        assert found[-7:] == expected

    def test_counts_the_pages_that_use_a_link(self, publish_role: Any, rows: Any) -> None:
        often = SharedLinkFactory(name="Often", base_url="https://www.often.example/")
        SharedLinkFactory(name="Never")
        for _number in range(3):
            publish_role(
                body=body(
                    duties=shared_link_html(often, "x"),
                    application_links={"links": [link_item(often)]},
                )
            )
        found = rows("careers_shared_links:list")
        assert "often.example" in found["Often"]
        assert "Used 3 times" in found["Often"]
        assert "Used 0 times" in found["Never"]

    def test_count_leads_to_the_pages(self, publish_role: Any, admin_client: Client) -> None:
        link = SharedLinkFactory()
        publish_role(title="Nurse", body=body(duties=shared_link_html(link, "x")))
        html = admin_client.get(reverse("careers_shared_links:list")).content.decode()
        url = reverse("careers_shared_links:usage", args=[link.pk])
        assert f'href="{url}' in html
        assert "Nurse" in admin_client.get(url).content.decode()

    def test_filters_by_purpose_and_state(self, db: None, rows: Any) -> None:
        SharedLinkFactory(name="Jobs", purpose="vacancies")
        SharedLinkFactory(name="Courses", purpose="training", live=False)
        assert set(rows("careers_shared_links:list", purpose="vacancies")) == {"Jobs"}
        assert set(rows("careers_shared_links:list", live="false")) == {"Courses"}

    @pytest.mark.parametrize("words", ["Jobs", "Authority"])
    @pytest.mark.usefixtures("search_index")
    def test_search_finds_names_and_organisations(self, db: None, rows: Any, words: str) -> None:
        SharedLinkFactory(name="NHS Jobs", organisation="Authority")
        SharedLinkFactory(name="Courses")
        assert set(rows("careers_shared_links:list", q=words)) == {"NHS Jobs"}

    def test_is_exported_with_addresses_and_purposes_in_words(
        self, db: None, admin_client: Client
    ) -> None:
        SharedLinkFactory(
            name="NHS Jobs", base_url="https://jobs.example/", purpose=Purpose.HOW_TO_APPLY
        )
        response = admin_client.get(reverse("careers_shared_links:list"), {"export": "csv"})
        text = b"".join(response.streaming_content).decode()
        assert "Name,Address,Purpose,Organisation,Live" in text
        assert "NHS Jobs,https://jobs.example/,How to apply," in text


class TestCategories:
    def test_shows_name_slug_and_kind(self, db: None, rows: Any, admin_client: Client) -> None:
        RoleCategoryFactory(name="Apprenticeships", slug="apps", is_apprenticeship=True)
        assert headers(admin_client, "careers_categories:list")[-3:] == [
            *("Name", "Slug", "Apprenticeship")
        ]
        assert "apps" in rows("careers_categories:list")["Apprenticeships"]


class TestQueries:
    """A listing costs the same for few and for many."""

    @pytest.fixture
    def queries(self, admin_client: Client) -> Callable[[str], int]:
        def count(name: str) -> int:
            assert admin_client.get(reverse(name)).status_code == 200
            with CaptureQueriesContext(connection) as context:
                assert admin_client.get(reverse(name)).status_code == 200
            return len(context)

        return count

    def test_roles(self, publish_role: Any, queries: Any) -> None:
        for _number in range(2):
            publish_role(body=body())
        before = queries("careers_roles:index")
        for _number in range(8):
            publish_role(body=body(duties="<mark>patience</mark>"))
        assert queries("careers_roles:index") == before

    def test_shared_links(self, publish_role: Any, queries: Any) -> None:
        links = SharedLinkFactory.create_batch(2)
        publish_role(body=body(application_links={"links": [link_item(link) for link in links]}))
        before = queries("careers_shared_links:list")
        links = SharedLinkFactory.create_batch(12)
        for _number in range(3):
            items = [link_item(link) for link in links]
            publish_role(body=body(application_links={"links": items}))
        assert queries("careers_shared_links:list") == before

    def test_categories(self, db: None, queries: Any) -> None:
        RoleCategoryFactory()
        before = queries("careers_categories:list")
        RoleCategoryFactory.create_batch(12)
        assert queries("careers_categories:list") == before
