"""The order and the search of the list of shared links."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import SharedLinkFactory, TraitFactory, body, link_item, shared_link_html
from wagtail_careers.choices import Verdict
from wagtail_careers.links.usage import usage_counts, with_usage
from wagtail_careers.models import LinkCheck, SharedLink


def listed(client: Client, **query: Any) -> list[str]:
    """The names of the links in the list, in order."""
    response = client.get(reverse("careers_shared_links:list"), query)
    soup = BeautifulSoup(response.content, "html.parser")
    return [
        title.get_text(strip=True) for title in soup.select("main tbody td.title .title-wrapper")
    ]


class TestOrder:
    def test_of_names_ignores_case(self, db: None, admin_client: Client) -> None:
        for name in ("beta", "Gamma", "Alpha"):
            SharedLinkFactory(name=name)
        assert listed(admin_client) == ["Alpha", "beta", "Gamma"]
        assert listed(admin_client, ordering="name") == ["Alpha", "beta", "Gamma"]
        assert listed(admin_client, ordering="-name") == ["Gamma", "beta", "Alpha"]

    def test_by_usage_counts_as_the_column_does(
        self, admin_client: Client, publish_role: Any
    ) -> None:
        often, once, never, draft = (
            SharedLinkFactory(name=name) for name in ("often", "once", "never", "draft")
        )
        for number in range(3):
            links = [often, *([once] if number else [])]
            publish_role(
                body=body(
                    duties=shared_link_html(often, "twice on one page"),
                    application_links={"links": [link_item(link) for link in links]},
                )
            )
        page = publish_role(body=body())
        page.body = body(duties=shared_link_html(draft, "in a draft only"))
        page.save_revision()
        assert listed(admin_client, ordering="-usage") == ["often", "once", "draft", "never"]
        assert listed(admin_client, ordering="usage") == ["never", "draft", "once", "often"]
        counted = dict(with_usage(SharedLink.objects.all()).values_list("pk", "usage"))
        assert counted == {often.pk: 3, once.pk: 2, draft.pk: 1, never.pk: 0}
        assert counted == usage_counts(SharedLink.objects.all())

    def test_by_health_puts_dead_addresses_before_any_number_of_others(
        self, admin_client: Client
    ) -> None:
        for name, verdict, number in (
            ("Fine", Verdict.OK, 1),
            ("Dead", Verdict.GONE, 1),
            ("Moved", Verdict.MOVED, 2),
        ):
            link = SharedLinkFactory(name=name)
            for path in ("", "a", "b")[:number]:
                LinkCheck.objects.create(
                    shared_link=link,
                    deep_path=path,
                    url=link.url_for(path),
                    verdict=verdict,
                    failing_days=3 if verdict == Verdict.GONE else 0,
                )
        assert listed(admin_client, ordering="-health") == ["Dead", "Moved", "Fine"]
        assert listed(admin_client, ordering="health") == ["Fine", "Moved", "Dead"]
        html = admin_client.get(reverse("careers_shared_links:list")).content
        cells = BeautifulSoup(html, "html.parser").select("tbody td a[href*='link-health']")
        texts = [" ".join(cell.get_text(" ").split()) for cell in cells]
        assert texts == ["1 dead address", "2 addresses need attention"]

    @pytest.mark.parametrize("ordering", ["usage", "-health", "name", "_updated_at"])
    def test_takes_no_more_queries_for_more_links(
        self, admin_client: Client, publish_role: Any, ordering: str
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as context:
                listed(admin_client, ordering=ordering)
            return len(context)

        links = SharedLinkFactory.create_batch(2)
        publish_role(body=body(application_links={"links": [link_item(link) for link in links]}))
        queries()
        before = queries()
        for link in SharedLinkFactory.create_batch(8):
            LinkCheck.objects.create(shared_link=link, url=link.base_url, verdict=Verdict.MOVED)
        assert queries() == before


class TestSearch:
    @pytest.fixture(autouse=True)
    def _links(self, search_index: None, db: None) -> None:
        SharedLinkFactory(
            name="Vacancies", organisation="Authority", base_url="https://www.jobs.nhs.uk/careers/"
        )
        SharedLinkFactory(name="Courses", base_url="http://courses.example/?list=all")

    @pytest.mark.parametrize(
        "words",
        [
            "https://www.jobs.nhs.uk/careers/",
            "http://jobs.nhs.uk/careers",
            "www.jobs.nhs.uk",
            "jobs.nhs.uk",
            "JOBS.nhs",
            "nhs.uk/careers",
            "https://www.jobs.nhs.uk/careers/nursing?page=2#top",
            "jobs.nhs.uk/careers/nursing",
            "https://www.jobs.nhs.uk/careers/?utm_source=mail",
            "Vacan",
            "authority",
        ],
    )
    def test_finds_a_link_by_its_address_its_name_or_its_organisation(
        self, admin_client: Client, words: str
    ) -> None:
        assert listed(admin_client, q=words) == ["Vacancies"]

    @pytest.mark.parametrize("words", ["zebra", "https://www.jobs.nhs.uk.evil.example/", "%", "_"])
    def test_finds_nothing_else(self, admin_client: Client, words: str) -> None:
        assert listed(admin_client, q=words) == []

    def test_can_be_filtered_and_sorted(self, admin_client: Client) -> None:
        SharedLinkFactory(name="Training", purpose="training", base_url="https://nhs.uk/training/")
        assert listed(admin_client, q="nhs.uk", purpose="training") == ["Training"]
        for ordering in ("usage", "health", "_updated_at", "base_url"):
            assert len(listed(admin_client, q="nhs.uk", ordering=ordering)) == 2
        assert listed(admin_client, q="nhs.uk", ordering="-name") == ["Vacancies", "Training"]

    def test_is_part_of_the_search_of_the_admin(
        self, admin_client: Client, outsider: Client
    ) -> None:
        url = reverse("careers_shared_links:list")
        search = reverse("wagtailadmin_pages:search")
        assert f'href="{url}?q=jobs' in admin_client.get(search, {"q": "jobs"}).content.decode()
        TraitFactory()
        assert f'href="{url}' not in outsider.get(search, {"q": "jobs"}).content.decode()
