"""An editor composes a role page in the admin, from the text of a real post."""

from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By

from tests.e2e.admin import Admin, RichText, assert_soon, assert_soon_in
from tests.e2e.post import Link, Section, read_sections
from tests.factories import SECTIONS, RoleCategoryFactory, SharedLinkFactory
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage

pytestmark = [pytest.mark.e2e]

CREATED_IN_THE_MODAL = "Health Careers"
FIELDS = dict.fromkeys(SECTIONS, "prose") | {"heading": "introduction"}


@pytest.fixture
def sections(imaging_post: Any) -> dict[str, Section]:
    """The post's sections by the names of ours: both have them in the same order."""
    return dict(zip(SECTIONS, read_sections(imaging_post), strict=True))


def test_an_imaging_role_is_composed_published_and_read(
    admin: Admin, index: Any, sections: dict[str, Section], axe: ModuleType
) -> None:
    RoleCategoryFactory(name="Apprenticeships", slug="apprenticeships", is_apprenticeship=True)
    for link in all_links(sections):
        if link.text != CREATED_IN_THE_MODAL:
            SharedLinkFactory(name=link.text, base_url=site_of(link.url))

    admin.open(f"/admin/pages/add/wagtail_careers_pages/rolepage/{index.pk}/")
    admin.fill_title("Clinical imaging apprentice")
    admin.choose_option("#id_category", "Apprenticeships")
    for number, (name, section) in enumerate(sections.items()):
        if section.title:
            admin.fill(f"#body-{number}-value-title", section.title)
        compose(RichText(admin, f"body-{number}-value-{FIELDS[name]}"), section)
    admin.wait_until_saved()
    admin.publish()
    assert_soon_in(admin.messages, "published")

    page = RolePage.objects.get(title="Clinical imaging apprentice")
    assert_read_as_composed(admin, page, sections)
    assert_derived(page, sections)
    findings = axe.check(admin.driver)
    assert not findings, axe.format_findings(findings)


def compose(editor: RichText, section: Section) -> None:
    """Type a section's text, highlight its traits, and make its links shared links."""
    editor.type(*section.paragraphs)
    assert_soon(editor.stored_text, list(section.paragraphs))
    for number, trait in enumerate(section.traits):
        editor.select(trait)
        # One way and the other, as editors do.
        if number % 2:
            editor.press_button("TRAIT")
        else:
            editor.press_trait_shortcut()
    assert_soon(editor.marks, list(section.traits))
    for link in section.links:
        editor.select(link.text)
        editor.open_link_modal()
        if link.text == CREATED_IN_THE_MODAL:
            editor.admin.create_shared_link_in_modal(link.text, site_of(link.url))
        else:
            editor.admin.choose_shared_link_in_modal(link.text)
        editor.admin.finish_shared_link_modal(path_of(link.url))
    assert_soon(editor.links, [link.text for link in section.links])


def assert_read_as_composed(admin: Admin, page: RolePage, sections: dict[str, Section]) -> None:
    admin.driver.delete_all_cookies()  # Readers are not logged in.
    admin.open(page.get_url())
    main = admin.find("main")
    shown = " ".join(main.text.split())
    for section in sections.values():
        assert section.title in shown
        for paragraph in section.paragraphs:
            assert " ".join(paragraph.split()) in shown
    hrefs = {
        (a.text, a.get_attribute("href"))
        for a in main.find_elements(By.CSS_SELECTOR, ".careers-prose a")
    }
    assert hrefs == {(link.text, link.url) for link in all_links(sections)}
    listed = [item.text for item in main.find_elements(By.CSS_SELECTOR, ".careers-traits li")]
    assert [trait.lower() for trait in listed] == [
        trait.lower() for trait in sections["person_spec"].traits
    ]


def assert_derived(page: RolePage, sections: dict[str, Section]) -> None:
    assert [row.trait.name for row in page.role_traits.select_related("trait")] == list(
        sections["person_spec"].traits
    )
    created = SharedLink.objects.get(name=CREATED_IN_THE_MODAL)
    assert created.live
    assert created.latest_revision is not None
    assert page.summary


def all_links(sections: dict[str, Section]) -> list[Link]:
    return [link for section in sections.values() for link in section.links]


def site_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def path_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
