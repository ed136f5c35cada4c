"""Links in the rich-text editor: shared links and Wagtail's own, by keyboard, and from a paste."""

from types import ModuleType
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.e2e.admin import Admin, RichText, assert_soon, assert_soon_in, press
from tests.e2e.clipboard import WORD, paste
from tests.factories import SharedLinkFactory, body, shared_link_html
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.e2e]

NOTICE = ".careers-pasted-links"
PORTER_JOBS = "https://www.jobs.nhs.uk/search?keyword=porter&page=1"
THE_ROLE = "http://healthcareers.nhs.uk/explore-roles/porter"

_LINKS = """
const { blocks, entityMap } = JSON.parse(document.getElementById(arguments[0]).value);
return blocks.flatMap((block) => block.entityRanges.map(({ offset, length, key }) => {
  const { type, data } = entityMap[key];
  return [block.text.slice(offset, offset + length), type, data.address || data.url || data.id];
}));
"""


@pytest.fixture(autouse=True)
def links(admin: Admin) -> dict[str, SharedLink]:
    return {
        name: SharedLinkFactory(name=name, base_url=base_url)
        for name, base_url in (
            ("NHS Jobs", "https://www.jobs.nhs.uk/"),
            ("Health Careers", "https://www.healthcareers.nhs.uk/"),
        )
    }


@pytest.fixture
def edit(admin: Admin, publish_role: Any) -> Any:
    """A function that opens the editor of a role's duties."""

    def edit(html: str) -> RichText:
        page = publish_role(title="Porter", body=body(duties=html))
        admin.open(f"/admin/pages/{page.pk}/edit/")
        return RichText(admin, "body-2-value-prose")

    return edit


def links_in(editor: RichText) -> list[list[str]]:
    """Text, type and address of each link, as the form stores them."""
    return editor.driver.execute_script(_LINKS, editor.field_id)  # type: ignore[no-any-return]


def press_shortcut(editor: RichText) -> None:
    press(editor.driver, Keys.CONTROL, Keys.SHIFT, "l")


def put_caret_in(editor: RichText, phrase: str) -> None:
    editor.select(phrase)
    press(editor.driver, Keys.ARROW_RIGHT)
    press(editor.driver, Keys.ARROW_LEFT)


def focused_text(editor: RichText) -> str:
    return editor.driver.switch_to.active_element.text


def test_links_pasted_from_word_become_shared_links_in_one_step(
    edit: Any, admin: Admin, axe: ModuleType
) -> None:
    editor = edit("<p>Words.</p>")
    site = f"{admin.base_url}/roles/"
    editor.type("")
    paste(editor, "Look for porter jobs", WORD.format(site=site))
    others = [
        ["a course", "LINK", "https://training.example/porters"],
        ["our roles", "LINK", site],
        ["write to us", "LINK", "mailto:jobs@example.com"],
    ]
    pasted = [["porter jobs", "LINK", PORTER_JOBS], ["the role", "LINK", THE_ROLE], *others]
    assert_soon(lambda: links_in(editor), pasted)
    text = editor.text
    assert_soon_in(
        lambda: admin.text(NOTICE),
        "Pasted links that can be shared links: NHS Jobs (1), Health Careers (1).",
        "Websites without a shared link: training.example (1).",
    )
    assert site not in admin.text(NOTICE)
    assert not axe.check(admin.driver, NOTICE)

    # The shortcut leads to the notice, because Tab is a key of the editor in a list.
    press_shortcut(editor)
    assert_soon(lambda: focused_text(editor), "Use shared links")
    press(editor.driver, Keys.ENTER)
    shared = [
        ["porter jobs", "SHARED-LINK", PORTER_JOBS],
        ["the role", "SHARED-LINK", "https://www.healthcareers.nhs.uk/explore-roles/porter"],
        *others,
    ]
    assert_soon(lambda: links_in(editor), shared)
    press(editor.driver, Keys.CONTROL, "z")
    assert_soon(lambda: links_in(editor), pasted)
    press(editor.driver, Keys.CONTROL, Keys.SHIFT, "z")
    assert_soon(lambda: links_in(editor), shared)
    assert editor.text == text

    admin.save_draft()
    html = RolePage.objects.get(title="Porter").get_latest_revision_as_object().body.raw_data
    duties = next(section["value"]["prose"] for section in html if section["type"] == "duties")
    assert 'path="search?keyword=porter&amp;page=1">porter jobs</a>' in duties
    assert 'path="explore-roles/porter">the role</a>' in duties


