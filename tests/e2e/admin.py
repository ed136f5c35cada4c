"""Drives Wagtail's admin as an editor does: with the keyboard and the mouse."""

import time
from collections.abc import Callable
from typing import Any

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    NoSuchElementException,
    StaleElementReferenceException,
    TimeoutException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.ui import Select, WebDriverWait

# Long, for a busy machine: nothing waits longer than it has to.
WAIT_SECONDS = 60
MODAL_SECONDS = 10
SLUG_SECONDS = 5

#: Longer than the editor waits after a change until it saves, so that no save is still to come.
SAVED_SECONDS = 1.5

#: Longer than Wagtail waits after a form was loaded until it watches for changes.
WATCHING_MILLISECONDS = 3000

#: Selects an occurrence of a phrase in a rich-text editor, as dragging the mouse over it would.
SELECT_PHRASE = """
const [editor, phrase, occurrence] = arguments;
editor.focus();
const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
let seen = 0;
while (walker.nextNode()) {
  let at = walker.currentNode.data.indexOf(phrase);
  while (at >= 0) {
    if (seen === occurrence) {
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + phrase.length);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      return true;
    }
    seen += 1;
    at = walker.currentNode.data.indexOf(phrase, at + 1);
  }
}
return false;
"""


def assert_soon(get: Callable[[], Any], expected_value: Any) -> None:
    """The editor writes to its field a moment after the change; poll, then compare."""
    deadline = time.monotonic() + WAIT_SECONDS
    while get() != expected_value and time.monotonic() < deadline:
        time.sleep(0.1)
    assert get() == expected_value


