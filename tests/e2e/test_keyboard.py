"""An editor who uses only the keyboard composes and publishes a role."""

from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.e2e.admin import Admin, RichText, assert_soon, assert_soon_in, press
from tests.factories import RolePageFactory, SharedLinkFactory, body
from wagtail_careers.models import RoleTrait
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.e2e]

#: Far more than there are stops between any two places of the form.
MAX_TABS = 150

FOCUS_IS_AT = """
return document.activeElement.matches(arguments[0]);
"""
FOCUS_IS_IN_EDITOR = """
const field = document.getElementById(arguments[0]);
return field.parentElement.contains(document.activeElement)
  && document.activeElement.isContentEditable;
"""


class Keyboard:
    """The keyboard of an editor, who sees where the focus is."""

    def __init__(self, admin: Admin) -> None:
        self.admin = admin
        self.driver = admin.driver

    def press(self, *keys: str) -> None:
        """Press the last key while those before it are held down."""
        press(self.driver, *keys)

    def type(self, text: str) -> None:
        ActionChains(self.driver).send_keys(text).perform()

    def tab_to(self, script: str, argument: str) -> None:
        """Press Tab until ``script`` says that the focus is there."""
        for _number in range(MAX_TABS):
            if self.driver.execute_script(script, argument):
                return
            self.press(Keys.TAB)
        raise AssertionError(f"Tab does not lead to {argument}")

    def type_trait(self, words: str) -> None:
        """Type words, select them and make them a trait."""
        self.type(words)
        for _letter in words:
            self.press(Keys.SHIFT, Keys.ARROW_LEFT)
        self.press(Keys.CONTROL, Keys.SHIFT, "h")
        self.press(Keys.ARROW_RIGHT)


def test_role_is_composed_and_published_by_keyboard(admin: Admin, index: Any) -> None:
    link = SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")
    SharedLinkFactory.create_batch(5)
    page = RolePageFactory(parent=index, live=False, title="Porter", body=body(duties=""))
    page.save_revision()
    admin.open(f"/admin/pages/{page.pk}/edit/")
    admin.wait_until_watching()
    keyboard = Keyboard(admin)
    editor = RichText(admin, "body-2-value-prose")

    keyboard.tab_to(FOCUS_IS_IN_EDITOR, editor.field_id)
    keyboard.type("You are ")
    keyboard.type_trait("kind")
    keyboard.type(" and ")
    keyboard.type_trait("patient")
    keyboard.type(". See ")
    assert_soon(editor.marks, ["kind", "patient"])

    admin.open_modal_by(lambda: keyboard.press(Keys.CONTROL, Keys.SHIFT, "l"))
    assert_soon(lambda: admin.driver.execute_script(FOCUS_IS_AT, "[name=q]"), True)
    keyboard.type("NHS")
    assert_soon(lambda: admin.text(".modal [data-chooser-modal-choice]"), "NHS Jobs")
    keyboard.tab_to(FOCUS_IS_AT, ".modal [data-chooser-modal-choice]")
    keyboard.press(Keys.ENTER)
    assert_soon(lambda: admin.driver.execute_script(FOCUS_IS_AT, "[name=path]"), True)
    keyboard.type("search")
    keyboard.press(Keys.ENTER)
    admin.wait_until_gone(".modal")
    assert_soon(editor.links, ["NHS Jobs"])
    assert_soon(lambda: admin.driver.execute_script(FOCUS_IS_IN_EDITOR, editor.field_id), True)
    keyboard.type(".")
    assert_soon(lambda: editor.text, "You are kind and patient. See NHS Jobs.")
    admin.wait_until_saved()

    keyboard.tab_to(FOCUS_IS_AT, 'footer [data-w-dropdown-target="toggle"]')
    keyboard.press(Keys.ENTER)
    keyboard.tab_to(FOCUS_IS_AT, 'button[name="action-publish"]')
    keyboard.press(Keys.ENTER)
    assert_soon_in(admin.messages, "published")

    published = RolePage.objects.get(pk=page.pk)
    assert published.live
    html = published.body[2].value["prose"].source
    assert f'<a linktype="shared-link" id="{link.pk}" path="search">NHS Jobs</a>' in html
    traits = RoleTrait.objects.filter(page=page).values_list("trait__name", flat=True)
    assert list(traits) == ["kind", "patient"]
