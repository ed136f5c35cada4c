"""Links of a letter or two are targets that a finger can hit, whatever is beside them."""

from string import ascii_uppercase
from types import ModuleType
from typing import Any

import pytest

from tests.a11y.conftest import Visit
from tests.a11y.views import in_each_width
from tests.factories import RolePageFactory, body
from wagtail_careers.testing import layout
from wagtail_careers.testing.problem import format_problems

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]

WRAPPING = "All about the work of people who help patients to move safely. " * 4


def links(*texts: str) -> str:
    return "".join(f'<a href="https://{n}.example/">{text}</a>' for n, text in enumerate(texts))


@in_each_width
@pytest.mark.parametrize(
    "index",
    [
        f"<p>{links(*ascii_uppercase)}</p>",
        f"<ul><li>{links('I', 'J')}</li></ul>",
        f"<p>{links('I', WRAPPING)}</p>",
        f"<p>{links(WRAPPING, 'I', WRAPPING)}</p>",
    ],
    ids=["index", "list", "before a link that wraps", "between links that wrap"],
)
def test_each_is_large_enough(
    axe: ModuleType, visit: Visit, role_index: Any, index: str, width: int
) -> None:
    page = RolePageFactory(parent=role_index, body=body(duties=index))
    driver = visit(str(page.url), width)
    assert driver.page_source.count("careers-short-link") >= 1
    results = axe.run(driver)
    assert not results.findings, axe.format_findings(results.findings)
    assert not format_problems(layout.check(driver))
