"""Defects of the site's base template: a role page has one with ``?defect=`` and its name."""

from dataclasses import dataclass
from typing import Any

VIEWPORT = "width=device-width, initial-scale=1"


@dataclass(frozen=True)
class Defect:
    """What is wrong, and what a test has to say of it.

    ``expected`` is the number of the criterion, or the rule if there is none, and ``also`` a best
    practice that it breaks besides. ``html`` is at the end of the page, ``before`` at its start.
    """

    expected: str = ""
    target: str = ""
    html: str = ""
    mode: str = "light"
    before: str = ""
    css: str = ""
    head: str = ""
    viewport: str = VIEWPORT
    has_lang: bool = True
    has_title: bool = True
    also: str = ""


AFTER = "<button type='button'>After</button>"
WORDS = "One sentence of several words, which stands on more than a single line here."
TINY = "appearance: none; border: 0; height: 10px; padding: 0; width: 10px"
TRAP = """<p><label for='trap'>Trap</label><input id='trap'></p><script>
document.getElementById('trap').addEventListener('keydown', (event) => {
  if (event.key === 'Tab') event.preventDefault();
});</script>"""
LOOP = """<div role='dialog' aria-label='Offer'>
<button type='button' id='yes'>Yes</button> <button type='button' id='no'>No</button></div><script>
document.getElementById('no').addEventListener('keydown', (event) => {
  if (event.key !== 'Tab') return;
  event.preventDefault();
  document.getElementById('yes').focus();
});</script>"""
DIV = "<div id='card'>More</div>"
LISTEN = "<script>document.getElementById('card').addEventListener('click', () => {})</script>"
TWINS = """<p><label for='twin'>Name</label> <input id='twin'></p>
<p><input id='twin' class='second'></p>"""

DEFECTS = {
    "contrast": Defect("1.4.3", "#pale", "<p id='pale' style='color: #999'>Pale.</p>"),
    "contrast-in-dark": Defect(
        "1.4.3",
        "#pale",
        "<p id='pale'>Dark.</p>",
        mode="dark",
        css="@media (prefers-color-scheme: dark) { .box { background: #222 } }",
    ),
    "no-label": Defect("4.1.2", "#name", "<input id='name'>"),
    "placeholder-label": Defect("3.3.2", "#name", "<input id='name' placeholder='Name'>"),
    "stolen-label": Defect("4.1.2", "#twin", TWINS),
    "trap-at-the-end": Defect("2.1.2", "#trap", TRAP),
    "trap-in-the-middle": Defect("2.1.2", "#trap", before=TRAP),
    "loop-in-the-middle": Defect("2.1.2", "#no", before=LOOP),
    "clipped-text": Defect(
        "1.4.12",
        "#box",
        f"<div id='box'>{WORDS}</div>",
        mode="text-spacing",
        css="#box { height: 3em; line-height: 1.2; overflow: hidden; width: 17em }",
    ),
    "text-cut-at-zoom": Defect(
        "1.4.4",
        "#box",
        f"<div id='box'>{WORDS}</div>",
        mode="zoom",
        css="#box { overflow: hidden; white-space: nowrap; width: 50vw }",
    ),
    "zoom-disabled": Defect("1.4.4", "meta", viewport=f"{VIEWPORT}, user-scalable=no"),
    "sideways-scroll": Defect(
        "1.4.10", "#wide", "<div id='wide' style='width: 700px'>Wide</div>", mode="narrow"
    ),
    "sideways-scroll-right-to-left": Defect(
        "1.4.10",
        "#wide",
        "<p id='wide'>Wide</p>",
        mode="right-to-left",
        css="[dir=rtl] #wide { margin-left: -300px }",
    ),
    "second-title": Defect("1.3.1", "#again", "<h1 id='again'>Again</h1>"),
    "clickable-div": Defect("2.1.1", "#card", DIV.replace(">More", " onclick='go()'>More")),
    "clickable-by-a-script": Defect("2.1.1", "#card", DIV + LISTEN),
    "clickable-link-without-an-address": Defect("2.1.1", "#card", "<a id='card'>More</a>" + LISTEN),
    "clickable-without-a-role": Defect(
        "4.1.2",
        "#card",
        DIV.replace("id", "tabindex='0' id") + LISTEN,
        also="focus-order-semantics",
    ),
    "no-alt": Defect("1.1.1", "#photo", "<img id='photo' src='data:,' width='9'>"),
    "empty-link": Defect("2.4.4", "#empty", "<a id='empty' href='#'></a>"),
    "empty-button": Defect("4.1.2", "#empty", "<button type='button' id='empty'></button>"),
    "zero-width-button": Defect(
        "4.1.2", "#empty", "<button type='button' id='empty'>&#8288;</button>"
    ),
    "zero-width-link": Defect("2.4.4", "#empty", "<a id='empty' href='#'>&#8203;</a>"),
    "zero-width-heading": Defect("2.4.6", "#empty", "<h2 id='empty'>&shy;</h2>"),
    "same-name": Defect(
        "2.4.4",
        "#two",
        "<ul><li><a href='/one/'>Apply</a></li><li><a id='two' href='/two/'>Apply</a></li></ul>",
    ),
    "same-heading": Defect(
        "same-heading", "#two", "<h2>Pay</h2><p>Much.</p><h2 id='two'>Pay</h2><p>More.</p>"
    ),
    "link-told-by-colour": Defect(
        "1.4.1",
        "#told",
        "<p>Read all about <a id='told' href='#'>the role</a> on this page.</p>",
        css="#told { color: #00527a; text-decoration: none }",
    ),
    "no-lang": Defect("3.1.1", "html", has_lang=False),
    "no-title": Defect("2.4.2", "html", has_title=False),
    "focus-moved-past": Defect(
        "2.1.1",
        "#inner",
        "<p><a id='link' href='#'>A link</a></p><p id='box'><a id='inner' href='#'>Inner</a></p>"
        "<script>link.addEventListener('keydown', (event) => { if (event.key === 'Tab')"
        " box.inert = true })</script>",
    ),
    "invisible-focus": Defect(
        "2.4.7", "#link", "<a id='link' href='#'>A link</a>", css="#link:focus { outline: none }"
    ),
    "focus-by-a-shadow": Defect(
        "2.4.7",
        "#link",
        "<a id='link' href='#'>A link</a>",
        mode="forced-colors",
        css="#link:focus { box-shadow: 0 0 0 3px #b3400a; outline: none }",
    ),
    "pale-focus": Defect(
        "1.4.11",
        "#link",
        "<a id='link' href='#'>A link</a>",
        css="#link:focus { outline: 3px solid #eee }",
    ),
    "focus-order": Defect(
        "2.4.3", "#late", "<a id='late' href='#' tabindex='1'>Late</a>", also="tabindex"
    ),
    "covered-focus": Defect(
        "2.4.11",
        "#link",
        "<a id='link' href='#'>A link</a><div id='cover'>A banner</div>",
        css="#cover { background: #fff; bottom: 0; height: 50vh; position: fixed; width: 100% }"
        "#link { bottom: 9px; position: fixed }",
    ),
    "small-targets": Defect(
        "2.5.8",
        "button",
        f"<button type='button' style='{TINY}'>a</button>"
        f"<button type='button' style='{TINY}'>b</button>",
    ),
    "endless-motion": Defect(
        "2.2.2",
        "#moves",
        "<p id='moves'>News</p>",
        mode="reduced-motion",
        css="@keyframes go { to { transform: translateX(9px) } }"
        "#moves { animation: go 1s infinite }",
    ),
    "words-by-a-script": Defect(
        "needs-scripts",
        "body",
        "<p id='words'></p><script>words.textContent = 'Late words'</script>",
        mode="no-javascript",
    ),
    "too-wide-for-paper": Defect(
        "print-width", "#wide", "<div id='wide' style='width: 900px'>Wide</div>", mode="print"
    ),
    "third-party": Defect(
        "third-party",
        "#pixel",
        "<iframe id='pixel' title='Map' loading='lazy' hidden src='https://maps.example/'></iframe>",
    ),
    # Not before the console was read: an image that is missing is an error, too.
    "third-party-later": Defect(
        "third-party",
        "#later",
        "<script>addEventListener('keydown', () => document.body.insertAdjacentHTML("
        "'beforeend', '<img id=later alt src=https://maps.example/>'), { once: true })</script>",
    ),
    "console-error": Defect("console-error", "", "<script>throw new Error('broken')</script>"),
    "content-security-policy": Defect(
        "content-security-policy",
        "",
        "<img src='/static/photo.png' alt='A loaf'>",
        head="<meta http-equiv='Content-Security-Policy' content=\"img-src 'none'\">",
    ),
}


