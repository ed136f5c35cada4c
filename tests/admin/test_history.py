"""The histories of pages and shared links, which say what was done to the links."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from tests.factories import SharedLinkFactory, body, shared_link_html
from wagtail_careers.links import replacements, running
from wagtail_careers.links.history import REPLACE_LINK
from wagtail_careers.models import Replacement, SharedLink


@pytest.fixture
def old(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs", base_url="https://old.example/")


@pytest.fixture
def new(db: None) -> SharedLink:
    return SharedLinkFactory(name="Health Jobs", base_url="https://new.example/")


def using(link: SharedLink, path: str = "") -> list[dict[str, Any]]:
    return body(duties=f"<p>See {shared_link_html(link, 'this', path)}.</p>")


def replace(old: SharedLink, new: SharedLink, user: Any) -> None:
    running.run(replacements.replace_link(old, new, user=user))


def history_of(page: Any, client: Client) -> str:
    response = client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    return response.content.decode()


def link_history(link: SharedLink, client: Client) -> str:
    return client.get(reverse("careers_shared_links:history", args=[link.pk])).content.decode()


class TestPages:
    def test_replacement_names_both_links(
        self,
        publish_role: Any,
        old: SharedLink,
        new: SharedLink,
        admin_user: Any,
        admin_client: Client,
    ) -> None:
        page = publish_role(body=using(old))
        replace(old, new, admin_user)
        html = history_of(page, admin_client)
        assert "Shared link replaced: NHS Jobs → Health Jobs" in html
        assert "Published" in html
        assert "Compare with previous version" in html

    def test_entry_belongs_to_the_new_version_and_its_user(
        self, publish_role: Any, old: SharedLink, new: SharedLink, admin_user: Any
    ) -> None:
        page = publish_role(body=using(old))
        replace(old, new, admin_user)
        entry = PageLogEntry.objects.get(action=REPLACE_LINK)
        latest = Page.objects.get(pk=page.pk).latest_revision
        assert (entry.page_id, entry.revision, entry.user) == (page.pk, latest, admin_user)
        assert entry.content_changed

    def test_each_page_keeps_its_own_entries_when_one_request_changes_many(
        self,
        publish_role: Any,
        old: SharedLink,
        new: SharedLink,
        admin_client: Client,
    ) -> None:
        """Wagtail shows only the last entry of an action in each log context, on any page."""
        pages = [publish_role(body=using(old)) for _ in range(2)]
        url = reverse("careers_shared_links:replace", args=[old.pk])
        admin_client.post(url, {"new": new.pk, "paths": "keep"})
        args = [Replacement.objects.get().pk]
        admin_client.post(reverse("careers_shared_links:continue_replacement", args=args))
        for page in pages:
            html = history_of(page, admin_client)
            assert "Shared link replaced" in html
            assert "Published" in html

    def test_changed_path_shows_both_paths(
        self, publish_role: Any, old: SharedLink, admin_user: Any, admin_client: Client
    ) -> None:
        page = publish_role(body=using(old, "jobs/1"))
        running.run(replacements.replace_path(old, "jobs/1", "jobs/2", user=admin_user))
        running.run(replacements.replace_path(old, "jobs/2", "", user=admin_user))
        html = history_of(page, admin_client)
        assert "Path changed: NHS Jobs: jobs/1 → jobs/2" in html
        assert "Path changed: NHS Jobs: jobs/2 → no path" in html

    def test_names_stay_as_they_were(
        self,
        publish_role: Any,
        old: SharedLink,
        new: SharedLink,
        admin_user: Any,
        admin_client: Client,
    ) -> None:
        page = publish_role(body=using(old))
        replace(old, new, admin_user)
        SharedLink.objects.filter(pk=new.pk).update(name="Renamed")
        old.delete()
        assert "NHS Jobs → Health Jobs" in history_of(page, admin_client)

    def test_names_are_escaped(
        self, publish_role: Any, old: SharedLink, admin_user: Any, admin_client: Client
    ) -> None:
        evil = SharedLinkFactory(name="<script>alert(1)</script>", base_url="https://e.example/")
        page = publish_role(body=using(old))
        replace(old, evil, admin_user)
        html = history_of(page, admin_client)
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert(1)" not in html

    def test_site_history_can_be_filtered_by_the_action(
        self,
        publish_role: Any,
        old: SharedLink,
        new: SharedLink,
        admin_user: Any,
        admin_client: Client,
    ) -> None:
        publish_role(title="Porter", body=using(old))
        replace(old, new, admin_user)
        url = reverse("wagtailadmin_reports:site_history")
        response = admin_client.get(url, {"action": REPLACE_LINK})
        assert "Replace shared link" in response.content.decode()
        entries = list(response.context["object_list"])
        assert [(entry.label, entry.action) for entry in entries] == [("Porter", REPLACE_LINK)]


class TestSharedLink:
    def test_says_by_what_it_was_replaced_and_that_it_was_restored(
        self, old: SharedLink, new: SharedLink, admin_user: Any, admin_client: Client
    ) -> None:
        replace(old, new, admin_user)
        old.refresh_from_db()
        admin_client.post(reverse("careers_shared_links:restore", args=[old.pk]))
        SharedLink.objects.filter(pk=new.pk).update(name="Renamed")
        html = link_history(old, admin_client)
        assert "Replaced with Health Jobs" in html
        assert "Restored" in html
        assert set(ModelLogEntry.objects.values_list("user", flat=True)) == {admin_user.pk}
