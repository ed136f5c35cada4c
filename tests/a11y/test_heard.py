"""The side panel “As heard” says what the browser tells assistive technology.

The panel reads the document with axe-core, and the kit reads the browser's accessibility tree, so
each checks the other.
"""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.test import Client
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.a11y.conftest import Visit
from tests.a11y.test_transcripts import EVERY_ROLE
from wagtail_careers.admin.heard import HeardSidePanel
from wagtail_careers.pages.models import RolePage
from wagtail_careers.testing import browser, layout
from wagtail_careers.testing.problem import format_problems
from wagtail_careers.testing.transcript import transcript
from wagtail_careers.testing.utterances import Transcript, parse

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]

WAIT_SECONDS = 60
DESK = 1400
NARROW = 320
SLUGS = ("clinical-imaging-apprentice", "registered-nurse", "cook")
PANEL = '[data-side-panel="careers-heard"]'
TOGGLE = '[data-side-panel-toggle="careers-heard"]'

#: What the panel does with a preview, in the page itself.
TRANSCRIBE = """
const [vocabulary] = arguments;
const heard = window.wagtailCareersHeard;
const say = (words, ...values) => {
  const rest = [...values];
  return (vocabulary.words[words] ?? words).replace(/%s/gu, () => rest.shift());
};
const root = document.documentElement;
const lines = heard.withTree(axe, root, () => heard.transcribe(root, axe, vocabulary, say));
return lines.map((line) => {
  const { role, name, states } = heard.lineParts(line, say);
  return '  '.repeat(line.depth) + [role, name, states].filter(Boolean).join(' ');
}).join('\\n');
"""

#: The lines of the panel, from its lists in lists.
READ = """
const textOf = (item) =>
  [...item.querySelectorAll(':scope > span')].map((span) => span.textContent).join(' ');
const read = (list, depth) => [...list.children].flatMap((item) => [
  '  '.repeat(depth) + textOf(item),
  ...[...item.querySelectorAll(':scope > ol')].flatMap((inner) => read(inner, depth + 1)),
]);
const [selector] = arguments;
return [...document.querySelectorAll(`${selector} [data-careers-heard-lines] > ol`)]
  .flatMap((list) => read(list, 0)).join('\\n');
"""

#: The time since the form was loaded. Wagtail does not watch for changes at first.
AGE = """
const [loaded] = performance.getEntriesByType('navigation');
return performance.now() - loaded.domContentLoadedEventEnd;
"""
WATCHING_MILLISECONDS = 3000

HAS_USER_BAR = """
const { contentDocument } = document.querySelector(arguments[0]);
return contentDocument.querySelector('wagtail-userbar') !== null;
"""


def script(name: str) -> str:
    path = finders.find(f"wagtail_careers/js/heard/{name}.js")
    return Path(str(path)).read_text(encoding="utf-8")


def test_each_role_is_read_as_in_the_accessibility_tree(driver: Any, axe: ModuleType) -> None:
    browser.set_viewport(driver, 1280)
    browser.set_theme(driver, browser.LIGHT)
    driver.get(EVERY_ROLE.as_uri())
    told = transcript(driver)
    axe.run(driver, "h1")
    vocabulary = HeardSidePanel(AnonymousUser(), None).vocabulary
    scripts = script("elements") + script("transcript")
    text = driver.execute_script(scripts + TRANSCRIBE, vocabulary)
    assert parse(text) == told


IS_BELOW_BUTTON = """
const panel = document.querySelector(arguments[0]);
const words = panel.querySelector('.w-help-text').getBoundingClientRect();
const button = document.querySelector('[data-form-side] .form-side__close-button');
return words.top >= button.getBoundingClientRect().bottom;
"""