#: What looks like a defect, and is none.
HARMLESS = {
    "nothing": Defect(),
    "field-with-a-label": Defect(
        html="<label for='name'>Name</label> <input id='name' placeholder='Ana'>"
        "<input type='date' aria-label='Day'>"
    ),
    # A text editor that Escape leaves.
    "editor": Defect(
        html="<p><label for='editor'>Text</label> <input id='editor'></p><script>{"
        "let isFree = false;"
        "document.getElementById('editor').addEventListener('keydown', (event) => {"
        "isFree ||= event.key === 'Escape';"
        "if (event.key === 'Tab' && !isFree) event.preventDefault() }) }</script>" + AFTER
    ),
    "card-around-a-link": Defect(
        html="<div id='card'><p>Read <a href='#'>more</a> there.</p></div>" + LISTEN
    ),
    "icon-in-a-button": Defect(
        html="<button type='button'><span id='icon'>Go</span></button><script>"
        "icon.addEventListener('click', () => {});"
        "document.addEventListener('click', () => {})</script>"
    ),
    "same-name-in-other-words": Defect(
        html="<ul><li>Nurse: <a href='/one/'>apply</a></li><li>Cook: <a href='/two/'>apply</a></li>"
        "<li>Nurse: <a href='/one/'>apply</a></li></ul>"
    ),
    "same-heading-elsewhere": Defect(
        html="<h2>Nurse</h2><h3>Pay</h3><p>A.</p><h2>Cook</h2><h3>Pay</h3><p>B.</p>"
    ),
    "short-motion": Defect(
        html="<p id='moves'>News</p>",
        css="@keyframes go { to { transform: translateX(9px) } } #moves { animation: go 1s }",
    ),
    "button-by-a-script": Defect(
        html="<p id='place'></p><script>place.innerHTML = '<button>Copy</button>'</script>"
    ),
    "icon-without-text": Defect(
        html="<a href='#'><svg role='img' aria-label='Home' width='30' height='30'></svg></a>"
    ),
}


def defect_of(request: Any) -> dict[str, Defect]:
    """Give the templates the defect in the page's address: ``?defect=``, or the whole path."""
    name = request.GET.get("defect", request.path.strip("/"))
    return {"defect": {**DEFECTS, **HARMLESS}.get(name, Defect())}