def assert_soon_in(get: Callable[[], str], *expected_texts: str) -> None:
    """As ``assert_soon``, for texts that are in what is shown."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not all(text in get() for text in expected_texts) and time.monotonic() < deadline:
        time.sleep(0.1)
    shown = get()
    for text in expected_texts:
        assert text in shown


def press(driver: WebDriver, *keys: str) -> None:
    """Press the last key while those before it are held down."""
    *held, last = keys
    actions = ActionChains(driver)
    for key in held:
        actions.key_down(key)
    actions.send_keys(last)
    for key in reversed(held):
        actions.key_up(key)
    actions.perform()


class Admin:
    """The admin in a browser."""

    def __init__(self, driver: WebDriver, base_url: str) -> None:
        self.driver = driver
        self.base_url = base_url

    def open(self, path: str) -> None:
        self.driver.get(self.base_url + path)

    def log_in(self, username: str, password: str) -> None:
        self.open("/admin/login/")
        self.find('input[name="username"]').send_keys(username)
        self.find('input[name="password"]').send_keys(password)
        self.follow((By.CSS_SELECTOR, 'button[type="submit"]'))
        assert self.driver.current_url == f"{self.base_url}/admin/"

    def find(self, selector: str) -> WebElement:
        """The first visible element that matches the CSS ``selector``, once there is one."""
        return self.wait(expected.visibility_of_element_located((By.CSS_SELECTOR, selector)))

    def text(self, selector: str = "main") -> str:
        """What the first visible element that matches says."""
        # Read as it is found: scripts replace parts of the page.
        return self.wait(lambda driver: (self._shown(selector),))[0]

    def _shown(self, selector: str) -> str:
        find = expected.visibility_of_element_located((By.CSS_SELECTOR, selector))
        element = find(self.driver)
        if not element:
            raise NoSuchElementException(selector)
        return element.text

    def click(self, selector: str) -> None:
        self.click_on((By.CSS_SELECTOR, selector))

    def click_on(self, locator: tuple[str, str]) -> None:
        """Click what the locator finds, once that can be done."""
        self.wait(lambda driver: self._click_if_possible(locator))

    def follow(self, locator: tuple[str, str]) -> None:
        """Click what leads to another page, or to the same one again, and wait for that.

        What is asked of the page after a mere click may be answered by the page before.
        """
        before = self.driver.find_element(By.TAG_NAME, "html")
        self.click_on(locator)
        self.wait(expected.staleness_of(before))
        self.wait(lambda driver: self._is_loaded())

    def _is_loaded(self) -> bool:
        return self.driver.execute_script("return document.readyState") == "complete"

    def _click_if_possible(self, locator: tuple[str, str]) -> bool:
        element = self.driver.find_element(*locator)
        self.scroll_to(element)
        if not (element.is_displayed() and element.is_enabled()):
            return False
        element.click()
        return True

    def open_modal(self, locator: tuple[str, str]) -> None:
        """Click what opens a modal; once more where its script was not there yet."""
        self.open_modal_by(lambda: self.click_on(locator))

    def open_modal_by(self, act: Callable[[], None]) -> None:
        self.wait(lambda driver: self._modal_is_open() or self._opens_modal(act))

    def _opens_modal(self, act: Callable[[], None]) -> bool:
        act()
        return self._comes_true(lambda driver: self._modal_is_open(), MODAL_SECONDS)

    def _modal_is_open(self) -> bool:
        found = self.driver.find_elements(By.CSS_SELECTOR, ".modal .modal-body *")
        return any(element.is_displayed() for element in found[:5])

    def scroll_to(self, element: WebElement) -> None:
        script = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
        self.driver.execute_script(script, element)

    def fill(self, selector: str, text: str) -> None:
        self.wait(lambda driver: self._fill(selector, text))

    def _fill(self, selector: str, text: str) -> bool:
        field = self.find(selector)
        self.scroll_to(field)
        field.clear()
        field.send_keys(text)
        return True

    def fill_title(self, title: str) -> None:
        """Type the title of a new page; once more where the script that makes the slug was not
        there yet, for a page without a slug cannot be saved."""
        self.wait(lambda driver: self._fill("#id_title", title) and self._has_slug())

    def _has_slug(self) -> bool:
        get_slug = "return document.getElementById('id_slug').value"
        return self._comes_true(lambda driver: driver.execute_script(get_slug), SLUG_SECONDS)

    def _comes_true(self, condition: Callable[[WebDriver], Any], seconds: float) -> bool:
        try:
            WebDriverWait(self.driver, seconds).until(condition)
        except TimeoutException:
            return False
        return True

    def wait(self, condition: Any) -> Any:
        """What ``condition`` gives, once it is true. It is tried again where the page changes
        under it: what it found is replaced, covered or not there yet."""
        changing = (
            ElementClickInterceptedException,
            NoSuchElementException,
            StaleElementReferenceException,
        )
        wait = WebDriverWait(self.driver, WAIT_SECONDS, ignored_exceptions=changing)
        return wait.until(condition)

    def wait_until_gone(self, selector: str) -> None:
        self.wait(expected.invisibility_of_element_located((By.CSS_SELECTOR, selector)))

    def messages(self) -> str:
        """What the admin says at the top, and the errors beside the fields.

        Empty where it says nothing, or not yet: messages slide into view, and have no text until
        then.
        """
        selector = ".messages li, .error-message, .w-field__errors"
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        try:
            return "\n".join(element.text for element in found).strip()
        except StaleElementReferenceException:
            return ""  # A script has replaced a part of the page.

    def choose_option(self, selector: str, label: str) -> None:
        Select(self.find(selector)).select_by_visible_text(label)

    def save_draft(self) -> None:
        self.follow((By.CSS_SELECTOR, 'form[data-edit-form] button[type="submit"].action-save'))

    def choose_shared_link_in_modal(self, name: str) -> None:
        """Search for the link in the open modal, and choose it."""
        self.fill('.modal input[name="q"]', name)
        self.wait(lambda driver: self._choose_if_alone(name))

    def _choose_if_alone(self, name: str) -> bool:
        found = self.driver.find_elements(By.CSS_SELECTOR, ".modal [data-chooser-modal-choice]")
        if [choice.text for choice in found] != [name]:
            return False
        found[0].click()
        return True

    def choose_page_in_modal(self, title: str) -> None:
        choice = (By.XPATH, f"//*[contains(@class, 'modal')]//a[normalize-space()='{title}']")
        self.click_on(choice)

    def create_shared_link_in_modal(self, name: str, base_url: str) -> None:
        self.click('.modal a[href="#tab-create"]')
        self.fill('.modal input[name="shared-link-chooser-name"]', name)
        self.fill('.modal input[name="shared-link-chooser-base_url"]', base_url)
        self.click('.modal #tab-create button[type="submit"]')

    def finish_shared_link_modal(self, path: str) -> None:
        """The last step: what this page adds to the link's address."""
        self.fill('.modal input[name="path"]', path)
        self.click('.modal button[type="submit"]')
        self.wait_until_gone(".modal")

    def wait_until_watching(self) -> None:
        """Until the form would save a change, which it does not do in its first two seconds."""
        script = """
        const [loaded] = performance.getEntriesByType('navigation');
        return performance.now() - loaded.domContentLoadedEventEnd;
        """
        self.wait(lambda driver: driver.execute_script(script) > WATCHING_MILLISECONDS)

    def wait_until_saved(self) -> None:
        """Until the form has saved itself, so that this and what comes next do not cross."""
        self.wait(lambda driver: self._stays_saved())

    def _stays_saved(self) -> bool:
        end = time.monotonic() + SAVED_SECONDS
        while self.text("#w-autosave-indicator") == "Saved":
            if time.monotonic() > end:
                return True
            time.sleep(0.1)
        return False

    def publish(self) -> None:
        self.click('footer [data-w-dropdown-target="toggle"]')
        self.follow((By.CSS_SELECTOR, 'button[name="action-publish"]'))


