"""An editor meets an error of a rule about content, sees its place, mends it and publishes."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from selenium.webdriver.common.by import By

from tests.e2e.admin import Admin, RichText, assert_soon, assert_soon_in
from tests.factories import body
from tests.importing.posts import changed, content, write_post
from tests.lint.own_rules import OWN
from wagtail_careers.models import ImportRecord
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.e2e]

WRONG = "<p>You do what we ask.</p><p>You lorem ipsum every day.</p>"
SAID = "“lorem ipsum”: This text is a placeholder. Write the text."
TOGGLE = '[data-side-panel-toggle="checks"]'
ROW = "[data-checks-panel] [data-content-checker-row]"


@pytest.fixture(autouse=True)
def _own_rules(settings: Any) -> None:
    settings.WAGTAIL_CAREERS = OWN


@pytest.fixture
def page(publish_role: Any) -> RolePage:
    """A live role whose newest version has an error."""
    role: RolePage = publish_role(title="Porter", slug="porter", body=body())
    role.body = body(duties=WRONG)
    role.save_revision()
    return role


def live_duties(page: RolePage) -> str:
    return str(RolePage.objects.get(pk=page.pk).body[2].value["prose"])


def errors(admin: Admin) -> str:
    """The messages at the sections of the form."""
    found = admin.driver.find_elements(By.CSS_SELECTOR, "[data-streamfield-child] .help-critical")
    return "\n".join(element.text for element in found)


def open_checks(admin: Admin) -> None:
    """Open the panel, unless the browser remembers that it was open on the page before."""
    toggle = admin.find(TOGGLE)
    if toggle.get_attribute("aria-expanded") != "true":
        admin.click(TOGGLE)


def rows(admin: Admin) -> str:
    script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText).join('|')"
    return str(admin.driver.execute_script(script, ROW))


def marked(admin: Admin) -> list[str]:
    """The texts of the marked elements in the preview that the panel has checked."""
    script = """
    const preview = document.getElementById('w-preview-iframe').contentDocument;
    return [...preview.querySelectorAll('[data-careers-findings]')].map((e) => e.textContent);
    """
    return list(admin.driver.execute_script(script))


def test_error_is_seen_at_its_place_mended_and_published(admin: Admin, page: RolePage) -> None:
    admin.open(f"/admin/pages/{page.pk}/edit/")
    admin.wait_until_watching()
    open_checks(admin)
    assert_soon_in(lambda: rows(admin), "Error: This text is a placeholder.", "Write the text.")
    assert marked(admin) == ["lorem ipsum"]

    admin.publish()
    assert_soon_in(lambda: errors(admin), SAID)
    assert "lorem ipsum" not in live_duties(page)

    editor = RichText(admin, "body-2-value-prose")
    editor.select("lorem ipsum")
    admin.driver.execute_cdp_cmd("Input.insertText", {"text": "move beds"})
    # The panel follows what was not saved.
    assert_soon(lambda: marked(admin), [])
    assert_soon(lambda: "placeholder" in rows(admin), False)

    admin.publish()
    assert_soon(lambda: "You move beds every day." in live_duties(page), True)


def test_panel_says_which_words_a_finding_is_about(admin: Admin, page: RolePage) -> None:
    page.body = body(duties="<p>You listen <b>in order to</b> help.</p>")
    page.save_revision()
    admin.open(f"/admin/pages/{page.pk}/edit/")
    admin.wait_until_watching()
    open_checks(admin)
    assert_soon_in(lambda: rows(admin), "Warning: “in order to” is longer than it needs to be.")
    assert admin.text("[data-content-checker-selector-text]") == "“in order to”"


def test_preview_shows_the_place_in_the_page(admin: Admin, page: RolePage) -> None:
    admin.open(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    element = admin.find("[data-careers-findings]")
    assert (element.tag_name, element.text) == ("span", "lorem ipsum")
    assert element.find_element(By.XPATH, "ancestor::section").get_attribute("id") == "duties"
    count = """
    const { shadowRoot } = window.wagtail.userbar;
    return shadowRoot.querySelector('[data-content-checker-count]').textContent;
    """
    assert_soon(lambda: admin.driver.execute_script(count), "1")


def test_bulk_publication_meets_the_same_error(admin: Admin, page: RolePage) -> None:
    admin.open(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/")
    admin.follow((By.CSS_SELECTOR, 'main button[type="submit"]'))
    assert_soon_in(admin.messages, f"Porter: Duties: {SAID}", "Nothing was published.")
    assert "lorem ipsum" not in live_duties(page)


def test_schedule_meets_the_same_error(admin: Admin, page: RolePage) -> None:
    page.go_live_at = "2099-01-01T09:00:00Z"
    page.save_revision()
    admin.open(f"/admin/pages/{page.pk}/edit/")
    admin.publish()
    assert_soon_in(lambda: errors(admin), SAID)
    assert not page.revisions.exclude(approved_go_live_at=None).exists()


def test_import_meets_the_same_error(admin: Admin, index: Any, tmp_path: Path) -> None:
    write_post(tmp_path, html=content(changed(**{"what will": "lorem ipsum"})))
    call_command("import_roles", str(tmp_path), parent=index.url_path, publish=True)
    assert not RolePage.objects.get(title="Porter").live
    admin.open("/admin/reports/imported-roles/")
    assert_soon_in(admin.text, "Porter")
    flags = {flag["code"]: flag for flag in ImportRecord.objects.get().flags}
    assert "duties" in str(flags["incomplete"])
