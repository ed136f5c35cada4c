"""Buttons that lead somewhere are links; attributes for readers are named."""

import pytest

from wagtail_careers.importing.reading.content import link_texts
from wagtail_careers.importing.reading.html import read_html


def links(html: str) -> list[tuple[str, str]]:
    return [each for block in read_html(html).blocks for each in link_texts(block.runs)]


def named(html: str) -> list[tuple[str, ...]]:
    losses = read_html(html).losses
    return [tuple(loss.parameters.values())[:3] for loss in losses if loss.code == "attribute"]


ADDRESS = "https://jobs.example/click"


@pytest.mark.parametrize(
    "html",
    [
        f"<button onclick=\"location.href='{ADDRESS}'\">Apply</button>",
        f"<button onclick='window.location = \"{ADDRESS}\"; return false'>Apply</button>",
        f"<button onclick=\"window.location.assign('{ADDRESS}')\">Apply</button>",
        f"<span onclick=\"window.open('{ADDRESS}', '_blank')\">Apply</span>",
        f'<button data-href="{ADDRESS}">Apply</button>',
        f'<a data-url="{ADDRESS}">Apply</a>',
        f'<a href="#" data-link="{ADDRESS}">Apply</a>',
        f"<a href='javascript:void(0)' onclick=\"location='{ADDRESS}'\">Apply</a>",
        f'<div role="button" data-url="{ADDRESS}">Apply</div>',
        f"<input type=button value=Apply onclick=\"location.href='{ADDRESS}'\">",
        f'<button data-href="{ADDRESS}" aria-label="Apply"><svg></svg></button>',
    ],
)
def test_a_button_with_an_address_is_a_link(html: str) -> None:
    assert links(html) == [(ADDRESS, "Apply")]
    assert named(html) == []


def test_a_script_stays_what_it_is() -> None:
    html = "<button onclick=\"location.href='javascript:alert(1)'\">Apply</button>"
    assert links(html) == [("javascript:alert(1)", "Apply")]  # LinkBook removes and flags it.


@pytest.mark.parametrize(
    ("html", "names"),
    [
        (
            "<form action='https://jobs.example/apply'>Name</form>",
            [("form", "action", "https://jobs.example/apply")],
        ),
        ("<input value='Your name'>", [("input", "value", "Your name")]),
        ("<i data-bs-content='A hint'>i</i>", [("i", "data-bs-content", "A hint")]),
        ("<i data-original-title='A hint'>i</i>", [("i", "data-original-title", "A hint")]),
        ('<i data-settings=\'{"a": "b c"}\'>i</i>', []),
        ("<i data-goto='https://a.example/'>i</i>", [("i", "data-goto", "https://a.example/")]),
        ("<img src=a.png data-permalink='https://a.example/'>", []),
        (
            "<select onchange='go()'><option value='https://a.example/'>A</select>",
            [("option", "value", "https://a.example/")],
        ),
        (
            "<meta http-equiv=refresh content='0;url=https://a.example/'>",
            [("meta", "content", "0;url=https://a.example/")],
        ),
        ("<svg><a href='/b'><text>B</text></a></svg>", [("a", "href", "/b")]),
        ("<svg><a xlink:href='/b'><text>B</text></a></svg>", [("a", "xlink:href", "/b")]),
        (
            "<object><param name=movie value='https://a.example/a.swf'></object>",
            [("param", "value", "https://a.example/a.swf")],
        ),
        ("<video><track src='words.vtt'></video>", [("track", "src", "words.vtt")]),
        (
            "<p hidden><a href='https://a.example/'>A</a></p>",
            [("a", "href", "https://a.example/")],
        ),
        ("<p hidden><a href='/a'>A</a></p><a href='/a'>A</a>", []),
        ("<input type=hidden value='f3a'>", []),
        ("<input type=checkbox value='on'>", []),
        ("<input placeholder='Your name'>", [("input", "placeholder", "Your name")]),
        ("<input type=submit value='Send it'>", [("input", "value", "Send it")]),
        ("<textarea placeholder='Tell us'></textarea>", [("textarea", "placeholder", "Tell us")]),
        ("<select><optgroup label='Wards'><option>4</select>", [("optgroup", "label", "Wards")]),
        (
            "<div data-url='https://share.example/?u=1'>Share</div>",
            [("div", "data-url", "https://share.example/?u=1")],
        ),
        (
            "<button onclick=\"track('https://t.example/x')\">Go</button>",
            [("button", "onclick", "https://t.example/x")],
        ),
        ("<abbr title='Band two'>B2</abbr>", [("abbr", "title", "Band two")]),
        ("<abbr title='band two'>B2</abbr> is Band Two", []),
        ("<a href='/a' title='Apply now'>Apply now</a>", []),
        ("<a href='/a' title='Opens the form'>Apply</a>", [("a", "title", "Opens the form")]),
        (
            "<a href='/a' title='Apply'>x</a>\n<a href='/b' title='Apply'>y</a>",
            [("a", "title", "Apply")],
        ),
        ("<img src=x alt='A ward' title='A ward'>", []),
        ("<p hidden title='Nobody saw'>x</p>", []),
        (
            "<blockquote cite='https://src.example/'>Best</blockquote>",
            [("blockquote", "cite", "https://src.example/")],
        ),
        (
            "<iframe src='/m' title='A day as a porter'></iframe>",
            [("iframe", "title", "A day as a porter")],
        ),
    ],
)
def test_words_and_addresses_of_attributes_are_named(
    html: str, names: list[tuple[str, ...]]
) -> None:
    assert named(html) == names


def test_a_link_without_text_has_its_label() -> None:
    assert links('<a href="https://x.example/" aria-label="Our page"><svg></svg></a>') == [
        ("https://x.example/", "Our page")
    ]


def test_an_address_that_another_link_has_is_not_written_out() -> None:
    html = '<a href="https://x.example/">Card</a> <a href="https://x.example/"><i></i></a>'
    assert links(html) == [("https://x.example/", "Card")]


@pytest.mark.parametrize(
    "html",
    [
        "<s><a href='https://x.example/'>Form</a></s>",
        "<noscript><a href='https://x.example/'>Form</a></noscript>",
        "<p hidden><a href='https://x.example/'>Form</a></p>",
    ],
)
def test_the_address_of_a_link_that_is_left_out_stays_in_the_account(html: str) -> None:
    (block,) = read_html(html).blocks
    assert [(run.text, run.href, run.is_shown) for run in block.runs] == [
        ("Form", "https://x.example/", False)
    ]
    assert links(html) == []
