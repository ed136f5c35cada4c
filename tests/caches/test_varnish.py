"""A real Varnish in front of the demonstration: it keeps pages, and shows what changes at once."""

import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.management import call_command
from wagtail.models import Site

from tests.caches import varnish
from tests.caches.varnish import fetch
from tests.conftest import plant_root
from tests.factories import SharedLinkFactory
from wagtail_careers.models import CachePurge, SharedLink, Step
from wagtail_careers.pages.models import RolePage

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        varnish.find() is None,
        reason="Varnish is not installed: apt-get install varnish (Debian, Ubuntu)",
    ),
]

NEW_URL = "https://moved.example/vacancies/"


@pytest.fixture
def site(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The address of the demonstration behind Varnish."""
    plant_root()
    call_command("load_demo", verbosity=0, stdout=StringIO())
    with varnish.in_front_of(live_server.url, tmp_path) as url:
        # Readers and purges have to agree on the site's address.
        Site.objects.update(hostname="localhost", port=int(url.rpartition(":")[2]))
        Site.clear_site_root_paths_cache()
        settings.WAGTAILFRONTENDCACHE = {
            "varnish": {
                "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
                "LOCATION": url,
            }
        }
        yield url
    Site.clear_site_root_paths_cache()


def keep(*urls: str) -> None:
    """Have Varnish keep the pages, and see that it did."""
    for url in urls:
        assert not fetch(url).cached
        assert fetch(url).cached


def wait_for_purges() -> None:
    """A thread purges, so that publishing does not wait."""
    deadline = time.monotonic() + 60
    while CachePurge.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_kept_page_shows_the_new_address_of_a_link_once_it_is_published(site: str) -> None:
    role = RolePage.objects.get(slug="clinical-imaging-apprentice")
    link = SharedLink.objects.get(name="NHS Jobs")
    old_url = link.base_url
    page, index = f"{site}/roles/{role.slug}/", f"{site}/roles/"
    keep(page, index)

    # What nobody is told of stays hidden: it is Varnish that answers.
    SharedLink.objects.filter(pk=link.pk).update(base_url=NEW_URL)
    answer = fetch(page)
    assert answer.cached
    assert old_url in answer.html
    assert NEW_URL not in answer.html
    SharedLink.objects.filter(pk=link.pk).update(base_url=old_url)

    link.base_url = NEW_URL
    revision = link.save_revision()
    assert fetch(page).cached, "a draft is nothing to purge for"

    revision.publish()
    wait_for_purges()
    answer = fetch(page)
    assert not answer.cached
    assert NEW_URL in answer.html
    assert old_url not in answer.html
    assert not fetch(index).cached
    assert fetch(page).cached


def test_pages_that_do_not_show_it_are_kept(site: str) -> None:
    link = SharedLinkFactory(base_url=NEW_URL)
    page = f"{site}/roles/clinical-imaging-apprentice/"
    keep(page)
    link.save_revision().publish()
    wait_for_purges()
    assert fetch(page).cached


def test_a_new_address_of_a_role_shows_on_the_index_and_on_the_roles_that_lead_there(
    site: str, settings: Any
) -> None:
    # Wagtail's redirects purge the old address too.
    settings.WAGTAILREDIRECTS_AUTO_CREATE = False
    step = Step.objects.exclude(target=None).first()
    urls = [f"{site}/roles/", f"{site}/roles/{step.page.slug}/"]
    keep(*urls)
    target = step.target.specific
    old_url = target.full_url
    keep(old_url)
    target.slug = "another-slug"
    target.save_revision().publish()
    wait_for_purges()
    for url in urls:
        answer = fetch(url)
        assert not answer.cached
        assert "/roles/another-slug/" in answer.html
    assert httpx.get(old_url).status_code == 404


def test_the_admin_is_not_kept(site: str) -> None:
    for _time in range(2):
        assert not fetch(f"{site}/admin/login/").cached
