"""Role pages that were imported from the old site's posts are as good as those of the demo."""

from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.management import call_command

from tests.a11y.conftest import Visit
from tests.a11y.views import in_each_theme, in_each_width
from tests.importing.conftest import CORPUS
from tests.importing.posts import content, write_post
from wagtail_careers.pages.models import RolePage
from wagtail_careers.testing import keyboard, layout
from wagtail_careers.testing.browser import Theme, console_errors
from wagtail_careers.testing.problem import format_problems

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]

#: What makes pages hard to use elsewhere: headings that skip levels or are none, tables,
#: nested lists, links without words, images.
ODD = """<p><b><i>All of it is loud.</i></b></p><p><strong>All of it is bold</strong></p>
<p>And this is not bold, and says more about it than the line above does.</p>
<h5>A heading out of place</h5><table><tr><th>Day<th>Hours<tr><td>Monday<td>9 to 5</table>
<ul><li>one<ul><li>two<ol><li>three</li></ol></li></ul></li></ul>
<dl><dt>Term</dt><dd>Meaning</dd></dl>
<a href="https://another-site.example/"></a>
<a href="https://b.example/"><img src="x.png" alt="The site of B"></a>
<h1>A second top heading</h1>Text"""

SECTIONS = {
    "What sort of person would I need to be?": f"<strong>Patience</strong>. {ODD}",
    "What will I be doing?": ODD,
    "Training": ODD,
    "How do I apply?": ODD,
    "What next?": ODD,
    "A heading that nobody knows": ODD,
}


@pytest.fixture(scope="module", autouse=True)
def imported(role_index: Any, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The paths of all pages that were imported; those of the old site, if it is at hand."""
    folder = tmp_path_factory.mktemp("posts")
    odd = write_post(folder, 900, "Odd", html=content(SECTIONS, introduction=ODD))
    known = set(RolePage.objects.values_list("pk", flat=True))
    sources: list[Path] = [odd]
    if (CORPUS / "posts").is_dir():
        sources.append(CORPUS / "posts")
    # On a page of the demonstration that may have the same slug, the import gives another.
    call_command(
        "import_roles", *map(str, sources), parent="/roles/", publish=True, stdout=StringIO()
    )
    pages = RolePage.objects.live().exclude(pk__in=known)
    assert len(pages) == (9 if len(sources) > 1 else 1)
    return [page.url for page in pages]


@in_each_theme
@in_each_width
def test_axe_finds_nothing(
    axe: ModuleType, visit: Visit, imported: list[str], width: int, theme: Theme
) -> None:
    for path in imported:
        driver = visit(path, width, theme)
        results = axe.run(driver)
        assert not results.findings, f"{path}: {axe.format_findings(results.findings)}"
        assert not results.undecided, f"{path}: {axe.format_findings(results.undecided)}"
        assert console_errors(driver) == []


@in_each_width
def test_the_layout_holds(visit: Visit, imported: list[str], width: int) -> None:
    for path in imported:
        driver = visit(path, width)
        assert not format_problems(layout.check(driver)), path
        assert console_errors(driver) == []


@in_each_theme
@in_each_width
def test_tab_reaches_everything_and_focus_shows(
    visit: Visit, imported: list[str], width: int, theme: Theme
) -> None:
    for path in imported:
        assert not format_problems(keyboard.focus(visit(path, width, theme))), path


def test_each_has_one_top_heading(visit: Visit, imported: list[str]) -> None:
    for path in imported:
        assert len(visit(path).find_elements("css selector", "h1")) == 1
