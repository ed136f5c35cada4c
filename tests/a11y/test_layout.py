"""What axe cannot see: reflow, spacing, size, focus, other directions, media and no scripts."""

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from wagtail.models import Locale

from tests.a11y.conftest import Visit
from tests.a11y.sections import LONG, LONG_WORD, SECTIONS, TYPICAL, Targets, section
from tests.a11y.test_demo_pages import PATHS
from tests.a11y.views import NARROW, WIDE, in_each_theme, in_each_width
from tests.factories import RolePageFactory, child
from wagtail_careers.testing import keyboard, layout
from wagtail_careers.testing.browser import LIGHT, PRINT, Theme, console_errors
from wagtail_careers.testing.problem import format_problems

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]

ROLE = "/roles/clinical-imaging-apprentice/"
LONG_PAGE = "/roles/long/"
SHORT_PAGE = "/roles/short/"
ARABIC_PAGE = "/roles/arabic/"
#: The walk with the Tab key takes its time for each link.
LONG_TEXT = replace(LONG, links=5)
WALKED = ["/", "/roles/", ROLE, "/roles/registered-nurse/", LONG_PAGE]


@pytest.fixture(scope="module", autouse=True)
def _long_page(role_index: Any, targets: Targets) -> None:
    body = [child(name, section(name, LONG_TEXT, targets)) for name in SECTIONS]
    RolePageFactory(parent=role_index, slug="long", title=LONG_WORD, body=body)


@pytest.fixture(scope="module", autouse=True)
def _short_page(role_index: Any, targets: Targets) -> None:
    body = [child(name, section(name, TYPICAL, targets)) for name in ("heading", "duties")]
    RolePageFactory(parent=role_index, slug="short", title="Porter", body=body)


@pytest.fixture(scope="module", autouse=True)
def _arabic_page(role_index: Any) -> None:
    locale, _created = Locale.objects.get_or_create(language_code="ar")
    prose = "<p>أنت تساعد الناس وتتحلى <mark>بالصبر</mark>. <a href='https://example.com/'>وظائف</a></p>"
    body = [
        child("heading", {"introduction": prose}),
        child("person_spec", {"title": "من أنت؟", "prose": prose}),
        child("duties", {"title": "ماذا ستفعل؟", "prose": f"{prose}<ul><li>تنظيف</li></ul>"}),
    ]
    RolePageFactory(parent=role_index, slug="arabic", title="ممرض", locale=locale, body=body)


@in_each_width
@pytest.mark.parametrize("path", [*PATHS, LONG_PAGE, ARABIC_PAGE])
def test_the_layout_holds(visit: Visit, path: str, width: int) -> None:
    driver = visit(path, width)
    assert not format_problems(layout.check(driver))
    assert console_errors(driver) == []


class TestColumns:
    """On a wide screen, the contents list is beside the sections, whatever stands around them."""

    @pytest.fixture
    def role(self, visit: Visit) -> Any:
        """A role page, as a site may have it that adds an element here and there."""
        driver = visit(ROLE, WIDE)
        driver.execute_script(
            "for (const selector of ['.careers-role > header', '.careers-introduction']) {"
            "  document.querySelector(selector).insertAdjacentHTML('afterend', '<p>One more.</p>')"
            "}"
        )
        return driver

    def test_contents_list_is_beside_the_sections(self, role: Any) -> None:
        contents = bounds(role, ".careers-contents")
        sections = bounds(role, ".careers-body > div")
        assert contents["right"] < sections["left"]
        assert contents["top"] == sections["top"]
        for anchor in ("person-spec", "progression"):
            assert bounds(role, f"#{anchor}")["left"] == sections["left"]

    def test_what_comes_before_is_above_both(self, role: Any) -> None:
        introduction, contents = (
            bounds(role, ".careers-introduction"),
            bounds(role, ".careers-contents"),
        )
        assert introduction["left"] == contents["left"]
        assert introduction["bottom"] < contents["top"]

    def test_contents_list_stays_in_view_down_to_the_last_section(self, role: Any) -> None:
        role.execute_script("document.querySelector('#progression').scrollIntoView()")
        contents = bounds(role, ".careers-contents")
        assert 0 <= contents["top"] < contents["bottom"] <= 900

    def test_one_section_alone_leaves_no_empty_column(self, visit: Visit) -> None:
        driver = visit(SHORT_PAGE, WIDE)
        assert not driver.find_elements("css selector", ".careers-contents")
        assert bounds(driver, "#duties")["left"] == bounds(driver, "h1")["left"]

    def test_lines_and_text_end_where_the_page_ends(self, role: Any) -> None:
        width = bounds(role, ".careers-header__name")["left"] + bounds(role, "h1")["left"]
        edge = bounds(role, "html")["right"] - width / 2
        for selector in ("#person-spec", "#person-spec .careers-prose", ".careers-links"):
            assert bounds(role, selector)["right"] == edge, selector

    def test_on_a_phone_it_is_above_them(self, visit: Visit) -> None:
        driver = visit(ROLE, NARROW)
        contents, sections = bounds(driver, ".careers-contents"), bounds(driver, "#person-spec")
        assert contents["left"] == sections["left"]
        assert contents["bottom"] < sections["top"]


