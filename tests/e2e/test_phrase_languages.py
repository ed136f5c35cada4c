"""An editor marks the language of phrases, with the keyboard and with the mouse."""

from types import ModuleType
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.e2e.admin import Admin, RichText, assert_soon, assert_soon_in, press
from tests.e2e.test_editor import assert_accessible
from tests.factories import SharedLinkFactory, body, shared_link_html
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.e2e]

DIALOG = "dialog.careers-language-dialog"
HAS_FOCUS = "return document.activeElement.matches(arguments[0])"


def open_dialog(admin: Admin) -> None:
    press(admin.driver, Keys.CONTROL, Keys.SHIFT, "y")
    admin.find(DIALOG)


def choose(admin: Admin, label: str) -> None:
    """Choose a language in the open dialog."""
    Select(admin.find(f"{DIALOG} select")).select_by_visible_text(label)
    admin.click(f'{DIALOG} button[value="apply"]')
    admin.wait_until_gone(DIALOG)


def chosen(admin: Admin) -> str:
    return Select(admin.find(f"{DIALOG} select")).first_selected_option.text


@pytest.fixture
def editor(admin: Admin, publish_role: Any) -> RichText:
    """The duties of a published role."""
    page = publish_role(title="Porter", body=body(duties="<p>You say bore da to all.</p>"))
    admin.open(f"/admin/pages/{page.pk}/edit/")
    admin.wait_until_watching()
    return RichText(admin, "body-2-value-prose")


def test_phrase_is_marked_by_keyboard_kept_and_published(
    admin: Admin, editor: RichText, axe: ModuleType
) -> None:
    editor.select("bore da")
    open_dialog(admin)
    # The first thing in the dialog is the list, in which letters find a language.
    assert admin.driver.execute_script(HAS_FOCUS, f"{DIALOG} select")
    assert_accessible(admin, axe, DIALOG)
    press(admin.driver, "w")
    assert chosen(admin) == "Welsh (Cymraeg)"
    press(admin.driver, Keys.TAB)
    press(admin.driver, Keys.ENTER)
    admin.wait_until_gone(DIALOG)
    assert_soon(lambda: editor.phrases_in("cy"), ["bore da"])
    assert_soon(lambda: admin.driver.switch_to.active_element == editor.area, True)
    admin.wait_until_saved()

    admin.publish()
    assert_soon_in(admin.messages, "published")
    page = RolePage.objects.get(title="Porter")
    assert '<span lang="cy">bore da</span>' in page.body[2].value["prose"].source
    admin.open(f"/admin/pages/{page.pk}/edit/")
    assert_soon(lambda: editor.phrases_in("cy"), ["bore da"])
    admin.open(page.url)
    assert admin.text("main span[lang]") == "bore da"
    assert admin.find("main span[lang]").get_attribute("lang") == "cy"


def test_text_typed_after_a_phrase_is_not_in_its_language(admin: Admin, editor: RichText) -> None:
    editor.select("to all.")
    editor.press_button("LANGUAGE")
    choose(admin, "Welsh (Cymraeg)")
    editor.press_keys(Keys.ARROW_RIGHT, " ", "o", "k", Keys.ENTER, "n")
    assert_soon(editor.stored_text, ["You say bore da to all. ok", "n"])
    assert editor.phrases_in("cy") == ["to all."]


def test_language_can_be_changed_and_removed_around_the_caret(
    admin: Admin, editor: RichText
) -> None:
    editor.select("bore da")
    editor.press_button("LANGUAGE")
    choose(admin, "Welsh (Cymraeg)")
    editor.press_keys(Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.ARROW_LEFT)
    open_dialog(admin)
    assert chosen(admin) == "Welsh (Cymraeg)"
    choose(admin, "Cornish (Kernewek)")
    assert_soon(lambda: editor.phrases_in("kw"), ["bore da"])
    assert editor.phrases_in("cy") == []
    open_dialog(admin)
    press(admin.driver, Keys.ESCAPE)
    admin.wait_until_gone(DIALOG)
    assert editor.phrases_in("kw") == ["bore da"]
    open_dialog(admin)
    choose(admin, "Same as the text around it")
    assert_soon(lambda: editor.phrases_in("kw"), [])
    assert editor.text == "You say bore da to all."


def test_phrase_keeps_its_link_and_its_trait(admin: Admin, publish_role: Any) -> None:
    link = SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")
    html = f"<p>Be <mark>amyneddgar</mark> at {shared_link_html(link, 'gwaith', 'a')} today.</p>"
    page = publish_role(title="Porter", body=body(duties=html))
    admin.open(f"/admin/pages/{page.pk}/edit/")
    editor = RichText(admin, "body-2-value-prose")
    editor.select("Be")
    press(admin.driver, Keys.CONTROL, "a")
    open_dialog(admin)
    choose(admin, "Welsh (Cymraeg)")
    assert_soon(lambda: editor.phrases_in("cy"), ["Be amyneddgar at gwaith today."])
    assert editor.marks() == ["amyneddgar"]
    assert editor.links() == ["gwaith"]