class Panel:
    """The side panel in the form of a page."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self) -> None:
        toggle = self.driver.find_element(By.CSS_SELECTOR, TOGGLE)
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()

    @property
    def status(self) -> str:
        return str(self.driver.find_element(By.CSS_SELECTOR, f"{PANEL} [role=status]").text)

    def wait_for(self, text: str) -> None:
        wait = WebDriverWait(self.driver, WAIT_SECONDS)
        wait.until(lambda driver: text in self.status, f"{text!r} is not in {self.status!r}")

    def is_below_its_button(self) -> bool:
        """Whether the button that hides the panel covers no words of it."""
        return bool(self.driver.execute_script(IS_BELOW_BUTTON, PANEL))

    def transcript(self) -> Transcript:
        return parse(self.driver.execute_script(READ, PANEL))


@pytest.fixture
def edit(visit: Visit) -> Any:
    """A function that opens the form of a role, with the panel, and waits for its transcript."""
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    session = client.cookies["sessionid"].value

    def edit(slug: str, width: int = DESK, theme: browser.Theme = browser.LIGHT) -> Panel:
        visit("/").add_cookie({"name": "sessionid", "value": session})
        pk = RolePage.objects.get(slug=slug).pk
        panel = Panel(visit(f"/admin/pages/{pk}/edit/", width, theme))
        panel.open()
        panel.wait_for("The transcript has")
        return panel

    yield edit
    driver = visit("/")
    driver.execute_script("localStorage.clear()")
    driver.delete_all_cookies()


@pytest.mark.parametrize("slug", SLUGS)
def test_panel_has_the_transcript_of_the_page(visit: Visit, edit: Any, slug: str) -> None:
    told = transcript(visit(f"/roles/{slug}/"))
    assert edit(slug).transcript() == told


def test_panel_has_what_is_not_saved_yet(edit: Any) -> None:
    panel = edit("cook")
    before = panel.transcript()
    wait = WebDriverWait(panel.driver, WAIT_SECONDS)
    wait.until(lambda driver: driver.execute_script(AGE) > WATCHING_MILLISECONDS)
    panel.driver.find_element(By.ID, "id_title").send_keys(" of soups")
    heading = 'heading "Cook of soups" (level 1)'
    wait.until(lambda driver: heading in str(panel.transcript()))
    assert heading not in str(before)


def test_panel_says_when_nothing_changed_and_when_the_page_has_errors(edit: Any) -> None:
    panel = edit("cook")
    update = panel.driver.find_element(By.CSS_SELECTOR, "[data-careers-heard-update]")
    update.click()
    panel.wait_for("The transcript did not change.")
    panel.driver.execute_script("document.getElementById('id_slug').value = 'no slug'")
    update.click()
    panel.wait_for("The page has errors")
    assert 'heading "Cook" (level 1)' in str(panel.transcript())


@pytest.fixture
def no_user_bar(settings: Any) -> None:
    """The user bar, which has axe-core, is empty."""
    [engine] = settings.TEMPLATES
    loaders = [
        ("django.template.loaders.locmem.Loader", {"wagtailadmin/userbar/base.html": ""}),
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**engine["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]


def test_preview_without_a_user_bar_has_a_transcript(
    visit: Visit, no_user_bar: None, edit: Any
) -> None:
    told = transcript(visit("/roles/cook/"))
    panel = edit("cook")
    assert not panel.driver.execute_script(HAS_USER_BAR, f"{PANEL} iframe")
    assert panel.transcript() == told


@pytest.mark.parametrize(
    ("width", "theme"),
    [(NARROW, browser.DARK), (NARROW, browser.LIGHT), (DESK, browser.DARK), (DESK, browser.LIGHT)],
    ids=["narrow-dark", "narrow-light", "desk-dark", "desk-light"],
)
def test_panel_is_accessible(edit: Any, axe: ModuleType, width: int, theme: browser.Theme) -> None:
    panel = edit("cook", width, theme)
    findings = axe.check(panel.driver, {"include": [[PANEL]]})
    assert not findings, axe.format_findings(findings)
    problems = layout.horizontal_scroll(panel.driver)
    assert not problems, format_problems(problems)
    assert panel.is_below_its_button()


def test_frame_of_the_panel_is_out_of_reach(edit: Any) -> None:
    panel = edit("cook")
    frame = panel.driver.find_element(By.CSS_SELECTOR, f"{PANEL} iframe")
    assert frame.get_attribute("inert") == "true"
    assert "frame" not in {line.role for line in transcript(panel.driver).utterances}
    assert browser.console_errors(panel.driver) == []
