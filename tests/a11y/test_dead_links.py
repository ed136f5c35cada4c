"""axe finds nothing on a page that says of links that they do not work, for no reader."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.test import override_settings

from tests.a11y.conftest import Visit
from tests.a11y.views import in_each_theme, in_each_width
from tests.factories import (
    RolePageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from wagtail_careers.choices import Verdict
from wagtail_careers.models import LinkCheck
from wagtail_careers.testing import layout
from wagtail_careers.testing.browser import Theme, console_errors
from wagtail_careers.testing.problem import format_problems

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]


@pytest.fixture
def path(role_index: Any) -> Iterator[str]:
    link = SharedLinkFactory(name="NHS Jobs", organisation="NHS")
    LinkCheck.objects.create(
        shared_link=link, url=link.base_url, verdict=Verdict.GONE, failing_days=3
    )
    prose = f"<p>Look at {shared_link_html(link, 'NHS Jobs')} first.</p>"
    links = [link_item(link, note="See what there is.")]
    page = RolePageFactory(
        parent=role_index,
        body=body(heading=prose, application_links={"prose": prose, "links": links}),
    )
    # The server runs in this process.
    with override_settings(WAGTAIL_CAREERS={"SHOW_DEAD_LINKS": True}):
        yield str(page.url)


@in_each_theme
@in_each_width
def test_axe_finds_nothing(
    axe: ModuleType, visit: Visit, path: str, width: int, theme: Theme
) -> None:
    driver = visit(path, width, theme)
    assert driver.page_source.count("(this link is not working at the moment)") == 3
    results = axe.run(driver)
    assert not results.findings, axe.format_findings(results.findings)
    assert not results.undecided, axe.format_findings(results.undecided)
    assert console_errors(driver) == []
    assert not format_problems(layout.check(driver))
