"""axe finds nothing on a page in several languages and both directions, nor in any language."""

from types import ModuleType
from typing import Any

import pytest

from tests.a11y.conftest import Visit
from tests.factories import RolePageFactory, body
from wagtail_careers.languages import known_languages
from wagtail_careers.testing import layout
from wagtail_careers.testing.browser import LIGHT, console_errors
from wagtail_careers.testing.problem import format_problems

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]


@pytest.mark.parametrize("language", ["", "cy", "ur", "so"])
def test_axe_finds_nothing_on_a_page_with_a_phrase_in_each_language(
    axe: ModuleType, visit: Visit, role_index: Any, language: str
) -> None:
    phrases = "".join(f'<p>A <span lang="{tag}">word</span></p>' for tag in known_languages())
    page = RolePageFactory(
        parent=role_index,
        content_language=language,
        body=body(
            heading={"introduction": "<p>آپ مدد کرتے ہیں</p>", "language": "ur"},
            person_spec=phrases,
            duties={"title": "کام", "prose": "<ul><li>ایک</li><li>دو</li></ul>", "language": "ur"},
            training={"title": "", "prose": "<p>Hyfforddiant</p>", "language": "cy"},
        ),
    )
    driver = visit(str(page.url), 320, LIGHT)
    assert driver.page_source.count(' lang="') > len(known_languages())
    results = axe.run(driver)
    assert not results.findings, axe.format_findings(results.findings)
    assert not results.undecided, axe.format_findings(results.undecided)
    assert console_errors(driver) == []
    assert not format_problems(layout.check(driver))
