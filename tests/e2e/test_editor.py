"""What the editor adds to Wagtail's: traits, shared links, drafts and what is missing."""

from types import ModuleType
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.e2e.admin import Admin, RichText, assert_soon, assert_soon_in
from tests.factories import (
    RoleCategoryFactory,
    SharedLinkFactory,
    TraitFactory,
    body,
    shared_link_html,
)
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def new_role(admin: Admin, index: Any) -> Admin:
    """The form of a new role page."""
    RoleCategoryFactory(name="Careers", slug="careers")
    admin.open(f"/admin/pages/add/wagtail_careers_pages/rolepage/{index.pk}/")
    admin.fill_title("Porter")
    return admin


def test_an_incomplete_role_is_saved_as_a_draft(new_role: Admin) -> None:
    RichText(new_role, "body-2-value-prose").type("You move beds.")
    new_role.save_draft()
    # The form saves itself while the title is typed; the row keeps the title of that first save.
    assert not RolePage.objects.get(draft_title="Porter").live


def test_publishing_an_incomplete_role_says_what_is_missing_and_where(new_role: Admin) -> None:
    new_role.publish()
    assert_soon_in(
        new_role.messages,
        "could not be",
        "Heading: enter an introduction",
        "Person spec: describe the kind of person who suits the role",
        "Duties: describe the work",
        "Training: describe the training",
        "Application links: enter text, add a link",
        "Progression: enter text, add a step",
    )


def test_panel_follows_what_is_corrected_until_publication(admin: Admin, publish_role: Any) -> None:
    TraitFactory(name="kindness")
    prose = "<p>You show <mark>kindnes</mark> and patience.</p>"
    page = publish_role(title="Porter", body=body())
    page.body = body(person_spec=prose)
    page.save_revision()
    admin.open(f"/admin/pages/{page.pk}/edit/")
    panel, status = "[data-careers-before-publication]", "[role=status]"
    assert_soon_in(
        lambda: admin.text(panel), "Person spec: kindnes", "nearly the same as “kindness”"
    )

    admin.wait_until_watching()
    admin.click(f"{panel} li a")
    editor = RichText(admin, "body-1-value-prose")
    editor.select("kindnes")
    admin.driver.execute_cdp_cmd("Input.insertText", {"text": "kindness"})
    assert_soon_in(lambda: admin.text(f"{panel} {status}"), "No problems with links")
    assert "Known traits: kindness" in admin.text(panel)

    admin.publish()
    assert_soon(lambda: [each.trait.name for each in page.role_traits.all()], ["kindness"])


def test_a_link_is_edited_and_removed_from_its_tooltip(
    admin: Admin, publish_role: Any, axe: ModuleType
) -> None:
    link = SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")
    html = f"<p>See {shared_link_html(link, 'all the jobs', 'search')} today.</p>"
    page = publish_role(title="Porter", body=body(duties=html))
    SharedLink.objects.update(live=False)
    admin.open(f"/admin/pages/{page.pk}/edit/")
    editor = RichText(admin, "body-2-value-prose")

    editor.open_tooltip()
    assert admin.text(".careers-tooltip").splitlines()[:3] == [
        "NHS Jobs",
        "https://www.jobs.nhs.uk/search",
        "Not published yet",
    ]
    assert_accessible(admin, axe, ".careers-tooltip")
    editor.press_in_tooltip("Edit")
    assert admin.find('.modal input[name="path"]').get_attribute("value") == "search"
    admin.finish_shared_link_modal("search/porter")
    assert_soon(
        editor.entity_data,
        [
            {
                "sharedLink": str(link.pk),
                "path": "search/porter",
                "name": "NHS Jobs",
                "address": "https://www.jobs.nhs.uk/search/porter",
            }
        ],
    )
    assert_soon(editor.links, ["all the jobs"])

    editor.press_in_tooltip("Remove")
    assert_soon(editor.links, [])
    assert_soon(lambda: editor.text, "See all the jobs today.")


def test_the_modal_refuses_a_path_that_leaves_the_site(new_role: Admin) -> None:
    SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")
    editor = RichText(new_role, "body-2-value-prose")
    editor.type("See NHS Jobs.")
    editor.select("NHS Jobs")
    editor.open_link_modal()
    new_role.choose_shared_link_in_modal("NHS Jobs")
    new_role.fill('.modal input[name="path"]', "//evil.example")
    new_role.click('.modal button[type="submit"]')
    message = "part of the address after the shared link’s own address"
    assert message in new_role.text(".modal .error-message")
    new_role.finish_shared_link_modal("")
    assert_soon(editor.links, ["NHS Jobs"])


