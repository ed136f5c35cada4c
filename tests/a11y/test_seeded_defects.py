"""Eighteen defects that pages have: each is reported under its criterion, on a page of its own."""

import re
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest

from wagtail_careers.testing import browser, content, keyboard, layout

pytestmark = pytest.mark.a11y

LINE = "<p>One sentence of several words, which stands on more than a single line here.</p>"
TINY = "appearance: none; border: 0; height: 10px; padding: 0; width: 10px"
AFTER = "<button>After</button>"


def page(
    main: str, *, css: str = "", title: str = "<title>A page</title>", html: str = " lang='en'"
) -> str:
    return (
        f"<!DOCTYPE html><html{html}>{title}"
        f"<meta name='viewport' content='width=device-width'><style>{css}</style>"
        f"<main><h1>A page</h1>{main}</main></html>"
    )


def trap(condition: str) -> str:
    """Keep the focus in a field when Tab is pressed, as some editors and widgets do."""
    return (
        "<input id='trap' aria-label='Trap'><script>"
        "trap.addEventListener('keydown', (event) => {"
        f"if ({condition}) event.preventDefault() }})</script>"
    )


LOOP = (
    "<div role='dialog' aria-label='Offer'><button id='yes'>Yes</button><button id='no'>No</button>"
    "</div><script>no.addEventListener('keydown', (event) => {"
    "if (event.key === 'Tab') { event.preventDefault(); yes.focus() } })</script>"
)
LISTENER = "<div id='card'>More</div><script>card.addEventListener('click', () => {})</script>"

DEFECTS: list[tuple[str, str, str, str]] = [
    ("no alternative text", "image-alt", "img", page("<img src='data:,' width='9'>")),
    ("no language", "html-has-lang", "html", page(LINE, html="")),
    ("no title", "document-title", "html", page(LINE, title="")),
    ("low contrast", "color-contrast", "p", page("<p style='color: #999'>Pale.</p>")),
    ("skipped heading level", "heading-order", "h4", page("<h4>Deep</h4>")),
    ("empty link", "link-name", "a", page("<a href='#'></a>")),
    (
        "link told by colour alone",
        "link-in-text-block",
        "a",
        page(
            "<p>Read all about <a href='#'>the role</a> on this page.</p>",
            css="p { color: #000 } a { color: #00527a; text-decoration: none }",
        ),
    ),
    (
        "label of another field",
        "4.1.2",
        "#twin",
        page(
            "<label for='twin'>Name</label><input id='twin'><p><input id='twin' class='second'></p>"
        ),
    ),
    (
        "small targets",
        "2.5.8",
        "button",
        page(f"<button style='{TINY}'>a</button><button style='{TINY}'>b</button>"),
    ),
    ("no reflow", "1.4.10", "#wide", page("<div id='wide' style='width: 2000px'>Wide</div>")),
    (
        "clipped text",
        "1.4.12",
        "#box",
        page(
            f"<div id='box'>{LINE[3:-4]}</div>",
            css="#box { height: 3em; line-height: 1.2; overflow: hidden; width: 17em }",
        ),
    ),
    (
        "invisible focus",
        "2.4.7",
        "a",
        page("<a href='#'>A link</a>", css=":focus { outline: none }"),
    ),
    (
        "covered focus",
        "2.4.11",
        "a",
        page(
            "<a href='#'>A link</a><div>A banner</div>",
            css="div { background: #fff; inset: 0; position: fixed }",
        ),
    ),
    (
        "positive tabindex",
        "2.4.3",
        "#late",
        page(f"{AFTER}<a href='#' id='late' tabindex='1'>L</a>"),
    ),
    ("trap in mid-page", "2.1.2", "#trap", page(trap("event.key === 'Tab'") + AFTER)),
    ("trap at the end", "2.1.2", "#trap", page(AFTER + trap("event.key === 'Tab'"))),
    ("loop in mid-page", "2.1.2", "#no", page(f"<a href='#'>A link</a>{LOOP}{AFTER}")),
    ("second title", "1.3.1", "#again", page("<h1 id='again'>Again</h1>")),
    ("clickable element", "2.1.1", "#card", page("<div id='card' onclick='go()'>More</div>")),
    ("clickable by a script", "2.1.1", "#card", page(LISTENER)),
    ("clickable without a role", "4.1.2", "#card", page(LISTENER.replace("id", "tabindex=0 id"))),
    ("placeholder as a label", "3.3.2", "#name", page("<input id='name' placeholder='Name'>")),
]

CLEAN = [
    page(f"<h2>A part</h2>{LINE}<a href='#'>A link</a>{AFTER}<input type='date' aria-label='Day'>"),
    # A dialog that Escape closes, and a text editor that Escape leaves.
    page(
        trap("event.key === 'Tab' && !window.isFree")
        + "<script>trap.addEventListener('keydown', (event) => {"
        "window.isFree = event.key === 'Escape' || window.isFree })</script>" + AFTER
    ),
    page(
        "<div id='card'><p>Read <a href='#'>more</a> there.</p></div>"
        "<script>card.addEventListener('click', () => {})</script>"
        "<label for='name'>Name</label><input id='name' placeholder='Ana'>"
        "<button id='go'><span id='icon'>Go</span></button>"
        "<script>icon.addEventListener('click', () => {});"
        "document.addEventListener('click', () => {})</script>"
    ),
]


def reports(axe: ModuleType, driver: Any, html: str) -> dict[str, list[str]]:
    """The targets of all that is reported, by axe's rule or by the number of the criterion."""
    browser.set_viewport(driver, 320)
    browser.set_theme(driver, browser.LIGHT)
    driver.get(f"data:text/html;charset=utf-8,{quote(html)}")
    found: dict[str, list[str]] = {}
    for finding in axe.check(driver):
        found.setdefault(finding.rule, []).append(finding.target)
    for problem in [*layout.check(driver), *content.check(driver), *keyboard.focus(driver)]:
        found.setdefault(problem.criterion.split()[0], []).append(problem.target)
    return found


@pytest.mark.parametrize(
    ("rule", "target", "html"),
    [pytest.param(*defect[1:], id=defect[0].replace(" ", "-")) for defect in DEFECTS],
)
def test_a_defect_is_reported(
    axe: ModuleType, driver: Any, rule: str, target: str, html: str
) -> None:
    found = reports(axe, driver, html)
    assert rule in found, found
    assert any(re.search(rf"{re.escape(target)}\b", each) for each in found[rule]), found


@pytest.mark.parametrize("html", CLEAN, ids=["page", "editor", "card"])
def test_a_clean_page_reports_nothing(axe: ModuleType, driver: Any, html: str) -> None:
    assert reports(axe, driver, html) == {}