class TestCards:
    """The link of a card covers all of it."""

    @in_each_width
    @pytest.mark.parametrize(
        ("path", "card"), [(ROLE, ".careers-links__item"), ("/roles/", ".careers-roles__item")]
    )
    def test_a_click_anywhere_on_a_card_follows_its_link(
        self, visit: Visit, path: str, card: str, width: int
    ) -> None:
        driver = visit(path, width)
        script = (
            "const card = document.querySelector(arguments[0]);"
            "card.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const {left, top, width, height} = card.getBoundingClientRect();"
            "return [0.02, 0.5, 0.98].flatMap((x) => [0.05, 0.5, 0.95].map((y) =>"
            "  document.elementFromPoint(left + x * width, top + y * height)"
            "  === card.querySelector('a')))"
        )
        assert driver.execute_script(script, card) == [True] * 9

    def test_focus_is_around_the_card(self, visit: Visit) -> None:
        driver = visit("/roles/", WIDE)
        driver.execute_script(
            "document.querySelector('.careers-roles a').focus({focusVisible: true})"
        )
        style = "return getComputedStyle(document.querySelector(arguments[0])).outlineStyle"
        assert driver.execute_script(style, ".careers-roles__item") == "solid"
        assert driver.execute_script(style, ".careers-roles__item a") == "none"


def test_the_way_to_apply_is_in_the_first_view_of_a_phone(visit: Visit) -> None:
    driver = visit(ROLE, 360)
    link = driver.find_element("link text", "How do I apply?")
    assert 0 < bounds(driver, ".careers-action a")["bottom"] <= 740
    link.click()
    assert driver.current_url.endswith("#application-links")


@in_each_theme
@in_each_width
@pytest.mark.parametrize("path", [*WALKED, ARABIC_PAGE])
def test_tab_reaches_everything_and_focus_shows(
    visit: Visit, path: str, width: int, theme: Theme
) -> None:
    driver = visit(path, width, theme)
    assert not format_problems(keyboard.focus(driver))


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    driver = visit(ROLE, NARROW)
    keyboard.press_tab(driver)
    assert driver.switch_to.active_element.get_attribute("href").endswith("#main")
    assert driver.switch_to.active_element.is_displayed()
    keyboard.press_enter(driver)
    assert driver.switch_to.active_element.get_attribute("id") == "main"


class TestLanguage:
    """WCAG 3.1.1 Language of Page."""

    @pytest.fixture
    def french_reader(self, driver: Any) -> Any:
        headers = "Network.setExtraHTTPHeaders"
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd(headers, {"headers": {"Accept-Language": "fr"}})
        yield driver
        driver.execute_cdp_cmd(headers, {"headers": {}})
        driver.execute_cdp_cmd("Network.disable", {})

    @pytest.mark.parametrize("path", ["/", "/roles/", ROLE])
    def test_it_is_that_of_the_words_and_not_the_reader_s(
        self, french_reader: Any, visit: Visit, path: str
    ) -> None:
        driver = visit(path)
        assert html_attribute(driver, "lang") == "en-gb"
        assert "Skip to main content" in driver.page_source

    def test_arabic_runs_from_right_to_left(self, visit: Visit) -> None:
        driver = visit(ARABIC_PAGE, WIDE)
        assert html_attribute(driver, "lang") == "ar"
        assert html_attribute(driver, "dir") == "rtl"
        title, page = bounds(driver, "h1"), bounds(driver, "main")
        assert page["right"] - title["right"] < title["left"] - page["left"]

    @in_each_theme
    @in_each_width
    def test_axe_finds_nothing_in_arabic(
        self, axe: ModuleType, visit: Visit, width: int, theme: Theme
    ) -> None:
        results = axe.run(visit(ARABIC_PAGE, width, theme))
        assert not results.findings, axe.format_findings(results.findings)
        assert not results.undecided, axe.format_findings(results.undecided)