def test_traits_and_links_survive_copying_to_another_field(admin: Admin, publish_role: Any) -> None:
    link = SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")
    html = f"<p>Be <mark>patient</mark> and see {shared_link_html(link, 'jobs', 'a')}.</p>"
    page = publish_role(title="Porter", body=body(person_spec=html, training="<p>First.</p>"))
    admin.open(f"/admin/pages/{page.pk}/edit/")
    source, target = RichText(admin, "body-1-value-prose"), RichText(admin, "body-3-value-prose")
    source.copy_all()
    target.paste_over_all()
    assert_soon(lambda: target.text, source.text)
    assert_soon(target.marks, ["patient"])
    assert_soon(target.links, ["jobs"])
    assert target.entity_data()[0]["path"] == "a"


def test_text_typed_after_a_trait_is_not_a_trait(new_role: Admin) -> None:
    editor = RichText(new_role, "body-1-value-prose")
    editor.type("You are kind")
    editor.select("kind")
    editor.press_button("TRAIT")
    editor.press_keys(Keys.END, " ", "o")
    assert_soon(editor.stored_text, ["You are kind o"])
    assert_soon(editor.marks, ["kind"])
    # After an undo, and back at the end of the trait with the arrow keys.
    editor.undo()
    editor.press_keys("l", Keys.ARROW_LEFT, Keys.ARROW_LEFT, "n", Keys.ARROW_RIGHT, "y")
    assert_soon(editor.stored_text, ["You are kinndyl"])
    assert_soon(editor.marks, ["kinnd"])
    # Turned on without a selection, the style stays for what is typed.
    editor.press_keys(Keys.END, " ")
    editor.press_trait_shortcut()
    editor.press_keys("w", "i", "t", Keys.ENTER, "x")
    assert_soon(editor.stored_text, ["You are kinndyl wit", "x"])
    assert_soon(editor.marks, ["kinnd", "wit"])


def test_next_bullet_after_a_trait_is_not_a_trait(new_role: Admin) -> None:
    editor = RichText(new_role, "body-1-value-prose")
    editor.type("")
    editor.press_keys("*", " ", "w", "i", "t")
    editor.select("wit")
    editor.press_trait_shortcut()
    editor.press_keys(Keys.END, Keys.ENTER, "c", "a", "r", "e")
    assert_soon(editor.stored_text, ["wit", "care"])
    assert_soon(editor.marks, ["wit"])


def test_what_the_package_adds_to_the_admin_is_accessible(
    admin: Admin, publish_role: Any, axe: ModuleType
) -> None:
    SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")
    publish_role(title="Porter", body=body(training=None))
    for path in ("careers_roles", "shared-links", "traits", "categories"):
        admin.open(f"/admin/careers/{path}/")
        assert_accessible(admin, axe, "#listing-results")

    admin.open(f"/admin/pages/{RolePage.objects.get().pk}/edit/")
    editor = RichText(admin, "body-2-value-prose")
    editor.select("Words")
    editor.open_link_modal()
    admin.choose_shared_link_in_modal("NHS Jobs")
    assert_accessible(admin, axe, ".modal .nice-padding")


def assert_accessible(admin: Admin, axe: ModuleType, context: str) -> None:
    admin.find(context)
    findings = axe.check(admin.driver, context)
    assert not findings, axe.format_findings(findings)


def test_links_and_steps_are_added_to_their_lists(admin: Admin, publish_role: Any) -> None:
    link = SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.nhs.uk/")
    senior = publish_role(title="Senior porter", body=body())
    page = publish_role(title="Porter", body=body())
    admin.open(f"/admin/pages/{page.pk}/edit/")

    admin.click('[data-contentpath="links"] button.c-sf-add-button')
    admin.open_modal((By.CSS_SELECTOR, '[data-contentpath="links"] [data-chooser-action-choose]'))
    admin.choose_shared_link_in_modal(link.name)
    admin.wait_until_gone(".modal")
    admin.fill("#body-4-value-links-0-value-path", "porter")
    admin.fill("#body-4-value-links-0-value-text", "Porter jobs")

    admin.click('[data-contentpath="steps"] button.c-sf-add-button')
    admin.open_modal((By.CSS_SELECTOR, '[data-contentpath="steps"] [data-chooser-action-choose]'))
    admin.fill('.modal input[name="q"]', senior.title)
    admin.choose_page_in_modal(senior.title)
    admin.wait_until_gone(".modal")
    admin.choose_option("#body-5-value-steps-0-value-relation", "With further training")
    admin.wait_until_saved()
    admin.publish()
    assert_soon_in(admin.messages, "published")

    admin.open(page.get_url())
    shown = admin.find(".careers-links a")
    assert (shown.text, shown.get_attribute("href")) == (
        "Porter jobs",
        "https://www.jobs.nhs.uk/porter",
    )
    step = admin.find(".careers-steps li")
    assert "With further training" in step.text
    assert step.find_element("tag name", "a").get_attribute("href").endswith(senior.get_url())
