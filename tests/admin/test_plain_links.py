"""The report on plain links, and the screen that makes them shared links."""

import csv
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from tests.factories import SharedLinkFactory, body
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import progress
from wagtail_careers.models import LinkCheck, PlainLinkUse, Replacement, SharedLink

REPORT = "/admin/reports/plain-links/"
NHS = f"{REPORT}hosts/nhs.uk/"


def plain(*addresses: str) -> list[dict[str, Any]]:
    return body(duties="".join(f'<p><a href="{address}">x</a></p>' for address in addresses))


@pytest.fixture
def nurse(publish_role: Any) -> Any:
    return publish_role(
        title="Nurse",
        body=plain("https://www.nhs.uk/jobs/1", "https://nhs.uk/jobs/1", "http://nhs.uk/about"),
    )


@pytest.fixture
def cook(publish_role: Any) -> Any:
    return publish_role(title="Cook", body=plain("https://nhs.uk/jobs/2", "https://b.example/x"))


@pytest.fixture
def jobs(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs", base_url="https://www.nhs.uk/jobs/")


def main_of(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def text_of(response: Any) -> str:
    return " ".join(main_of(response).get_text(" ").split())


def rows_of(response: Any) -> list[list[str]]:
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in main_of(response).select("table tbody tr")
    ]


def exported(client: Client, **query: str) -> list[dict[str, str]]:
    response = client.get(REPORT, {"export": "csv", **query})
    content = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(StringIO(content)))


