"""An editor looks after a shared link: its use, its deletion, its replacement."""

from types import ModuleType
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.e2e.admin import Admin, assert_soon_in
from tests.factories import SharedLinkFactory, body, link_item, shared_link_html
from wagtail_careers.choices import Verdict
from wagtail_careers.models import LinkCheck, SharedLink

pytestmark = [pytest.mark.e2e]

#: What Wagtail puts around the results of any list that is narrowed down, and how it does it.
WAGTAILS_OWN = [["h2[role=alert]"], [".w-slim-header-action-button"]]


@pytest.fixture
def check(admin: Admin, axe: ModuleType) -> Any:
    """A function that runs axe on the page that the admin shows."""

    def check() -> None:
        findings = axe.check(admin.driver, {"exclude": WAGTAILS_OWN})
        assert not findings, axe.format_findings(findings)

    return check


def test_link_in_use_is_not_deleted_but_replaced(
    admin: Admin, publish_role: Any, check: Any
) -> None:
    old = SharedLinkFactory(name="Old Jobs", base_url="https://old.example/")
    SharedLinkFactory(name="New Jobs", base_url="https://new.example/")
    nurse = publish_role(
        title="Nurse", body=body(duties=f"<p>{shared_link_html(old, 'jobs', 'nursing')}</p>")
    )
    cook = publish_role(title="Cook", body=body(application_links={"links": [link_item(old)]}))

    admin.open(f"/admin/careers/shared-links/usage/{old.pk}/")
    table = admin.text("main table")
    assert "Nurse" in table
    assert "nursing" in table
    check()

    admin.open(f"/admin/careers/shared-links/delete/{old.pk}/")
    assert "Nothing was deleted" in admin.text()
    check()
    assert SharedLink.objects.filter(pk=old.pk).exists()

    admin.follow((By.PARTIAL_LINK_TEXT, "Replace link"))
    check()
    admin.open_modal((By.XPATH, "//button[contains(., 'Choose shared link')]"))
    admin.choose_shared_link_in_modal("New Jobs")
    admin.wait_until_gone(".modal")
    admin.follow((By.XPATH, "//button[.='Review pages']"))
    assert "https://new.example/nursing" in admin.text()
    check()

    admin.click_on((By.XPATH, "//label[contains(., 'selected below')]"))
    admin.click(f"#without-path-{nurse.pk}")
    admin.follow((By.XPATH, "//button[.='Replace link']"))
    assert_soon_in(admin.text, "The replacement is finished.", "Published: 2")
    check()

    for page in (nurse, cook):
        admin.open(page.url)
        main = admin.find("main").get_attribute("innerHTML")
        assert 'href="https://new.example/"' in main
        assert "old.example" not in main


def test_retired_link_leads_to_its_successor(admin: Admin, publish_role: Any, check: Any) -> None:
    new = SharedLinkFactory(name="New Jobs", base_url="https://new.example/")
    old = SharedLinkFactory(name="Old Jobs", base_url="https://old.example/", successor=new)
    admin.open(f"/admin/careers/shared-links/edit/{old.pk}/")
    assert "was replaced by “New Jobs”" in admin.text()
    admin.follow((By.LINK_TEXT, "Restore this link"))
    check()
    admin.follow((By.XPATH, "//button[.='Restore this link']"))
    assert_soon_in(admin.messages, "Editors can choose")
    old.refresh_from_db()
    assert old.successor is None


