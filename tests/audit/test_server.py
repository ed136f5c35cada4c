"""The server of an audit shows the site as readers see it, whatever its settings say."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from wagtail.models import Site

from tests.conftest import plant_home
from wagtail_careers.audit.server import host_of, serving

#: Pages are read from the database by the threads of the server, which see only what is committed.
with_pages = pytest.mark.django_db(transaction=True)

CSS = "/static/wagtail_careers/css/careers.css"


@pytest.fixture
def site(db: None) -> Site:
    return plant_home().get_site()


@pytest.fixture(autouse=True)
def _own_application() -> Iterator[None]:
    """The site's application reads some settings once, when it is imported."""
    sys.modules.pop("example_site.wsgi", None)
    yield
    sys.modules.pop("example_site.wsgi", None)


def get(site: Site, path: str) -> httpx.Response:
    with serving([site.pk]) as addresses:
        return httpx.get(f"{addresses[site.pk]}{path}", trust_env=False)


@with_pages
def test_pages_and_static_files_are_served_without_debug(site: Site, settings: Any) -> None:
    assert not settings.DEBUG
    assert "Home" in get(site, "/").text
    assert ".careers" in get(site, CSS).text
    assert get(site, "/nowhere/").status_code == 404


@with_pages
def test_sites_that_allow_only_their_own_host_and_https_are_served_each_at_its_address(
    site: Site, settings: Any
) -> None:
    Site.objects.update(hostname="careers.example", port=443)
    other = Site.objects.create(hostname="other.example", port=443, root_page=site.root_page)
    Site.clear_site_root_paths_cache()
    settings.ALLOWED_HOSTS = ["careers.example", "other.example"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    with serving([site.pk, other.pk]) as addresses:
        assert len(set(addresses.values())) == 2
        for address in addresses.values():
            assert httpx.get(f"{address}/", trust_env=False).status_code == 200


def test_collected_files_with_a_hash_in_their_name_are_served(
    site: Site, settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    (tmp_path / "careers.0123456789ab.css").write_text("hashed", encoding="utf-8")
    assert get(site, "/static/careers.0123456789ab.css").text == "hashed"


def test_media_are_served(site: Site, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "cook.txt").write_text("a picture", encoding="utf-8")
    assert get(site, "/media/cook.txt").text == "a picture"
    assert get(site, "/media/../settings.py").status_code == 404


def test_a_site_without_an_address_for_media_is_served(site: Site, settings: Any) -> None:
    settings.MEDIA_URL = ""
    assert get(site, CSS).status_code == 200


def test_the_server_is_gone_afterwards(site: Site) -> None:
    with serving([site.pk]) as addresses:
        address = addresses[site.pk]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/", trust_env=False)


@pytest.mark.parametrize(
    ("hostname", "allowed", "expected"),
    [
        ("careers.example", ["*"], "careers.example"),
        ("careers.example", [".careers.example"], "careers.example"),
        ("localhost", ["www.careers.example", "x.example"], "www.careers.example"),
        ("localhost", [".careers.example"], "careers.example"),
        ("careers.example", [], "localhost"),
    ],
)
def test_the_host_name_is_one_that_django_allows(
    hostname: str, allowed: list[str], expected: str
) -> None:
    assert host_of(hostname, allowed) == expected
