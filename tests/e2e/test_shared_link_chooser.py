"""The modal that chooses a shared link: pasted addresses, and the focus."""

import json
from types import ModuleType
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.e2e.admin import Admin, RichText, assert_soon
from tests.factories import SharedLinkFactory, body
from wagtail_careers.models import SharedLink

pytestmark = [pytest.mark.e2e]

PASTED = "https://www.jobs.nhs.uk/xi/search?q=a&b=c"
ITEM = "body-4-value-links-0-value"


def focused(admin: Admin) -> str:
    """What identifies the element that has the focus."""
    return str(
        admin.driver.execute_script(
            "const at = document.activeElement; return at.name || at.id || at.className"
        )
    )


@pytest.fixture
def open_role(admin: Admin, publish_role: Any) -> Any:
    def open_role() -> None:
        page = publish_role(title="Porter", body=body())
        admin.open(f"/admin/pages/{page.pk}/edit/")

    return open_role


@pytest.fixture
def check(admin: Admin, axe: ModuleType) -> Any:
    """A function that runs axe on the modal."""

    def check() -> None:
        findings = axe.check(admin.driver, {"include": [[".modal-body"]]})
        assert not findings, axe.format_findings(findings)

    return check


def test_a_pasted_address_becomes_an_entry_of_a_list_with_one_click(
    admin: Admin, open_role: Any, check: Any
) -> None:
    link = SharedLinkFactory(name="NHS Jobs", base_url="http://jobs.nhs.uk/")
    SharedLinkFactory.create_batch(30)
    open_role()
    admin.click('[data-contentpath="links"] button.c-sf-add-button')
    admin.open_modal((By.CSS_SELECTOR, '[data-contentpath="links"] [data-chooser-action-choose]'))
    assert_soon(lambda: focused(admin), "q")

    admin.click('.modal .pagination a[href*="p=2"]')
    assert_soon(lambda: focused(admin), "search-results")

    admin.fill('.modal input[name="q"]', PASTED)
    admin.wait(lambda driver: "belongs to “NHS Jobs”" in admin.text(".modal"))
    check()
    admin.click_on((By.LINK_TEXT, "NHS Jobs"))
    admin.wait_until_gone(".modal")
    fields = [
        admin.driver.find_element(By.ID, f"{ITEM}-{name}") for name in ("shared_link", "path")
    ]
    assert [field.get_attribute("value") for field in fields] == [str(link.pk), "xi/search?q=a&b=c"]
    # The button that opened the modal is hidden now.
    assert_soon(lambda: "w-dropdown" in focused(admin) or "button" in focused(admin), True)


def test_an_address_of_an_unknown_site_makes_a_link_and_inserts_it(
    admin: Admin, open_role: Any, check: Any
) -> None:
    SharedLinkFactory(name="Health Careers", base_url="https://www.healthcareers.nhs.uk/")
    open_role()
    editor = RichText(admin, "body-2-value-prose")
    editor.select("duties")
    editor.open_link_modal()
    assert_soon(lambda: focused(admin), "q")
    admin.fill('.modal input[name="q"]', PASTED)
    admin.wait(lambda driver: "no shared link for jobs.nhs.uk" in admin.text(".modal"))
    check()
    admin.click_on((By.PARTIAL_LINK_TEXT, "New shared link for jobs.nhs.uk"))
    assert_soon(lambda: focused(admin), "shared-link-chooser-name")

    # An address that another link has is refused, and the focus is where the error is.
    address = admin.find('.modal input[name="shared-link-chooser-base_url"]')
    address.clear()
    address.send_keys("http://healthcareers.nhs.uk", Keys.ENTER)
    admin.find(".modal #tab-create a[data-chooser-modal-choice]")
    assert_soon(lambda: focused(admin), "shared-link-chooser-base_url")
    check()

    admin.fill('.modal input[name="shared-link-chooser-base_url"]', "https://www.jobs.nhs.uk/")
    admin.click('.modal #tab-create button[type="submit"]')
    admin.wait_until_gone(".modal")
    assert_soon(editor.links, ["duties"])
    created = SharedLink.objects.get(name="jobs.nhs.uk")
    stored = admin.driver.find_element(By.ID, editor.field_id).get_attribute("value") or ""
    (entity,) = json.loads(stored)["entityMap"].values()
    assert (entity["data"]["sharedLink"], entity["data"]["path"]) == (
        str(created.pk),
        "xi/search?q=a&b=c",
    )
