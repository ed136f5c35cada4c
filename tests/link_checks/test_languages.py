"""The addresses that readers of each language get, and that are checked."""

from typing import Any

import pytest
from wagtail.models import Locale

from tests.factories import RolePageFactory, SharedLinkFactory, body, link_item, shared_link_html
from wagtail_careers.choices import Verdict
from wagtail_careers.link_checks import health
from wagtail_careers.lint.pages import page_findings
from wagtail_careers.models import LinkCheck, SharedLink

pytestmark = pytest.mark.django_db

ENGLISH, WELSH = "https://jobs.example/", "https://swyddi.example/"


@pytest.fixture
def welsh(add_language: Any) -> Locale:
    return add_language("cy")


@pytest.fixture
def link(welsh: Locale) -> SharedLink:
    return SharedLinkFactory(base_url=ENGLISH)


@pytest.fixture
def translation(link: SharedLink, welsh: Locale) -> SharedLink:
    return SharedLinkFactory(
        base_url=WELSH, locale=welsh, translation_key=link.translation_key, name="Swyddi"
    )


@pytest.fixture
def page(link: SharedLink, welsh: Locale, index: Any) -> Any:
    """A Welsh page that names the English link, as a translated page does."""
    duties = shared_link_html(link, "x", "prose")
    in_list = {"links": [link_item(link, path="list")]}
    page = RolePageFactory(parent=index, body=body(duties=duties, application_links=in_list))
    page.locale = welsh
    page.save_revision().publish()
    return page


@pytest.fixture
def _prefixes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses that begin with the language of the page."""
    readers = "wagtail_careers.links.readers"
    monkeypatch.setattr(f"{readers}._addresses_have_languages", lambda: True)


def addresses() -> set[str]:
    return {row.url for row in health.prepare()}


PATHS = ("list", "prose")


@pytest.mark.usefixtures("_prefixes", "page")
class TestPrefixedAddresses:
    def test_page_leads_to_the_live_translation(self, translation: SharedLink) -> None:
        assert addresses() == {ENGLISH, WELSH, *(WELSH + path for path in PATHS)}

    @pytest.mark.usefixtures("translation")
    def test_page_in_the_language_of_the_link_leads_to_it(
        self, publish_role: Any, link: SharedLink
    ) -> None:
        publish_role(body=body(duties=shared_link_html(link, "x", "english")))
        assert f"{ENGLISH}english" in addresses()
        assert f"{WELSH}english" not in addresses()

    def test_page_leads_to_the_link_itself_without_a_live_translation(
        self, translation: SharedLink
    ) -> None:
        translation.live = False
        translation.save()
        assert addresses() == {ENGLISH, WELSH, *(ENGLISH + path for path in PATHS)}

    def test_check_of_one_link_includes_pages_that_name_its_translation(
        self, link: SharedLink, translation: SharedLink
    ) -> None:
        expected = {WELSH, *(WELSH + path for path in PATHS)}
        assert {row.url for row in health.prepare([translation.pk])} == expected
        assert {row.url for row in health.prepare([link.pk])} == {ENGLISH}

    def test_editors_are_told_of_the_dead_address_that_readers_get(
        self, page: Any, link: SharedLink, translation: SharedLink
    ) -> None:
        health.prepare()
        LinkCheck.objects.filter(shared_link=translation, deep_path="prose").update(
            verdict=Verdict.GONE, failing_days=9
        )
        assert health.pages_with_dead_links() == {page.pk}
        (finding,) = [each for each in page_findings(page) if each.rule.id == "link-dead"]
        assert finding.other == f"{WELSH}prose"


@pytest.mark.usefixtures("page", "translation")
class TestOtherAddresses:
    def test_page_leads_to_the_links_of_all_languages(self) -> None:
        """The reader's language is that of the browser, whatever the page."""
        expected = {base + path for base in (ENGLISH, WELSH) for path in ("", *PATHS)}
        assert addresses() == expected

    def test_site_with_one_language_has_no_translations(self, settings: Any) -> None:
        settings.WAGTAIL_I18N_ENABLED = False
        assert addresses() == {ENGLISH, WELSH, *(ENGLISH + path for path in PATHS)}
