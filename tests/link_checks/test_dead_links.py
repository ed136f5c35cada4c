"""What readers get of a link that is dead, where the site asks for that."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.factories import SharedLinkFactory, body, link_item, shared_link_html
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import run
from wagtail_careers.models import LinkCheck, SharedLink

pytestmark = pytest.mark.django_db

NOTE = "(this link is not working at the moment)"


@pytest.fixture(autouse=True)
def _shown(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = {"SHOW_DEAD_LINKS": True}


@pytest.fixture
def link() -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/")


def dies(link: SharedLink, deep_path: str = "", days: int = 3, **values: Any) -> None:
    LinkCheck.objects.update_or_create(
        shared_link=link,
        deep_path=deep_path,
        defaults={
            "url": link.url_for(deep_path),
            "verdict": Verdict.GONE,
            "failing_days": days,
            **values,
        },
    )


def prose(html: str) -> str:
    template = Template("{% load wagtail_careers_tags %}{% prose text %}")
    return template.render(Context({"text": html}))


def test_text_of_a_dead_link_in_prose_stays(link: SharedLink) -> None:
    dies(link)
    html = prose(f"<p>See {shared_link_html(link, '<b>jobs</b>')}, and ask.</p>")
    note = f'<span class="careers-dead-link">{NOTE}</span>'
    assert html == f"<p>See <b>jobs</b> {note}, and ask.</p>"


def test_name_of_a_dead_link_in_a_list_stays(
    link: SharedLink, publish_role: Any, client: Any
) -> None:
    dies(link, "nursing")
    links = [link_item(link, "nursing", "A note."), link_item(link)]
    page = publish_role(body=body(application_links={"links": links}))
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    dead, working = soup.select(".careers-links__item")
    assert not dead.select("a")
    assert dead.select_one(".careers-links__name").text == "NHS Jobs"
    assert dead.select_one(".careers-dead-link").text == NOTE
    assert dead.select_one(".careers-links__note").text == "A note."
    assert working.a["href"] == "https://jobs.example/"
    assert not working.select(".careers-dead-link")


def test_only_the_address_that_is_dead_is_not_linked(link: SharedLink) -> None:
    dies(link, "nursing")
    html = prose(f"{shared_link_html(link, 'All jobs')}{shared_link_html(link, 'y', 'nursing')}")
    assert html.startswith('<a href="https://jobs.example/">All jobs</a>y <span')


@pytest.mark.parametrize(
    "reason", ["the setting", "the days", "ignored", "another address", "unpublished"]
)
def test_nothing_is_said_of_other_links(link: SharedLink, settings: Any, reason: str) -> None:
    dies(link, days=2 if reason == "the days" else 3)
    if reason == "the setting":
        settings.WAGTAIL_CAREERS = {}
    if reason == "ignored":
        LinkCheck.objects.update(ignored_until=timezone.localdate())
    if reason == "another address":
        SharedLink.objects.update(base_url="https://new.example/")
    if reason == "unpublished":
        SharedLink.objects.update(live=False)
    assert NOTE not in prose(shared_link_html(link, "x"))


def test_it_is_said_again_when_the_time_to_ignore_is_over(link: SharedLink) -> None:
    dies(link, ignored_until=timezone.localdate() - timedelta(days=1))
    assert NOTE in prose(shared_link_html(link, "x"))


def test_setting_says_after_how_many_days(link: SharedLink, settings: Any) -> None:
    settings.WAGTAIL_CAREERS = {"SHOW_DEAD_LINKS": True, "DEAD_AFTER_DAYS": 5}
    dies(link, days=4)
    assert NOTE not in prose(shared_link_html(link, "x"))


def test_it_is_said_in_the_language_of_the_page(link: SharedLink, monkeypatch: Any) -> None:
    dies(link)
    monkeypatch.setattr(
        "wagtail_careers.rich_text.html._",
        lambda text: f"{translation.get_language()}: {text}",
    )
    with translation.override("fr"):
        assert f"fr: {NOTE}" in prose(shared_link_html(link, "x"))


def test_translation_has_a_health_of_its_own(link: SharedLink, add_language: Any) -> None:
    copy = link.copy_for_translation(add_language("fr"))
    copy.live, copy.base_url = True, "https://emplois.example/"
    copy.save()
    dies(copy)
    html = prose(shared_link_html(link, "All jobs"))
    assert html == '<a href="https://jobs.example/">All jobs</a>'
    with translation.override("fr"):
        assert NOTE in prose(shared_link_html(link, "x"))


def test_it_costs_one_query_for_a_body_and_none_without_the_setting(
    publish_role: Any, client: Any, settings: Any
) -> None:
    links = SharedLinkFactory.create_batch(8)
    for link in links[:4]:
        dies(link, "x")
    html = "".join(shared_link_html(link, "y", "x") for link in links)
    items = [link_item(link, "x") for link in links]
    page = publish_role(
        body=body(
            heading=html,
            duties=html,
            training=html,
            application_links={"prose": html, "links": items},
        )
    )

    def queries() -> int:
        client.get(page.url)
        with CaptureQueriesContext(connection) as context:
            assert client.get(page.url).content.decode().count(NOTE) == notes
        return len(context)

    notes = 4 * 5
    shown = queries()
    settings.WAGTAIL_CAREERS, notes = {}, 0
    assert queries() == shown - 1
    with CaptureQueriesContext(connection) as context:
        client.get(page.url)
    assert not [query for query in context if "linkcheck" in query["sql"]]


def test_page_without_shared_links_costs_nothing(
    publish_role: Any, client: Any, settings: Any
) -> None:
    page = publish_role(body=body())
    client.get(page.url)
    with CaptureQueriesContext(connection) as context:
        client.get(page.url)
    assert not [query for query in context if "linkcheck" in query["sql"]]


def test_link_that_works_again_is_linked_again(
    link: SharedLink, web: Any, monkeypatch: Any
) -> None:
    link.base_url = "https://careers.example/"
    link.save()
    monkeypatch.setattr(run, "network", lambda: web.network)
    dies(link)
    assert NOTE in prose(shared_link_html(link, "x"))
    web.page("/")
    list(run.check_links())
    html = prose(shared_link_html(link, "All jobs"))
    assert html == '<a href="https://careers.example/">All jobs</a>'
