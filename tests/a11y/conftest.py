"""A live site with the demonstration's content."""

from collections.abc import Callable, Iterator
from io import StringIO
from itertools import cycle, islice
from typing import Any

import pytest
from django.core.management import call_command

from tests.a11y.live import rolled_back, serving
from tests.a11y.sections import LONG, LONG_WORD, TYPICAL, Targets
from tests.a11y.views import WIDE
from tests.conftest import plant_root
from tests.factories import SharedLinkFactory
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RoleIndexPage, RolePage
from wagtail_careers.testing import browser
from wagtail_careers.testing.browser import LIGHT, Theme

Visit = Callable[..., Any]


@pytest.fixture(scope="package")
def live_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a site with the demonstration's content.

    Tests that use it are marked ``django_db`` as well; their own transactions are then
    within that of the content.
    """
    with django_db_blocker.unblock(), rolled_back():
        plant_root()
        call_command("load_demo", verbosity=0, stdout=StringIO())
        with serving() as url:
            yield url


@pytest.fixture(scope="module")
def role_index(live_demo: str) -> Iterator[Any]:
    """The parent of the pages that a module adds; they are gone after it."""
    with rolled_back():
        yield RoleIndexPage.objects.get(slug="roles")


@pytest.fixture(scope="module")
def targets(role_index: Any) -> Targets:
    """Roles and shared links; after the usual links, many whose names no line can hold."""
    links = list(SharedLink.objects.all()[: TYPICAL.links])
    links += [
        SharedLinkFactory(
            name=f"{LONG_WORD} {number}",
            organisation=LONG_WORD,
            base_url=f"https://{'long' * 15}.{'host' * 15}.example/{number}/",
        )
        for number in range(LONG.links - len(links))
    ]
    pages = cycle(RolePage.objects.live().values_list("pk", flat=True))
    return Targets(links=tuple(link.pk for link in links), pages=tuple(islice(pages, LONG.items)))


@pytest.fixture
def visit(driver: Any, live_demo: str) -> Visit:
    """A function that opens a page of the site in the browser, which it returns."""

    def visit(path: str, width: int = WIDE, theme: Theme = LIGHT) -> Any:
        browser.set_viewport(driver, width)
        browser.set_theme(driver, theme)
        browser.console_errors(driver)  # Those of the page before.
        driver.get(live_demo + path)
        return driver

    return visit