@pytest.mark.parametrize("path", ["", "results/", "hosts/nhs.uk/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_is_for_those_who_may_change_links(
    outsider: Client, nurse: Any, jobs: SharedLink, method: str, path: str
) -> None:
    response = getattr(outsider, method)(REPORT + path)
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")
    assert not Replacement.objects.exists()


def test_is_in_the_menu(admin_client: Client, outsider: Client) -> None:
    assert REPORT in admin_client.get("/admin/").content.decode()
    assert REPORT not in outsider.get("/admin/").content.decode()


@pytest.mark.usefixtures("nurse", "cook")
class TestReport:
    def test_lists_hosts_with_their_links_pages_and_shared_links(
        self, admin_client: Client, jobs: SharedLink
    ) -> None:
        assert rows_of(admin_client.get(REPORT)) == [
            ["b.example", "1", "1", "No shared link fits 1 link. New shared link"],
            [
                *("nhs.uk", "4", "2"),
                "NHS Jobs (3 links) No shared link fits 1 link. Use shared links",
            ],
        ]

    @pytest.mark.parametrize(
        ("query", "hosts"),
        [
            ({"host": "b.example"}, ["b.example"]),
            ({"q": "jobs/2"}, ["nhs.uk"]),
            ({"ordering": "-host"}, ["nhs.uk", "b.example"]),
            ({"ordering": "-links"}, ["nhs.uk", "b.example"]),
            ({"ordering": "pages"}, ["b.example", "nhs.uk"]),
            ({"ordering": "nonsense"}, ["b.example", "nhs.uk"]),
        ],
    )
    def test_is_narrowed_down_and_sorted(
        self, admin_client: Client, query: dict[str, str], hosts: list[str]
    ) -> None:
        assert [row[0] for row in rows_of(admin_client.get(REPORT, query))] == hosts

    def test_says_which_shared_links_are_not_published_yet(
        self, admin_client: Client, jobs: SharedLink
    ) -> None:
        SharedLink.objects.update(live=False)
        row = rows_of(admin_client.get(REPORT, {"host": "nhs.uk"}))[0]
        assert "NHS Jobs (3 links) not published yet" in row[3]
        assert "Use shared links" not in row[3]

    def test_offers_the_form_for_a_new_link_filled_in(
        self, admin_client: Client, client_of: Any
    ) -> None:
        def button(client: Client) -> Any:
            return main_of(client.get(REPORT, {"host": "nhs.uk"})).select_one("td a.button")

        url = button(admin_client)["href"]
        assert parse_qs(urlsplit(url).query) == {
            "name": ["nhs.uk"],
            "base_url": ["https://nhs.uk/"],
        }
        form = main_of(admin_client.get(url))
        assert form.select_one("[name=name]")["value"] == "nhs.uk"
        assert form.select_one("[name=base_url]")["value"] == "https://nhs.uk/"
        assert button(client_of("change_sharedlink")) is None

    def test_offers_no_shared_link_for_this_site(
        self, admin_client: Client, home: Any, jobs: SharedLink
    ) -> None:
        Site.objects.create(hostname="www.nhs.uk", root_page=home)
        row = rows_of(admin_client.get(REPORT, {"host": "nhs.uk"}))[0]
        assert row[3] == "A host of this site. Link to the pages themselves instead."

    def test_exports_pages_and_addresses(self, admin_client: Client, jobs: SharedLink) -> None:
        first, *others = exported(admin_client, host="nhs.uk")
        assert first == {
            "Host": "nhs.uk",
            "Page": "Cook",
            "Address": "https://nhs.uk/jobs/2",
            "Links": "1",
            "Shared link": "NHS Jobs",
            "New address": "https://www.nhs.uk/jobs/2",
        }
        assert [row["Page"] for row in others] == ["Nurse"] * 3
        response = admin_client.get(REPORT, {"export": "xlsx"})
        assert response["Content-Disposition"].endswith('.xlsx"')

    def test_hides_pages_that_the_user_may_not_edit(self, client_of: Any, jobs: SharedLink) -> None:
        client = client_of("change_sharedlink")
        row = exported(client, host="b.example")[0]
        assert (row["Page"], row["Address"], row["New address"]) == ("(Private page)", "", "")
        html = client.get(NHS).content.decode()
        assert "(Private page)" in html
        for private in ("Nurse", "Cook", "jobs/1", "about"):
            assert private not in html


class TestHost:
    def test_shows_the_pages_and_the_new_addresses_before_anything_changes(
        self, admin_client: Client, nurse: Any, cook: Any, jobs: SharedLink
    ) -> None:
        response = admin_client.get(NHS)
        assert rows_of(response) == [
            ["Cook", "https://nhs.uk/jobs/2", "NHS Jobs → https://www.nhs.uk/jobs/2"],
            ["Nurse", "http://nhs.uk/about", "None: stays a plain link"],
            ["Nurse", "https://nhs.uk/jobs/1", "NHS Jobs → https://www.nhs.uk/jobs/1"],
            ["Nurse", "https://www.nhs.uk/jobs/1", "NHS Jobs → https://www.nhs.uk/jobs/1"],
        ]
        text = text_of(response)
        assert "3 plain links become shared links. 1 link stays as it is." in text
        assert "2 pages will each get a new version." in text
        assert not Replacement.objects.exists()

    def test_uses_shared_links_on_all_pages(
        self, admin_client: Client, nurse: Any, cook: Any, jobs: SharedLink
    ) -> None:
        response = admin_client.post(NHS, follow=True)
        assert "0 of 2 pages done" in text_of(response)
        url = response.redirect_chain[-1][0]
        replacement = Replacement.objects.get()
        assert url == reverse("careers_shared_links:replacement", args=[replacement.pk])
        continued = reverse("careers_shared_links:continue_replacement", args=[replacement.pk])
        answer = admin_client.post(continued, headers={"X-Requested-With": "XMLHttpRequest"})
        assert answer.json()["done"] == 2
        text = text_of(admin_client.get(url))
        assert "Change plain links to shared links: nhs.uk" in text
        assert "Published: 2" in text
        assert "See the 1 remaining plain link to nhs.uk" in text
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 2}
        addresses = set(PlainLinkUse.objects.values_list("address", flat=True))
        assert addresses == {"http://nhs.uk/about", "https://b.example/x"}

    def test_starts_nothing_where_no_live_link_fits(self, admin_client: Client, nurse: Any) -> None:
        SharedLinkFactory(base_url="https://nhs.uk/", live=False)
        assert "Use shared links" not in text_of(admin_client.get(NHS))
        response = admin_client.post(NHS, follow=True)
        assert "No live shared link fits the plain links to “nhs.uk”." in response.content.decode()
        assert not Replacement.objects.exists()

    def test_without_plain_links_says_so(self, admin_client: Client, db: None) -> None:
        text = text_of(admin_client.get(NHS))
        assert "No page has a plain link to this host." in text

    def test_is_in_the_list_of_replacements(
        self, admin_client: Client, nurse: Any, jobs: SharedLink
    ) -> None:
        admin_client.post(NHS)
        response = admin_client.get("/admin/reports/link-replacements/", {"q": "nhs.uk"})
        ((old, new, *_others),) = rows_of(response)
        assert (old, new) == ("Plain links to nhs.uk", "Shared links")


@pytest.mark.parametrize("host", ["%00", "a%00b", "%20", "²", "x" * 2000])
def test_host_that_is_none_has_no_pages(host: str, admin_client: Client, jobs: SharedLink) -> None:
    url = f"{REPORT}hosts/{host}/"
    assert rows_of(admin_client.get(url)) == []
    assert "No live shared link fits" in text_of(admin_client.post(url, follow=True))


@pytest.mark.parametrize("host", ["", "a/b"])
def test_stored_host_that_no_url_can_hold_leads_to_the_report(
    host: str, admin_client: Client, cook: Any
) -> None:
    PlainLinkUse.objects.update(host=host)
    LinkCheck.objects.create(url=f"x{host}", plain_digest="1")
    for url in (REPORT, "/admin/reports/link-health/"):
        assert f'href="{REPORT}"' in str(main_of(admin_client.get(url)))


@pytest.mark.parametrize("url", [REPORT, NHS])
def test_number_of_queries_does_not_grow(
    publish_role: Any, jobs: SharedLink, queries_of: Any, url: str
) -> None:
    publish_role(body=plain("https://nhs.uk/jobs/1"))
    before = queries_of(url)
    for number in range(8):
        SharedLinkFactory(base_url=f"https://nhs.uk/{number}/")
        addresses = (f"https://nhs.uk/{number}/x", f"https://host{number}.example/")
        publish_role(body=plain(*addresses))
    assert queries_of(url) == before
