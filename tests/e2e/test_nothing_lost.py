"""What an editor types is saved, whatever comes between."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from selenium.webdriver.common.keys import Keys

from tests.e2e.admin import Admin, RichText, assert_soon, assert_soon_in
from tests.factories import body
from wagtail_careers.pages.models import RolePage
from wagtail_careers.text import plain_text

pytestmark = [pytest.mark.e2e]

DUTIES = "body-2-value-prose"

#: Makes the answers to saves wait until ``window.letGo`` is called.
HOLD_SAVES = """
const original = window.fetch;
const gate = new Promise((open) => { window.letGo = open; });
window.fetch = async (...args) => {
  const response = await original(...args);
  const isPost = args[1]?.method?.toLowerCase() === 'post';
  // Not one from before: on a slow machine, it would hold up the save that the test is about.
  if (isPost && (await new Response(args[1].body).text()).includes('beds')) await gate;
  return response;
};
"""

#: Whether the browser would ask before it leaves the page. A driver answers the real question
#: itself, and Wagtail's controller does not listen to an event that is made by a script.
ASKS_ON_LEAVING = """
const form = document.querySelector('form[data-edit-form]');
const event = new Event('beforeunload', { cancelable: true });
window.dispatchEvent(event);
window.wagtail.app.getControllerForElementAndIdentifier(form, 'w-unsaved').confirm(event);
return event.defaultPrevented;
"""

#: Requests all addresses at once, many times, and returns status and address of each answer.
OPEN_AT_ONCE = """
const [urls, times, done] = arguments;
const requests = Array.from({ length: times }, () => urls).flat();
Promise.all(requests.map(async (url) => {
  const response = await fetch(url);
  return { url, status: response.status, html: await response.text() };
})).then(done);
"""


def duties_of(page: RolePage) -> str:
    """The duties in the newest version of ``page``."""
    draft: Any = RolePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return plain_text(draft.body[2].value["prose"].source)


def asks_on_leaving(admin: Admin) -> bool:
    return bool(admin.driver.execute_script(ASKS_ON_LEAVING))


def test_typing_after_a_refused_publication_is_saved(admin: Admin, publish_role: Any) -> None:
    page = publish_role(title="Porter", body=body(training="", duties="<p></p>"))
    admin.open(f"/admin/pages/{page.pk}/edit/")
    admin.publish()
    assert_soon_in(admin.messages, "Training: describe the training")

    editor = RichText(admin, DUTIES)
    editor.type("You move beds.")
    assert asks_on_leaving(admin)
    assert_soon(lambda: duties_of(page), "You move beds.")
    admin.wait_until_saved()

    editor.area.send_keys(Keys.END, " You meet patients.")
    assert asks_on_leaving(admin)
    assert_soon(lambda: duties_of(page), "You move beds. You meet patients.")
    admin.wait_until_saved()
    assert not asks_on_leaving(admin)

    admin.driver.refresh()
    assert_soon(lambda: RichText(admin, DUTIES).text, "You move beds. You meet patients.")


def test_typing_while_the_form_is_being_saved_is_saved(admin: Admin, publish_role: Any) -> None:
    page = publish_role(title="Porter", body=body(duties="<p></p>"))
    admin.open(f"/admin/pages/{page.pk}/edit/")
    admin.driver.execute_script(HOLD_SAVES)
    editor = RichText(admin, DUTIES)
    editor.type("You move beds.")
    assert_soon(lambda: duties_of(page), "You move beds.")
    editor.type(" And more.")
    assert_soon(editor.stored_text, ["You move beds. And more."])
    # At once, before the editor notices the change.
    admin.driver.execute_script("window.letGo()")
    assert_soon(lambda: duties_of(page), "You move beds. And more.")


@pytest.fixture
def hectic_threads() -> Iterator[None]:
    """Threads of the server that interrupt each other far more often than usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hectic_threads")
def test_two_editors_open_and_save_at_the_same_time(admin: Admin, publish_role: Any) -> None:
    words = {"Porter": "beds", "Nurse": "wounds"}
    pages = {
        title: publish_role(
            title=title,
            body=body(duties=f"<ul>{f'<li>You <b>look</b> after {word}.</li>' * 60}</ul>"),
        )
        for title, word in words.items()
    }
    urls = {f"/admin/pages/{page.pk}/edit/": words[title] for title, page in pages.items()}
    answers = admin.driver.execute_async_script(OPEN_AT_ONCE, list(urls), 12)
    assert [answer["status"] for answer in answers] == [200] * 24
    for answer in answers:
        form = BeautifulSoup(answer["html"], "html.parser").select_one("#page-edit-form")
        assert [word for word in words.values() if word in str(form)] == [urls[answer["url"]]]

    first = admin.driver.current_window_handle
    tabs = {}
    try:
        for title, page in pages.items():
            admin.driver.switch_to.new_window("tab")
            tabs[title] = admin.driver.current_window_handle
            admin.open(f"/admin/pages/{page.pk}/edit/")
        for title, tab in tabs.items():
            admin.driver.switch_to.window(tab)
            admin.wait_until_watching()
            RichText(admin, DUTIES).type(f"I am a {title}. ")
        for title, tab in tabs.items():
            # A tab in the background saves late.
            admin.driver.switch_to.window(tab)
            assert_soon(lambda title=title: f"I am a {title}." in duties_of(pages[title]), True)
    finally:
        # The driver is shared with other tests.
        for tab in tabs.values():
            admin.driver.switch_to.window(tab)
            admin.driver.close()
        admin.driver.switch_to.window(first)
