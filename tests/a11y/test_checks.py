"""The checks report what is wrong: each of these pages has one fault, and one twin without it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import Mock
from urllib.parse import quote

import pytest
from pytest_httpserver import HTTPServer

from wagtail_careers.testing import browser, keyboard, layout
from wagtail_careers.testing.problem import Problem, format_problems

pytestmark = pytest.mark.a11y

Show = Callable[..., Any]

LINES = "<p>One sentence of several words, which stands on more than a single line here.</p>"
SMALL = "appearance: none; border: 0; height: 10px; padding: 0; width: 10px"
LOOKS_THE_SAME = ":focus { outline: none }"
#: A page that can react to keys is walked through with more care.
LISTENS = "<script>addEventListener('keyup', () => {})</script>"
by_each_walk = pytest.mark.parametrize("script", ["", LISTENS], ids=["quick", "careful"])


@pytest.fixture
def show(driver: Any) -> Show:
    """A function that opens a page with this content, without a fault of its own."""

    def show(content: str, css: str = "", width: int = 320) -> Any:
        browser.set_viewport(driver, width)
        browser.set_theme(driver, browser.LIGHT)
        browser.console_errors(driver)
        html = (
            "<!DOCTYPE html><html lang='en'><title>A page</title>"
            f"<meta name='viewport' content='width=device-width'><style>{css}</style>"
            f"<main><h1>A page</h1>{content}</main></html>"
        )
        driver.get(f"data:text/html;charset=utf-8,{quote(html)}")
        return driver

    return show


def criteria(problems: list[Problem]) -> list[str]:
    return [problem.criterion for problem in problems]


class TestAxe:
    @pytest.mark.parametrize(
        ("rule", "content"),
        [
            ("color-contrast", "<p style='color: #999'>Too pale.</p>"),
            pytest.param(
                "color-contrast", "<p style='color: #fff'>Invisible.</p>", id="the-same-colour"
            ),
            ("image-alt", "<img src='data:,' width='9'>"),
            ("link-name", "<a href='#'></a>"),
            ("heading-order", "<h4>Too deep</h4>"),
            (
                "target-size",
                f"<button style='{SMALL}'>a</button><button style='{SMALL}'>b</button>",
            ),
            ("p-as-heading", "<p><b><i>A heading</i></b></p><p>A paragraph, and more of it.</p>"),
        ],
    )
    def test_a_fault_is_found(self, axe: ModuleType, show: Show, rule: str, content: str) -> None:
        found = axe.check(show(content))
        assert [finding.rule for finding in found][:1] == [rule]
        assert {finding.rule for finding in found} == {rule}

    def test_a_finding_says_what_where_and_why(self, axe: ModuleType, show: Show) -> None:
        [finding] = axe.check(show("<img id='photo' src='data:,'>"))
        text = axe.format_findings([finding])
        assert finding.impact == "critical"
        assert finding.target == "#photo"
        for part in (finding.rule, finding.help, finding.help_url, finding.html, finding.summary):
            assert part
            assert part.splitlines()[0] in text

    def test_targets_in_shadow_trees_are_flattened(self, axe: ModuleType, show: Show) -> None:
        content = (
            "<div id='host'><template shadowrootmode='open'><img src='data:,'></template></div>"
        )
        [finding] = axe.check(show(content))
        assert finding.target == "#host img"

    def test_what_axe_cannot_decide_is_kept_apart(self, axe: ModuleType, show: Show) -> None:
        results = axe.run(show("<p style='background: url(data:,)'>On a picture.</p>"))
        assert results.findings == ()
        assert [finding.rule for finding in results.undecided] == ["color-contrast"]

    def test_nothing_wrong_gives_nothing(self, axe: ModuleType, show: Show) -> None:
        driver = show("<p>All is well. <a href='#'>A link</a></p>")
        assert axe.check(driver) == []
        assert axe.format_findings([]) == ""

    def test_another_axe_core_can_be_used(self, axe: ModuleType, show: Show) -> None:
        package = Path(__file__).parents[2] / "node_modules/axe-core"
        if not (package / "axe.min.js").is_file():
            pytest.skip("axe-core is not in node_modules: npm ci")
        driver = show("<p>Words.</p>")
        before = axe.run(driver).engine
        engine = axe.run(driver, script=package / "axe.min.js").engine
        assert engine == json.loads((package / "package.json").read_text())["version"] != before
        assert axe.run(driver).engine == before

    def test_a_missing_file_is_an_error(self, axe: ModuleType, show: Show) -> None:
        with pytest.raises(axe.AxeError, match=r"is not a file\. Give the path of axe.min.js"):
            axe.run(show("<p>Words.</p>"), script=Path("nowhere.js"))

    @pytest.mark.parametrize("text", ["no script", "window.other = 1"])
    def test_a_file_that_is_not_axe_is_an_error(
        self, axe: ModuleType, show: Show, tmp_path: Path, text: str
    ) -> None:
        file = tmp_path / "axe.min.js"
        file.write_text(text)
        with pytest.raises(axe.AxeError, match=r"is not axe-core\. Give the path of axe.min.js"):
            axe.run(show("<p>Words.</p><script>window.axe = { run() {} }</script>"), script=file)

    def test_options_reach_axe_as_they_are(self, axe: ModuleType, show: Show) -> None:
        driver = show("<img id='photo' src='data:,'>")
        options = {"rules": {"image-alt": {"enabled": False}}, "preload": None, "iframes": True}
        assert axe.problems(driver, options=options) == []
        [problem] = axe.problems(driver, options={"preload": False})
        assert problem.criterion == "1.1.1 Non-text Content"
        assert (problem.rule, problem.target) == ("image-alt", "#photo")

    def test_an_old_engine_is_refused(
        self, axe: ModuleType, show: Show, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(axe, "MINIMUM_ENGINE", (99, 0))
        with pytest.raises(axe.AxeError, match="too old"):
            axe.check(show("<p>Words.</p>"))

    def test_a_run_in_which_no_rule_passed_is_refused(self, axe: ModuleType) -> None:
        answer = {"engine": "4.10.2", "passes": [], "violations": [], "incomplete": []}
        driver = Mock(**{"execute_async_script.return_value": answer})
        with pytest.raises(axe.AxeError, match="No rule passed"):
            axe.check(driver)

    def test_a_run_without_rules_is_refused(
        self, axe: ModuleType, show: Show, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(axe, "TAGS", ("wcag9z",))
        with pytest.raises(axe.AxeError, match="non-empty"):
            axe.check(show("<p>Words.</p>"))


class TestReflow:
    @pytest.mark.parametrize(
        "content",
        [
            "<div id='wide' style='width: 2000px'>Wide</div>",
            f"<p id='wide'>{'word' * 40}</p>",
            "<p id='wide' style='position: relative; left: 200px'>Moved to the right a lot.</p>",
            f"<table id='wide'><tr>{'<td><p>Department</p></td>' * 12}</tr></table>",
            f"<table><tr><td><p id='wide'>{'word' * 40}</p></td><td>Short</td></tr></table>",
        ],
    )
    def test_what_makes_the_page_scroll_sideways_is_found(self, show: Show, content: str) -> None:
        [problem] = layout.horizontal_scroll(show(content))
        assert problem.criterion == "1.4.10 Reflow"
        assert problem.target == "#wide"

    def test_a_region_that_scrolls_is_not(self, show: Show) -> None:
        content = "<div style='overflow-x: auto'><div style='width: 2000px'>Wide</div></div>"
        assert layout.horizontal_scroll(show(content)) == []

    def test_the_same_page_may_fit_a_wider_window(self, show: Show) -> None:
        content = "<div style='width: 600px'>Wide</div>"
        assert layout.horizontal_scroll(show(content, width=320))
        assert layout.horizontal_scroll(show(content, width=1280)) == []


class TestTextSpacing:
    @pytest.mark.parametrize(
        "css",
        [
            "#x { height: 3em; line-height: 1.2; overflow: hidden; width: 17em }",
            "#x { display: inline-block; overflow: hidden; white-space: nowrap; width: 280px }",
            "#x { overflow: clip; white-space: nowrap }",
            "html { overflow-x: hidden } #x { white-space: nowrap }",
        ],
    )
    def test_text_that_is_cut_off_is_found(self, show: Show, css: str) -> None:
        problems = layout.clipped_text(show(f"<div id='x'>{LINES[3:-4]}</div>", css))
        assert criteria(problems) == ["1.4.12 Text Spacing"]
        assert "cut off" in problems[0].message

    def test_text_that_covers_other_text_is_found(self, show: Show) -> None:
        content = f"<div style='height: 2em'>{LINES}</div><p>The paragraph below.</p>"
        problems = layout.clipped_text(show(content))
        assert criteria(problems) == ["1.4.12 Text Spacing"]
        assert "overlap" in problems[0].message

    @pytest.mark.parametrize(
        "content",
        [
            LINES,
            f"<div style='height: 3em; overflow: auto'>{LINES}</div><p>The paragraph below.</p>",
            f"<div style='height: 1px; overflow: hidden; width: 1px'>{LINES}</div>",
            f"<div style='clip-path: inset(50%); position: absolute'>{LINES}</div>",
            f"<div style='position: absolute; left: -9999px'>{LINES}</div>",
            f"<div style='visibility: hidden; height: 1em; overflow: hidden'>{LINES}</div>",
            f"<details><summary>More</summary>{LINES}</details>",
        ],
    )
    def test_text_that_can_be_read_or_is_hidden_on_purpose_is_not(
        self, show: Show, content: str
    ) -> None:
        assert layout.clipped_text(show(content)) == []

    def test_the_page_looks_as_before_afterwards(self, show: Show) -> None:
        driver = show(LINES)
        height = "return document.body.scrollHeight"
        before = driver.execute_script(height)
        layout.clipped_text(driver)
        assert driver.execute_script(height) == before


class TestTargetSize:
    def test_small_targets_side_by_side_are_found(self, show: Show) -> None:
        content = f"<button style='{SMALL}'>a</button><button style='{SMALL}'>b</button>"
        problems = layout.small_targets(show(content))
        assert criteria(problems) == ["2.5.8 Target Size (Minimum)"] * 2
        assert "10 by 10" in problems[0].message

    def test_a_small_target_near_a_large_one_is_found(self, show: Show) -> None:
        large = "<button style='height: 40px; width: 90px'>b</button>"
        problems = layout.small_targets(show(f"<button style='{SMALL}' id='a'>a</button>{large}"))
        assert [problem.target for problem in problems] == ["#a"]

    def test_links_of_a_list_that_is_too_dense_are_found(self, show: Show) -> None:
        css = "li { line-height: 16px }"
        content = "<ul><li><a href='#a'>One</a></li><li><a href='#b'>Two</a></li></ul>"
        assert len(layout.small_targets(show(content, css))) == 2

    @pytest.mark.parametrize(
        "content",
        [
            "<p>A <a href='#'>link</a> and <a href='#'>another</a> in a sentence.</p>",
            f"<button style='{SMALL}'>a</button>",
            f"<button style='{SMALL}; margin: 14px'>a</button><button style='{SMALL}'>b</button>",
            "<label><input type='checkbox'></label><label><input type='checkbox'></label>",
            f"<button style='{SMALL}'>a</button><button style='{SMALL}' disabled>b</button>",
        ],
    )
    def test_exceptions_are_not(self, show: Show, content: str) -> None:
        assert layout.small_targets(show(content)) == []


class TestFocus:
    @by_each_walk
    @pytest.mark.parametrize(
        ("criterion", "css", "content"),
        [
            ("2.4.7 Focus Visible", LOOKS_THE_SAME, "<a href='#'>A link</a>"),
            (
                "2.4.7 Focus Visible",
                ":focus { outline: 2px solid transparent }",
                "<a href='#'>A link</a>",
            ),
            (
                "2.4.7 Focus Visible",
                "a { clip-path: inset(50%); position: absolute }",
                "<a href='#'>A link</a>",
            ),
            (
                "1.4.11 Non-text Contrast",
                ":focus { outline: 2px solid #eee }",
                "<a href='#'>A link</a>",
            ),
            ("2.4.3 Focus Order", "", "<p>Before</p><button tabindex='2'>A button</button>"),
            (
                "2.4.3 Focus Order",
                "div { display: flex; flex-direction: row-reverse }",
                "<div><p><a href='#1'>One</a></p><p><a href='#2'>Two</a></p></div>",
            ),
            (
                "2.4.3 Focus Order",
                "div { display: flex; flex-direction: column-reverse }",
                "<div><a href='#1'>One</a><a href='#2'>Two</a></div>",
            ),
            (
                "2.1.2 No Keyboard Trap",
                "",
                "<textarea aria-label='Trap' onkeydown='event.preventDefault()'></textarea>"
                "<a href='#'>Never</a>",
            ),
            (
                "2.4.11 Focus Not Obscured (Minimum)",
                "div { background: #fff; inset: 0; position: fixed }",
                "<a href='#'>A link</a><div>A banner</div>",
            ),
        ],
    )
    def test_a_fault_is_found(
        self, show: Show, criterion: str, css: str, content: str, script: str
    ) -> None:
        assert criteria(keyboard.focus(show(content + script, css))) == [criterion]

    @by_each_walk
    @pytest.mark.parametrize(
        ("css", "content"),
        [
            ("", "<a href='#'>A link</a><button>A button</button><input aria-label='Name'>"),
            (":focus { outline: 2px solid #777 }", "<a href='#'>A link</a>"),
            (f"{LOOKS_THE_SAME} :focus {{ background: #ff0 }}", "<a href='#'>A link</a>"),
            (
                f"{LOOKS_THE_SAME} p:focus-within {{ border: solid }}",
                "<p><a href='#'>A link</a></p>",
            ),
            (
                "a:not(:focus) { clip-path: inset(50%); position: absolute }",
                "<a href='#'>Skip</a>",
            ),
            (
                "",
                "<input type='radio' name='r' aria-label='1'>"
                "<input type='radio' name='r' aria-label='2'><a href='#'>After</a>",
            ),
            (
                "",
                "<a href='#'>A link</a><a href='#' tabindex='-1'>No stop</a>"
                "<p hidden><a href='#'>Not there</a></p>",
            ),
            ("", "<div style='height: 3000px'></div><a href='#'>Far down</a>"),
            (
                "div { display: grid; grid-template-columns: 1fr 1fr }",
                "<div><ul><li><a href='#1'>1</a><li><a href='#2'>2</a></ul>"
                "<p><a href='#3'>3</a></p></div>",
            ),
            (
                "div { display: flex; gap: 1em } ",
                "<div dir='rtl'><p><a href='#1'>One</a></p><p><a href='#2'>Two</a></p></div>",
            ),
        ],
    )
    def test_nothing_wrong_gives_nothing(
        self, show: Show, css: str, content: str, script: str
    ) -> None:
        assert not format_problems(keyboard.focus(show(content + script, css)))

    def test_a_page_where_nothing_listens_is_walked_through_in_one_command(
        self, show: Show, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        press = Mock(wraps=keyboard.press_tab)
        monkeypatch.setattr(keyboard, "press_tab", press)
        links = "".join(f"<p><a href='#{number}'>Link {number}</a></p>" for number in range(9))
        assert keyboard.focus(show(links)) == []
        assert press.call_count == 0
        assert keyboard.focus(show(links + LISTENS)) == []
        assert press.call_count > 9

    def test_a_timer_that_takes_the_focus_back_is_a_trap(self, show: Show) -> None:
        links = "".join(f"<p><a href='#{number}'>Link {number}</a></p>" for number in range(9))
        script = "<script>setInterval(() => document.querySelector('a').focus(), 1)</script>"
        assert "2.1.2 No Keyboard Trap" in criteria(keyboard.focus(show(links + script)))

    def test_a_problem_says_which_criterion_what_and_where(self, show: Show) -> None:
        problems = keyboard.focus(show("<a href='#' id='link'>A link</a>", LOOKS_THE_SAME))
        assert format_problems(problems) == (
            "2.4.7 Focus Visible: this element has no visible focus indicator: #link\n"
            '    <a href="#" id="link">A link</a>\n'
            "    Give it an outline when it has the focus: “:focus-visible”."
        )


class TestBrowser:
    def test_a_page_that_the_browser_shows_instead_is_an_error(self, driver: Any) -> None:
        # Chromium blocks this port, and the driver does not say so.
        with pytest.raises(browser.PageError, match="cannot be opened: net::ERR_UNSAFE_PORT"):
            browser.open_page(driver, "http://127.0.0.1:9/")

    def test_errors_on_the_console_are_read_once(self, show: Show) -> None:
        driver = show("<script>throw new Error('broken')</script>")
        [error] = browser.console_errors(driver)
        assert "broken" in error
        assert browser.console_errors(driver) == []

    def test_missing_files_are_errors_but_for_the_icon_that_nobody_asked_for(
        self, driver: Any, httpserver: HTTPServer
    ) -> None:
        images = "<img src='/favicon.ico' alt=''><img src='/icons/favicon.ico' alt=''>"
        page = f"<!DOCTYPE html><title>A page</title>{images}"
        httpserver.expect_request("/").respond_with_data(page, content_type="text/html")
        httpserver.expect_request(re.compile(r".*\.ico")).respond_with_data(status=404)
        browser.console_errors(driver)
        driver.get(httpserver.url_for("/"))
        [error] = browser.console_errors(driver)
        assert error.startswith(httpserver.url_for("/icons/favicon.ico"))

    def test_what_is_no_error_is_left_out(self, show: Show) -> None:
        assert browser.console_errors(show("<script>console.log('fine')</script>")) == []

    @pytest.mark.parametrize(
        ("theme", "query"),
        [
            (browser.LIGHT, "screen and (prefers-color-scheme: light) and (forced-colors: none)"),
            (browser.DARK, "screen and (prefers-color-scheme: dark) and (forced-colors: none)"),
            (browser.FORCED_COLORS, "screen and (forced-colors: active)"),
            (browser.PRINT, "print"),
        ],
        ids=lambda value: getattr(value, "name", ""),
    )
    def test_a_theme_is_what_the_page_is_told(
        self, show: Show, theme: browser.Theme, query: str
    ) -> None:
        driver = show("<p>Words.</p>")
        browser.set_theme(driver, theme)
        assert driver.execute_script("return matchMedia(arguments[0]).matches", query)

    def test_the_viewport_is_as_narrow_as_asked_for(self, show: Show) -> None:
        driver = show("<p>Words.</p>")
        browser.set_viewport(driver, 320, 256)
        assert driver.execute_script("return [innerWidth, innerHeight]") == [320, 256]