def test_shared_link_over_a_plain_link_offers_its_own(edit: Any, admin: Admin, index: Any) -> None:
    page_link = f'<a linktype="page" id="{index.pk}">roles</a>'
    editor = edit(f'<p>See <a href="{THE_ROLE}">the role</a>, {page_link}.</p>')
    put_caret_in(editor, "the role")
    admin.open_modal_by(lambda: press_shortcut(editor))
    assert admin.find('.modal input[name="path"]').get_attribute("value") == "explore-roles/porter"
    admin.click('.modal button[type="submit"]')
    admin.wait_until_gone(".modal")
    role = ["the role", "SHARED-LINK", "https://www.healthcareers.nhs.uk/explore-roles/porter"]
    assert_soon(lambda: links_in(editor)[:1], [role])

    editor.select("roles")
    editor.open_link_modal()
    admin.choose_shared_link_in_modal("NHS Jobs")
    admin.finish_shared_link_modal("")
    jobs = ["roles", "SHARED-LINK", "https://www.jobs.nhs.uk/"]
    assert_soon(lambda: links_in(editor), [role, jobs])

    press(editor.driver, Keys.CONTROL, "z")
    assert_soon(lambda: links_in(editor)[0], role)
    assert_soon(lambda: links_in(editor)[1][:2], ["roles", "LINK"])


def test_a_pasted_address_is_offered_and_can_stay(edit: Any, admin: Admin) -> None:
    editor = edit("<p>See the jobs.</p>")
    editor.select("the jobs")
    paste(editor, PORTER_JOBS)
    assert_soon_in(lambda: admin.text(NOTICE), "NHS Jobs (1)")
    press_shortcut(editor)
    press(editor.driver, Keys.ESCAPE)
    admin.wait_until_gone(NOTICE)
    assert_soon(lambda: links_in(editor), [["the jobs", "LINK", PORTER_JOBS]])
    # The caret is in the text again.
    press(editor.driver, Keys.CONTROL, "z")
    assert_soon(lambda: links_in(editor), [])


def test_text_is_still_selected_after_the_modal_is_closed(edit: Any, admin: Admin) -> None:
    editor = edit("<p>See all the jobs today.</p>")
    editor.select("the jobs")
    admin.open_modal_by(lambda: press_shortcut(editor))
    press(editor.driver, Keys.ESCAPE)
    admin.wait_until_gone(".modal")
    selected = "return window.getSelection().toString()"
    assert_soon(lambda: editor.driver.execute_script(selected), "the jobs")
    press(editor.driver, "x")
    assert_soon(lambda: editor.text, "See all x today.")


def test_a_shared_link_is_edited_replaced_and_removed_by_keyboard(
    edit: Any, admin: Admin, links: dict[str, SharedLink]
) -> None:
    link = shared_link_html(links["NHS Jobs"], "all the jobs", "search")
    editor = edit(f"<p>See {link} today.</p>")
    put_caret_in(editor, "all the jobs")
    admin.open_modal_by(lambda: press_shortcut(editor))
    path = admin.find('.modal input[name="path"]')
    assert_soon(lambda: editor.driver.switch_to.active_element, path)
    path.send_keys(Keys.END, "/porter", Keys.ENTER)
    admin.wait_until_gone(".modal")
    edited = ["all the jobs", "SHARED-LINK", "https://www.jobs.nhs.uk/search/porter"]
    assert_soon(lambda: links_in(editor), [edited])

    # Wagtail's own link button knows nothing of a shared link.
    editor.select("all the jobs")
    admin.open_modal_by(lambda: press(editor.driver, Keys.CONTROL, "k"))
    assert "Choose a page" in admin.text(".modal")
    admin.click_on((By.LINK_TEXT, "External link"))
    assert admin.find(".modal #id_external-link-chooser-url").get_attribute("value") == ""
    admin.click(".modal button.close")
    admin.wait_until_gone(".modal")
    assert_soon(lambda: links_in(editor), [edited])

    put_caret_in(editor, "all the jobs")
    admin.open_modal_by(lambda: press_shortcut(editor))
    button = admin.find(".modal button.no")
    assert button.text == "Remove link"
    button.send_keys(Keys.ENTER)
    admin.wait_until_gone(".modal")
    assert_soon(lambda: links_in(editor), [])
    assert editor.text == "See all the jobs today."
    press(editor.driver, Keys.CONTROL, "z")
    assert_soon(lambda: links_in(editor), [edited])
