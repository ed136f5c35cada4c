"""The report on replacements, and the way to it from a link."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import SharedLinkFactory, body, shared_link_html
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import replacements as replace
from wagtail_careers.links.running import run
from wagtail_careers.models import Replacement, SharedLink

REPORT = "/admin/reports/link-replacements/"


@pytest.fixture
def old(db: None) -> SharedLink:
    return SharedLinkFactory(name="Old Jobs", base_url="https://old.example/")


@pytest.fixture
def new(db: None) -> SharedLink:
    return SharedLinkFactory(name="new jobs", base_url="https://new.example/")


@pytest.fixture
def finished(publish_role: Any, admin_user: Any, old: SharedLink, new: SharedLink) -> Replacement:
    """The replacement of a link on two pages, one of which failed."""
    for title in ("Nurse", "Cook"):
        publish_role(title=title, body=body(duties=shared_link_html(old, "x", "nursing")))
    replacement = replace.replace_link(old, new, user=admin_user)
    run(replacement)
    broken = replacement.pages.first()
    replacement.pages.filter(pk=broken.pk).update(outcome=PageOutcome.FAILED, message="Broken")
    return replacement


@pytest.fixture
def running(publish_role: Any, new: SharedLink) -> Replacement:
    """The change of a path on one page, which has not begun; its user is gone."""
    publish_role(body=body(duties=shared_link_html(new, "x", "from")))
    replacement = replace.replace_path(new, "from", "to", user=None)
    replacement.pages.update(outcome=PageOutcome.WAITING)
    return replacement


def rows(client: Client, **query: Any) -> list[list[str]]:
    soup = BeautifulSoup(client.get(REPORT, query).content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in soup.select("main table tbody tr")
    ]


def listed(client: Client, **query: Any) -> list[str]:
    return [row[0] for row in rows(client, **query)]


class TestReport:
    def test_shows_who_when_from_to_how_far_and_the_result_the_newest_first(
        self, admin_client: Client, finished: Replacement, running: Replacement
    ) -> None:
        newest, oldest = rows(admin_client)
        assert newest[:2] == ["https://new.example/from", "https://new.example/to"]
        assert newest[3:5] == ["Deleted user", "0 of 1 pages done"]
        assert newest[5] == ""
        assert oldest[:2] == ["Old Jobs", "new jobs"]
        assert "admin" in oldest[3]
        assert oldest[4:] == ["2 of 2 pages done", "Published: 1 Failed: 1"]

    def test_leads_to_the_outcome_for_each_page(
        self, admin_client: Client, finished: Replacement
    ) -> None:
        soup = BeautifulSoup(admin_client.get(REPORT).content, "html.parser")
        (link,) = soup.select("td.title a")
        text = BeautifulSoup(admin_client.get(link["href"]).content, "html.parser").main.get_text()
        assert "by admin." in " ".join(text.split())
        assert "Nurse" in text
        assert "Failed: Broken" in text

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"state": "running"}, ["https://new.example/from"]),
            ({"state": "finished"}, ["Old Jobs"]),
            ({"state": "unchanged"}, ["Old Jobs"]),
            ({"q": "old.example"}, ["Old Jobs"]),
            ({"q": "Old"}, ["Old Jobs"]),
            ({"q": "zebra"}, []),
        ],
    )
    def test_is_narrowed_down(
        self,
        admin_client: Client,
        finished: Replacement,
        running: Replacement,
        query: Any,
        expected: list[str],
    ) -> None:
        assert listed(admin_client, **query) == expected

    def test_is_narrowed_down_to_a_link_on_either_side_to_a_user_and_to_days(
        self, admin_client: Client, admin_user: User, finished: Replacement, running: Replacement
    ) -> None:
        week_ago = timezone.now() - timedelta(days=7)
        Replacement.objects.filter(pk=finished.pk).update(created_at=week_ago)
        assert listed(admin_client, link=finished.old_id) == ["Old Jobs"]
        assert len(listed(admin_client, link=finished.new_id)) == 2
        assert listed(admin_client, user=admin_user.pk) == ["Old Jobs"]
        before = (timezone.localdate() - timedelta(days=3)).isoformat()
        assert listed(admin_client, created_at_to=before) == ["Old Jobs"]

    def test_sorts_names_without_regard_to_case(
        self, admin_client: Client, old: SharedLink, new: SharedLink
    ) -> None:
        for link in (old, SharedLinkFactory(name="beta"), SharedLinkFactory(name="Alpha")):
            Replacement.objects.create(old=link, new=new)
        assert listed(admin_client, ordering="old__name") == ["Alpha", "beta", "Old Jobs"]
        assert listed(admin_client, ordering="-old__name") == ["Old Jobs", "beta", "Alpha"]

    def test_is_exported(self, admin_client: Client, finished: Replacement) -> None:
        response = admin_client.get(REPORT, {"export": "csv"})
        content = b"".join(response.streaming_content).decode()
        (row,) = csv.DictReader(StringIO(content))
        assert row["From"] == "Old Jobs"
        assert row["User"] == "admin"
        assert row["Progress"] == "2 of 2 pages done"
        assert row["Result"] == "Published: 1, Failed: 1"
        assert admin_client.get(REPORT, {"export": "xlsx"}).status_code == 200

    def test_number_of_queries_does_not_grow_with_the_replacements(
        self, finished: Replacement, queries_of: Any
    ) -> None:
        before = queries_of(REPORT)
        for number in range(8):
            link = SharedLinkFactory()
            user = User.objects.create_user(f"user {number}")
            copy = Replacement.objects.create(old=link, new=finished.new, user=user)
            copy.pages.create(page=finished.pages.first().page, outcome=PageOutcome.FAILED)
        assert queries_of(REPORT) == before

    def test_is_for_those_who_may_change_links(
        self, admin_client: Client, outsider: Client, finished: Replacement
    ) -> None:
        assert outsider.get(REPORT).status_code in (302, 403)
        assert outsider.get(f"{REPORT}results/").status_code in (302, 403)
        assert REPORT in admin_client.get("/admin/").content.decode()
        assert REPORT not in outsider.get("/admin/").content.decode()


class TestLink:
    def edit(self, client: Client, link: SharedLink) -> BeautifulSoup:
        url = reverse("careers_shared_links:edit", args=[link.pk])
        return BeautifulSoup(client.get(url).content, "html.parser").main

    def test_leads_to_its_own_replacements(
        self, admin_client: Client, finished: Replacement
    ) -> None:
        Replacement.objects.create(old=SharedLinkFactory(name="Other"), new=finished.old)
        main = self.edit(admin_client, finished.old)
        (link,) = main.select(f'a[href^="{REPORT}"]')
        assert " ".join(link.get_text().split()) == "See 2 replacements of or with this link"
        assert link["href"] == f"{REPORT}?link={finished.old_id}"

    def test_without_replacements_does_not_mention_any(
        self, admin_client: Client, old: SharedLink
    ) -> None:
        assert not self.edit(admin_client, old).select(f'a[href^="{REPORT}"]')


class TestOfADeletedLink:
    """The record of a replacement outlives the links."""

    @pytest.fixture
    def deleted(self, finished: Replacement, old: SharedLink) -> Replacement:
        old.delete()
        return Replacement.objects.get(pk=finished.pk)

    def test_names_are_those_of_then(self, old: SharedLink, new: SharedLink) -> None:
        replace.replace_link(old, new, user=None)
        for link in (old, new):
            link.delete()
            assert Replacement.objects.get().title == "Replace “Old Jobs” with “new jobs”"

    def test_link_that_still_exists_has_its_present_name(
        self, deleted: Replacement, new: SharedLink
    ) -> None:
        SharedLink.objects.filter(pk=new.pk).update(name="Work")
        assert Replacement.objects.get().title == "Replace “Old Jobs” with “Work”"

    def test_changed_path_keeps_its_addresses(self, old: SharedLink) -> None:
        replace.replace_path(old, "from", "to", user=None)
        old.delete()
        title = "Change “https://old.example/from” to “https://old.example/to”"
        assert Replacement.objects.get().title == title

    def test_is_listed_found_exported_and_opened(
        self, deleted: Replacement, new: SharedLink, admin_client: Client
    ) -> None:
        for query in ({}, {"q": "Old"}, {"link": new.pk}):
            assert [row[:2] for row in rows(admin_client, **query)] == [["Old Jobs", "new jobs"]]
        exported: Any = admin_client.get(REPORT, {"export": "csv"})
        assert "Old Jobs,new jobs" in b"".join(exported.streaming_content).decode()
        response = admin_client.get(reverse("careers_shared_links:replacement", args=[deleted.pk]))
        html = response.content.decode()
        assert "Replace “Old Jobs” with “new jobs”" in html
        assert "Nurse" in html
        assert "Retry failed pages" not in html

    def test_is_not_tried_again(self, deleted: Replacement, admin_user: Any) -> None:
        with pytest.raises(ValidationError, match="“Old Jobs” was deleted"):
            replace.retry(deleted, user=admin_user)
        assert not deleted.pages.filter(outcome=PageOutcome.WAITING).exists()
