"""Fixtures that many tests share."""

import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from io import StringIO
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from selenium.common.exceptions import WebDriverException
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from example_site.home.models import HomePage
from tests.factories import RoleIndexPageFactory, RolePageFactory
from tests.web.servers import Web, serving_web
from wagtail_careers.conf import get_settings
from wagtail_careers.testing import browser

_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# The same examples on every run, so that no change fails by chance.
hypothesis_settings.register_profile("ci", derandomize=True, max_examples=400, **_PATIENT)
# For `make fuzz`, which looks for new ones.
hypothesis_settings.register_profile("fuzz", derandomize=False, max_examples=5000, **_PATIENT)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the database, and the browser tests as those that may run again.

    A browser test runs again only if the driver gives up, as on a machine that is too busy. It
    does not run again if an assertion fails.
    """
    again = pytest.mark.flaky(reruns=2, only_rerun=[WebDriverException])
    for item in items:
        if item.get_closest_marker("a11y") or item.get_closest_marker("e2e"):
            item.add_marker(again)
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or "django_db_setup" in fixtures:
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _fresh_caches():
    """What a test finds in caches does not depend on those before it."""
    get_settings.cache_clear()
    ContentType.objects.clear_cache()
    yield
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A database without the welcome page, whose deletion by each test would take long."""
    with django_db_blocker.unblock():
        plant_root()


def plant_root() -> Page:
    """The root of an empty page tree.

    Wagtail's migrations make a root and a locale; a test that runs in real transactions, as
    those with a browser do, takes them away with everything else.
    """
    Locale.objects.get_or_create(
        language_code=get_supported_content_language_variant(django_settings.LANGUAGE_CODE)
    )
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(instance=Page(title="Root", slug="root"))
    Page.objects.filter(depth__gt=1).delete()
    Site.objects.all().delete()
    Site.clear_site_root_paths_cache()
    return Page.objects.get(pk=root.pk)


def plant_home() -> HomePage:
    """The home page of the default site, and nothing else."""
    page = plant_root().add_child(instance=HomePage(title="Home", slug="home"))
    Site.objects.create(
        hostname="localhost", site_name="Example", root_page=page, is_default_site=True
    )
    return page


@pytest.fixture
def search_index(settings: Any) -> None:
    """An index of the search that follows what a test saves."""
    backends = settings.WAGTAILSEARCH_BACKENDS
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**backends["default"], "AUTO_UPDATE": True}}


@pytest.fixture
def home(db: None) -> HomePage:
    return plant_home()


@pytest.fixture
def index(home: HomePage) -> Any:
    return RoleIndexPageFactory(parent=home, slug="roles")


@pytest.fixture
def publish_role(index: Any) -> Any:
    """A function that makes a live role page with a revision below ``index``."""

    def publish(**kwargs: Any) -> Any:
        page = RolePageFactory(parent=index, live=False, **kwargs)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    return publish


@pytest.fixture
def add_language(settings: Any, home: HomePage) -> Callable[[str], Locale]:
    """A function that gives the content of the site a second language, by its code."""

    def add(code: str) -> Locale:
        settings.WAGTAIL_I18N_ENABLED = True
        settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
            ("en-gb", "English"),
            (code, "Another language"),
        ]
        return Locale.objects.create(language_code=code)

    return add


@pytest.fixture
def demo(db: None) -> None:
    """The example site with its demonstration content."""
    plant_root()
    call_command("load_demo", verbosity=0, stdout=StringIO())


@pytest.fixture(scope="session")
def running_web() -> Iterator[Web]:
    with serving_web() as web:
        yield web


@pytest.fixture
def web(running_web: Web) -> Web:
    """A small web on this machine, empty."""
    running_web.clear()
    return running_web


def missing_for_axe() -> str:
    """Why axe cannot run here; empty if it can."""
    if sys.version_info < (3, 12):
        return "axe-selenium-python 3 needs Python 3.12 or newer"
    try:
        installed = version("axe-selenium-python")
    except PackageNotFoundError:
        return "axe-selenium-python is not installed: pip install wagtail-careers[testing]"
    if int(installed.partition(".")[0]) < 3:
        return f"axe-selenium-python {installed} brings an axe-core without rules for WCAG 2.1"
    return ""


@pytest.fixture(scope="session")
def axe() -> ModuleType:
    """``wagtail_careers.testing.axe``, which cannot be imported everywhere."""
    if missing := missing_for_axe():
        pytest.skip(missing)
    return import_module("wagtail_careers.testing.axe")


@pytest.fixture(scope="session")
def driver(axe: ModuleType) -> Iterator[Any]:
    """One browser for the session, or for each worker of pytest-xdist."""
    try:
        started = browser.chrome()
    except WebDriverException as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"neither Chromium nor Chrome can be started: {error.msg}")
    yield started
    started.quit()
