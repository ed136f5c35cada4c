"""Documented examples whose pages are accessible, or that tell when they are not."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests import site_bases
from tests.a11y.views import in_each_theme, in_each_width
from tests.kit.entry_point import install_entry_point
from tests.test_docs import (
    BASE_TEMPLATE_OF_THE_SITE,
    CSS,
    DOCS,
    PACKAGE,
    PUBLISH_ROLE,
    ExampleSite,
    start_site,
)
from wagtail_careers.testing import browser, keyboard, layout
from wagtail_careers.testing.browser import Theme
from wagtail_careers.testing.problem import format_problems

pytestmark = pytest.mark.a11y

DOCUMENT = DOCS / "how-to" / "test-accessibility.md"
TRANSCRIPTS = DOCS / "how-to" / "keep-transcripts.md"
SECONDS = 300

#: What the readers of the document have in their settings. ``wagtail start`` has dev.py read it.
LOCAL_SETTINGS = """
from mysite.settings.base import *
INSTALLED_APPS = ["wagtail_careers", "wagtail_careers.pages", *INSTALLED_APPS]
"""

_FILE = re.compile(r"^```(?:ini|python)\n# (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path, axe: ModuleType, driver: Any) -> Path:
    """A new site with the files of the example; skips where no browser test can run."""
    start_site(tmp_path)
    (tmp_path / "mysite/settings/local.py").write_text(LOCAL_SETTINGS, encoding="utf-8")
    files = _FILE.findall(DOCUMENT.read_text(encoding="utf-8"))
    tests = ["test_accessibility.py", "test_compositions.py"]
    assert [name for name, _text in files] == ["pytest.ini", "conftest.py", *tests]
    install_entry_point(tmp_path)
    for name, text in files:
        # A few pages show whether the example works.
        text = text.replace("max_examples=20", "max_examples=3")
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    # The settings that these tests run with would come before those of the example.
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env |= variables
    env["PYTHONPATH"] = os.pathsep.join([str(project), str(PACKAGE.parent)])
    plugins = ["-p", "no:randomly", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "--rootdir", str(project)]
    return subprocess.run(
        [*command, *arguments],
        cwd=project,
        env=env,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_it_passes(project: Path) -> None:
    done = run(project)
    assert "2 passed" in done.stdout, done.stdout + done.stderr


def test_it_fails_where_a_page_is_at_fault(project: Path) -> None:
    templates = project / "mysite" / "templates" / "wagtail_careers" / "blocks"
    templates.mkdir(parents=True)
    (templates / "heading.html").write_text("<img src='data:,'>")
    done = run(project, "--careers-mode", "narrow", "test_accessibility.py")
    assert "1. 1.1.1 Non-text Content: " in done.stdout, done.stdout + done.stderr
    assert "Rule: image-alt\n" in done.stdout


def test_transcripts_are_written_and_then_compared(project: Path) -> None:
    """docs/how-to/keep-transcripts.md, with the page of the other document."""
    [(name, example)] = _FILE.findall(TRANSCRIPTS.read_text(encoding="utf-8"))
    (project / name).write_text(example, encoding="utf-8")
    done = run(project, name, CAREERS_UPDATE_TRANSCRIPTS="1")
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    written = (project / "tests/transcripts/porter.txt").read_text(encoding="utf-8")
    assert 'heading "Porter" (level 1)' in written
    (project / "tests/transcripts/porter.txt").write_text(written.replace("meeting", "seeing"))
    done = run(project, name)
    assert "Other wording, line " in done.stdout, done.stdout + done.stderr


FILLED = """
for section in role.body:
    if "prose" in section.value:
        section.value["prose"] = RichText(
            "<h3>A part</h3><p>You have <mark>patience</mark>.</p><ul><li>one</li><li>two</li></ul>"
        )
role.save()
for page in (role, index):
    open(f"{page.slug}.html", "w", encoding="utf-8").write(html(page))
"""

BAKERY = BASE_TEMPLATE_OF_THE_SITE.replace('"base.html"}', '"bakery/base.html"}')


@pytest.fixture(scope="module", params=[BASE_TEMPLATE_OF_THE_SITE, BAKERY], ids=["start", "bakery"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A role page and an index page in the base template of a site, with their stylesheet."""
    folder = tmp_path_factory.mktemp("site")
    start_site(folder)
    for name, text in site_bases.BAKERY.items():
        path = folder / "mysite/templates" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ExampleSite(folder).add(request.param).run(PUBLISH_ROLE + FILLED)
    files = [folder / "porter.html", folder / "roles.html"]
    for file in files:
        head, end, content = file.read_text(encoding="utf-8").partition("</head>")
        file.write_text(f"{head}<style>{CSS}</style>{end}{content}", encoding="utf-8")
    return files


class TestBaseTemplateOfTheSite:
    """docs/how-to/restyle.md, in a site of ``wagtail start`` and in one like a bakery."""

    @in_each_theme
    @in_each_width
    def test_is_accessible(
        self, axe: ModuleType, driver: Any, pages: list[Path], width: int, theme: Theme
    ) -> None:
        browser.set_viewport(driver, width)
        browser.set_theme(driver, theme)
        for page in pages:
            driver.get(page.as_uri())
            # In forced colours, axe takes colours of the page that the browser does not show.
            findings = [] if theme is browser.FORCED_COLORS else axe.check(driver)
            assert not findings, axe.format_findings(findings)
            assert not format_problems(layout.check(driver) + keyboard.focus(driver))

    def test_has_one_main_landmark_with_a_margin(self, driver: Any, pages: list[Path]) -> None:
        browser.set_viewport(driver, 320)
        for page in pages:
            driver.get(page.as_uri())
            [main] = driver.find_elements("css selector", "main")
            assert main.find_element("css selector", "h1").rect["x"] >= 16

    def test_the_stylesheet_leaves_the_rest_of_the_page_alone(
        self, driver: Any, pages: list[Path]
    ) -> None:
        browser.set_viewport(driver, 1280)
        browser.set_theme(driver, browser.DARK)
        driver.get(pages[0].as_uri())
        before, after = driver.execute_script(LOOKS_WITH_AND_WITHOUT_THE_STYLESHEET)
        assert before
        assert before == after


LOOKS_WITH_AND_WITHOUT_THE_STYLESHEET = """
const looks = () => [...document.querySelectorAll('body, body *')]
  .filter((element) => !element.closest('.careers'))
  .map((element) => {
    const style = getComputedStyle(element);
    return ['color', 'backgroundColor', 'fontFamily', 'fontSize', 'listStyleType', 'boxSizing',
      'textDecorationThickness', 'colorScheme'].map((name) => style[name]).join();
  });
const before = looks();
[...document.styleSheets].at(-1).disabled = true;
return [before, looks()];
"""
