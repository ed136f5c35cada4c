"""Two sites share their links, and nothing else."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from example_site.home.models import HomePage
from tests.caches.recorder import Recorder
from tests.factories import (
    RoleCategoryFactory,
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
    step_item,
)
from tests.sites.test_journey import links_of, run_tasks
from wagtail_careers.caches import purging
from wagtail_careers.choices import PageOutcome
from wagtail_careers.models import Replacement, SharedLink

HOST = getattr(settings, "SECOND_HOST", "")
if not HOST:
    pytest.skip("the project has one site", allow_module_level=True)

FIRST = "http://localhost/roles/"
SECOND = f"http://{HOST}/jobs/"


@pytest.fixture
def link(site: Any) -> SharedLink:
    saved: SharedLink = SharedLinkFactory(name="NHS Jobs", base_url="https://old.example/")
    saved.save_revision().publish()
    return saved


@pytest.fixture
def second(site: Any) -> Any:
    """The index page of the other site."""
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Second", slug="second"))
    Site.objects.create(hostname=HOST, root_page=home)
    Site.clear_site_root_paths_cache()
    return RoleIndexPageFactory(parent=home, title="Jobs", slug="jobs")


def publish(index: Any, title: str, link: SharedLink, step: Any = None) -> Any:
    page = RolePageFactory.build(
        title=title,
        slug=title.lower(),
        live=False,
        category=RoleCategoryFactory(),
        body=body(
            duties=f"<p>See {shared_link_html(link, 'this', 'jobs')}.</p>",
            application_links={"links": [link_item(link)]},
            progression={"steps": [step_item(page=step)] if step else []},
        ),
    )
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def nurse(site: Any, link: SharedLink) -> Any:
    return publish(site, "Nurse", link)


@pytest.fixture
def porter(second: Any, nurse: Any, link: SharedLink) -> Any:
    """A role of the second site that leads to one of the first."""
    return publish(second, "Porter", link, step=nurse)


@pytest.fixture
def purged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(purging, "_run_in_thread", purging.purge_due)
    Recorder.urls.clear()
    return Recorder.urls


def read(client: Client, url: str) -> BeautifulSoup:
    host, _slash, path = url.removeprefix("http://").partition("/")
    response = client.get(f"/{path}", headers={"host": host})
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def test_each_site_serves_and_lists_its_own_roles(
    client: Client, site: Any, second: Any, nurse: Any, porter: Any
) -> None:
    assert (nurse.full_url, porter.full_url) == (f"{FIRST}nurse/", f"{SECOND}porter/")
    for index, own, other in ((FIRST, "Nurse", "Porter"), (SECOND, "Porter", "Nurse")):
        listed = [a.get_text(strip=True) for a in read(client, index).select("main li a")]
        assert own in listed
        assert other not in listed
    assert client.get("/roles/nurse/", headers={"host": HOST}).status_code == 404


def test_role_leads_to_one_of_the_other_site_by_its_whole_address(
    client: Client, nurse: Any, porter: Any
) -> None:
    shown = links_of(read(client, porter.full_url))
    assert shown["Nurse"] == nurse.full_url
    assert shown["this"] == "https://old.example/jobs"
    back = read(client, porter.full_url).select(f"a[href='{SECOND}'], a[href='/jobs/']")
    assert back, "no link to the index page of the own site"


def test_changed_link_purges_the_pages_of_both_sites_on_their_own_hosts(
    link: SharedLink, nurse: Any, porter: Any, purged: list[str]
) -> None:
    link.name = "All jobs"
    link.save_revision().publish()
    assert set(purged) == {FIRST, f"{FIRST}nurse/", SECOND, f"{SECOND}porter/"}


def test_changed_role_purges_its_own_index_and_the_step_that_leads_to_it(
    nurse: Any, porter: Any, purged: list[str]
) -> None:
    nurse.title = "Senior nurse"
    nurse.save_revision().publish()
    assert {FIRST, f"{FIRST}nurse/", f"{SECOND}porter/"} <= set(purged)


def test_link_is_used_and_replaced_on_both_sites(
    admin: Client, client: Client, link: SharedLink, nurse: Any, porter: Any, purged: list[str]
) -> None:
    usage = admin.get(reverse("careers_shared_links:usage", args=[link.pk])).content.decode()
    assert "Nurse" in usage
    assert "Porter" in usage
    new = SharedLinkFactory(name="New", base_url="https://new.example/")
    url = reverse("careers_shared_links:replace", args=[link.pk])
    assert admin.post(url, {"new": new.pk, "paths": "keep"}).status_code == 302
    run_tasks()
    replacement = Replacement.objects.get()
    admin.post(reverse("careers_shared_links:continue_replacement", args=[replacement.pk]))
    assert {row.outcome for row in replacement.pages.all()} == {PageOutcome.PUBLISHED}
    for page in (nurse, porter):
        assert links_of(read(client, page.full_url))["this"] == "https://new.example/jobs"
        assert page.full_url in purged