class TestPrint:
    def test_addresses_of_other_sites_are_printed(self, visit: Visit) -> None:
        driver = visit(ROLE, theme=PRINT)
        printed = {
            link["href"]: link["after"]
            for link in driver.execute_script(
                "return [...document.querySelectorAll('main a')].map((a) => ({"
                "  href: a.getAttribute('href'), after: getComputedStyle(a, '::after').content}))"
            )
        }
        away = {href: after for href, after in printed.items() if href.startswith("http")}
        assert len(away) > 3
        assert away == {href: f'" ({href})"' for href in away}
        assert {after for href, after in printed.items() if href.startswith("#")} == {"none"}
        inside = {href: after for href, after in printed.items() if href.startswith("/")}
        assert inside
        assert inside == {href: f'" (http://localhost{href})"' for href in inside}

    def test_the_site_the_address_and_the_date_are_printed(self, visit: Visit) -> None:
        script = (
            "return ['::before', '::after'].map((part) => getComputedStyle("
            "  document.querySelector('.careers-print-source'), part).content)"
        )
        name, source = visit(ROLE, theme=PRINT).execute_script(script)
        assert name == '"Westmoor Health and Care"'
        assert source.startswith(f'"http://localhost{ROLE} · Last updated ')
        assert visit(ROLE, theme=LIGHT).execute_script(script) == ["none", "none"]

    def test_they_are_not_on_the_screen(self, visit: Visit) -> None:
        driver = visit(ROLE, theme=LIGHT)
        script = (
            "return [...document.querySelectorAll('main a[href^=http]')]"
            ".map((a) => getComputedStyle(a, '::after').content)"
        )
        assert set(driver.execute_script(script)) == {"none"}

    def test_navigation_is_left_out_and_words_are_not(self, visit: Visit) -> None:
        driver = visit(ROLE, theme=PRINT)
        hidden = ["nav", ".careers-header", ".careers-footer", ".careers-skip-link"]
        hidden.append(".careers-action")
        for selector in hidden:
            found = driver.find_elements("css selector", selector)
            assert found
            assert not any(element.is_displayed() for element in found), selector
        for selector in ["h1", "h2[id$='-title']:not(nav *)", "mark", ".careers-links__name"]:
            found = driver.find_elements("css selector", selector)
            assert found
            assert all(element.is_displayed() for element in found), selector

    def test_notes_and_facts_are_not_larger_than_the_text(self, visit: Visit) -> None:
        driver = visit(ROLE, theme=PRINT)
        text_size = font_size(driver, ".careers-section .careers-prose")
        for selector in (
            ".careers-role__alternatives",
            ".careers-links__facts",
            ".careers-links__note",
            ".careers-steps__relation",
            ".careers-steps__note",
        ):
            assert font_size(driver, selector) < text_size, selector

    def test_the_page_fits_the_paper(self, visit: Visit) -> None:
        driver = visit(LONG_PAGE, width=718, theme=PRINT)  # A4 between margins of a centimetre.
        assert not format_problems(layout.horizontal_scroll(driver))


class TestWithoutScripts:
    @pytest.mark.parametrize("path", WALKED)
    def test_the_page_says_the_same(self, visit: Visit, driver: Any, path: str) -> None:
        with_scripts = text(visit(path))
        switch = "Emulation.setScriptExecutionDisabled"
        driver.execute_cdp_cmd(switch, {"value": True})
        try:
            without_scripts = text(visit(path))
        finally:
            driver.execute_cdp_cmd(switch, {"value": False})
        assert len(with_scripts) > 200
        assert without_scripts == with_scripts

    @pytest.mark.parametrize("path", WALKED)
    def test_there_are_none(self, visit: Visit, path: str) -> None:
        driver = visit(path)
        assert driver.find_elements("css selector", "script:not([type$='json'])") == []


def html_attribute(driver: Any, name: str) -> str:
    return str(driver.find_element("css selector", "html").get_attribute(name))


def bounds(driver: Any, selector: str) -> Any:
    script = "return document.querySelector(arguments[0]).getBoundingClientRect().toJSON()"
    return driver.execute_script(script, selector)


def font_size(driver: Any, selector: str) -> float:
    script = "return getComputedStyle(document.querySelector(arguments[0])).fontSize"
    return float(driver.execute_script(script, selector).removesuffix("px"))


def text(driver: Any) -> str:
    return str(driver.execute_script("return document.body.innerText"))