class RichText:
    """One rich-text editor of a form, by the id of its field."""

    def __init__(self, admin: Admin, field_id: str) -> None:
        self.admin = admin
        self.driver = admin.driver
        self.field_id = field_id

    @property
    def wrapper(self) -> WebElement:
        field = self.admin.wait(expected.presence_of_element_located((By.ID, self.field_id)))
        return field.find_element(By.XPATH, "..")

    @property
    def area(self) -> WebElement:
        return self._part(".public-DraftEditor-content")

    def _part(self, selector: str) -> WebElement:
        return self.admin.wait(lambda driver: self.wrapper.find_element(By.CSS_SELECTOR, selector))

    @property
    def text(self) -> str:
        return self.area.text

    def type(self, *paragraphs: str) -> None:
        self.admin.scroll_to(self.area)
        self.area.click()
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.area.send_keys(Keys.ENTER)
            # In one go, as dictation and input methods do: key by key takes minutes.
            self.driver.execute_cdp_cmd("Input.insertText", {"text": paragraph})

    def select(self, phrase: str, occurrence: int = 0) -> None:
        """Select the phrase; ``occurrence`` counts from 0."""
        self.admin.scroll_to(self.area)
        found = self.driver.execute_script(SELECT_PHRASE, self.area, phrase, occurrence)
        assert found, f"{phrase!r} is not in the editor: {self.text!r}"
        # The editor learns of the selection in an event, and shows the buttons of it then.
        self.admin.wait(lambda driver: self._draft_selection_has_length())

    def _draft_selection_has_length(self) -> bool:
        return bool(
            self.driver.execute_script(
                "return !document.getElementById(arguments[0])"
                ".draftailEditor.getEditorState().getSelection().isCollapsed()",
                self.field_id,
            )
        )

    def press_trait_shortcut(self) -> None:
        press(self.driver, Keys.CONTROL, Keys.SHIFT, "h")

    def press_keys(self, *keys: str) -> None:
        """Press keys one by one, in the place of the caret."""
        for key in keys:
            press(self.driver, key)

    def undo(self) -> None:
        shown = self.text
        press(self.driver, Keys.CONTROL, "z")
        # Draft.js takes text back in a task of its own, and with it what is typed until then.
        self.admin.wait(lambda driver: self.text != shown)

    def press_button(self, name: str) -> None:
        button = self._part(f'button[name="{name}"]')
        ActionChains(self.driver).move_to_element(button).click().perform()

    def open_link_modal(self) -> None:
        self.admin.open_modal_by(lambda: self.press_button("SHARED-LINK"))

    def open_tooltip(self) -> None:
        link = self._part(".TooltipEntity")
        self.admin.scroll_to(link)
        link.click()

    def press_in_tooltip(self, label: str) -> None:
        """Open the tooltip of the first link, and press the button in it."""
        self.open_tooltip()
        button = (By.XPATH, f"//button[contains(@class, 'Tooltip__button')][.='{label}']")
        self.admin.click_on(button)

    def copy_all(self) -> None:
        self.admin.scroll_to(self.area)
        self.area.click()
        press(self.driver, Keys.CONTROL, "a")
        press(self.driver, Keys.CONTROL, "c")

    def paste_over_all(self) -> None:
        self.admin.scroll_to(self.area)
        self.area.click()
        press(self.driver, Keys.CONTROL, "a")
        press(self.driver, Keys.CONTROL, "v")

    def marks(self) -> list[str]:
        """The phrases that carry the trait style, as the editor stores them."""
        return self._ranges("inlineStyleRanges", "TRAIT")

    def phrases_in(self, tag: str) -> list[str]:
        """The phrases in another language, by the tag of the language."""
        return self._ranges("inlineStyleRanges", f"LANG-{tag}")

    def links(self) -> list[str]:
        """The phrases that carry a shared link."""
        return self._ranges("entityRanges", None)

    def stored_text(self) -> list[str]:
        """The paragraphs as they are in the form's field, which follows the editor."""
        script = """
        const content = JSON.parse(document.getElementById(arguments[0]).value);
        return (content ? content.blocks : []).map((block) => block.text);
        """
        return self.driver.execute_script(script, self.field_id)

    def entity_data(self) -> list[dict[str, Any]]:
        script = """
        const { entityMap } = JSON.parse(document.getElementById(arguments[0]).value);
        return Object.values(entityMap).map((entity) => entity.data);
        """
        return self.driver.execute_script(script, self.field_id)

    def _ranges(self, kind: str, style: str | None) -> list[str]:
        script = """
        const [fieldId, kind, style] = arguments;
        const content = JSON.parse(document.getElementById(fieldId).value);
        return (content ? content.blocks : []).flatMap((block) =>
          block[kind]
            .filter((range) => style === null || range.style === style)
            .map(({ offset, length }) => [...block.text].slice(offset, offset + length).join('')));
        """
        return self.driver.execute_script(script, self.field_id, kind, style)