def test_links_that_need_attention_are_found_and_put_right(admin: Admin, check: Any) -> None:
    link = SharedLinkFactory(name="Old Jobs", base_url="https://old.example/")
    dead = SharedLinkFactory(name="Dead Jobs", base_url="https://dead.example/")
    for each, verdict, final_url, days in (
        (link, Verdict.MOVED, "https://new.example/", 0),
        (dead, Verdict.GONE, "", 3),
    ):
        LinkCheck.objects.create(
            shared_link=each,
            url=each.base_url,
            verdict=verdict,
            final_url=final_url,
            failing_days=days,
        )

    admin.open("/admin/")
    check()
    admin.follow((By.PARTIAL_LINK_TEXT, "2 link addresses need attention"))
    assert "https://new.example/" in admin.text()
    check()

    admin.follow((By.CSS_SELECTOR, 'button[aria-label^="Accept new address for"]'))
    assert_soon_in(admin.messages, "1 new address accepted.")
    link.refresh_from_db()
    assert link.base_url == "https://new.example/"

    admin.follow((By.CSS_SELECTOR, 'a[aria-label="Ignore https://dead.example/"]'))
    check()
    admin.fill("#id_ignored_because", "The site is being rebuilt.")
    admin.follow((By.XPATH, "//button[.='Ignore address']"))
    assert "being rebuilt" in admin.text()
    assert not LinkCheck.objects.needing_attention().exists()

    for page in ("accept", "check"):
        admin.open(f"/admin/reports/link-health/{page}/")
        check()
    admin.open("/admin/careers/shared-links/")
    check()


def test_links_of_a_section_say_in_what_state_they_are(admin: Admin, publish_role: Any) -> None:
    working = SharedLinkFactory(name="New Jobs", base_url="https://new.example/")
    draft = SharedLinkFactory(name="Draft Jobs", live=False)
    dead = SharedLinkFactory(name="Dead Jobs", base_url="https://dead.example/")
    LinkCheck.objects.create(
        shared_link=dead,
        deep_path="gone",
        url=dead.url_for("gone"),
        verdict=Verdict.GONE,
        failing_days=3,
    )
    items = [link_item(dead, "gone"), link_item(draft), link_item(working)]
    role = publish_role(body=body(application_links={"links": items}))

    def are(*states: str) -> Any:
        """A condition: these are the states that are shown beside the links, empty for none."""
        selector = '[data-controller="careers-link-state"]'
        return lambda driver: (
            [found.text for found in driver.find_elements(By.CSS_SELECTOR, selector)]
            == list(states)
        )

    admin.open(f"/admin/pages/{role.pk}/edit/")
    admin.wait(are("Does not work", "Not published yet", ""))

    # The address itself works, which pages without the path lead to.
    path = admin.driver.find_element(By.ID, "body-4-value-links-0-value-path")
    path.send_keys("-no-more", Keys.TAB)
    admin.wait(are("", "Not published yet", ""))

    chooser = "#body-4-value-links-1-value-shared_link-chooser"
    admin.click(f'{chooser} [data-w-dropdown-target="toggle"]')
    admin.open_modal((By.CSS_SELECTOR, f"{chooser} .chosen [data-chooser-action-choose]"))
    admin.choose_shared_link_in_modal("New Jobs")
    admin.wait(are("", "", ""))


def test_dead_path_is_changed_on_all_pages_and_the_change_is_listed(
    admin: Admin, publish_role: Any, check: Any
) -> None:
    link = SharedLinkFactory(name="Jobs", base_url="https://www.jobs.example/")
    LinkCheck.objects.create(
        shared_link=link,
        deep_path="gone",
        url=link.url_for("gone"),
        verdict=Verdict.GONE,
        failing_days=3,
    )
    page = publish_role(title="Nurse", body=body(duties=shared_link_html(link, "jobs", "gone")))

    admin.open("/admin/reports/link-health/")
    admin.follow((By.LINK_TEXT, "Change this path on all pages"))
    assert "Nurse" in admin.text()
    admin.fill("#id_path", "http://jobs.example/here?page=2")
    admin.follow((By.XPATH, "//button[.='Change path on all pages']"))
    assert_soon_in(admin.text, "The replacement is finished.", "Published: 1")
    check()

    admin.follow((By.LINK_TEXT, "See all replacements"))
    (row,) = admin.driver.find_elements(By.CSS_SELECTOR, "main table tbody tr")
    for text in ("https://www.jobs.example/gone", "https://www.jobs.example/here?page=2", "editor"):
        assert text in row.text
    admin.open(page.url)
    assert 'href="https://www.jobs.example/here?page=2"' in admin.driver.page_source
