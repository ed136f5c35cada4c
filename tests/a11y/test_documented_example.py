"""Documented examples whose pages are accessible, or that tell when they are not."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.a11y.views import in_each_theme, in_each_width
from tests.test_docs import (
    CSS,
    DOCS,
    PUBLISH_ROLE,
    ExampleSite,
    start_site,
    use_the_base_template_of_the_site,
)
from wagtail_careers.testing import browser, keyboard, layout
from wagtail_careers.testing.browser import Theme
from wagtail_careers.testing.problem import format_problems

pytestmark = pytest.mark.a11y

DOCUMENT = DOCS / "how-to" / "test-accessibility.md"
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
    assert [name for name, _text in files] == ["pytest.ini", "conftest.py", "test_accessibility.py"]
    for name, text in files:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # The settings that these tests run with would come before those of the example.
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
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
    assert "6 passed" in done.stdout, done.stdout + done.stderr


def test_it_fails_where_a_page_is_at_fault(project: Path) -> None:
    templates = project / "mysite" / "templates" / "wagtail_careers" / "blocks"
    templates.mkdir(parents=True)
    (templates / "heading.html").write_text("<img src='data:,'>")
    test = project / "test_accessibility.py"
    test.write_text(test.read_text().replace("[320, 1280]", "[320]"))
    done = run(project, "-x")
    assert "image-alt (critical)" in done.stdout, done.stdout + done.stderr


@pytest.fixture(scope="module")
def restyled_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A role page as a file that holds its stylesheet."""
    folder = tmp_path_factory.mktemp("restyled")
    start_site(folder)
    site = ExampleSite(folder)
    use_the_base_template_of_the_site(site)
    site.run(PUBLISH_ROLE + "open('role.html', 'w', encoding='utf-8').write(html(role))")
    file = folder / "role.html"
    html = file.read_text(encoding="utf-8")
    file.write_text(html.replace("</head>", f"<style>{CSS}</style></head>"), encoding="utf-8")
    return file


class TestBaseTemplateOfTheSite:
    """docs/how-to/restyle.md, in a site that ``wagtail start`` has made."""

    @in_each_theme
    @in_each_width
    def test_is_accessible(
        self, axe: ModuleType, driver: Any, restyled_page: Path, width: int, theme: Theme
    ) -> None:
        browser.set_viewport(driver, width)
        browser.set_theme(driver, theme)
        driver.get(restyled_page.as_uri())
        findings = axe.check(driver)
        assert not findings, axe.format_findings(findings)
        assert not format_problems(layout.check(driver) + keyboard.focus(driver))

    def test_has_one_main_landmark_with_a_margin(self, driver: Any, restyled_page: Path) -> None:
        browser.set_viewport(driver, 320)
        driver.get(restyled_page.as_uri())
        [main] = driver.find_elements("css selector", "main")
        title = main.find_element("css selector", "h1")
        assert title.rect["x"] >= 16
        first_link = driver.find_element("css selector", "body a")
        assert first_link.get_attribute("href").endswith(f"#{main.get_attribute('id')}")
