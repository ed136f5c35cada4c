"""Words and addresses in attributes are on the page or named, whatever the element."""

import pytest

from tests.importing.reading.test_words import ELEMENTS
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.reading.tree import parse

#: Elements that the parser of browsers removes, and those of which readers see nothing.
UNSEEN = frozenset({"frame", "frameset", "head", "noscript", "style", "template", "title"})
CELLS = frozenset({"caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"})

WORDED = frozenset(
    """
    alt aria-description aria-label data-bs-content data-caption data-content data-original-title
    data-sub-html data-text data-tippy-content data-title data-tooltip label placeholder summary
    title
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
ADDRESSED = frozenset(
    """
    action background cite data-href data-link data-options data-src data-url formaction href
    longdesc ping src value xlink:href
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)


def told(html: str) -> str:
    """Everything that the page, the flags and the library say."""
    content = read_html(html)
    links = (href for href, _text in content.links())
    losses = (str(loss.parameters) for loss in content.losses if loss.code == "attribute")
    media = (str(each) for each in (*content.images, *content.embeds))
    return "\n".join((*(block.text for block in content.blocks), *links, *losses, *media))


def element(tag: str, attribute: str, value: str) -> str:
    html = f'<{tag} {attribute}="{value}"></{tag}>'
    return f"<table>{html}</table>" if tag in CELLS else html


@pytest.mark.parametrize("tag", sorted((ELEMENTS | {"image", "x-tip"}) - UNSEEN))
def test_no_word_and_no_address_of_an_attribute_is_lost(tag: str) -> None:
    for attribute in WORDED:
        assert f"Ask {attribute}" in told(element(tag, attribute, f"Ask {attribute}"))
    for attribute in ADDRESSED:
        address = f"https://{attribute.replace(':', '')}.example/"
        is_of_browser = (tag, attribute) == ("link", "href")
        is_copy = tag in ("image", "img", "source") and attribute.startswith("data-")
        if not is_of_browser and not is_copy:
            assert address in told(element(tag, attribute, address))


@pytest.mark.parametrize(
    "html",
    [
        '<svg><a xlink:href="/apply"><text>Form</text></a></svg>',
        '<svg><a href="/apply"><text>Form</text></a></svg>',
        '<object><param name="movie" value="/apply"></object>',
        '<object data="/apply"></object>',
        '<meta http-equiv="refresh" content="0; url=/apply">',
        "<iframe srcdoc=\"<a href='/apply'>Form</a>\"></iframe>",
        '<map><area href="/apply"></map>',
        '<select><option value="/apply">Form</option></select>',
        '<s><a href="/apply">Form</a></s>',
        "<a href='/form' onclick=\"location.href='/apply'\">Form</a>",
        '<div data-link="/apply">Apply</div>',
        '<div data-settings=\'{"url":"https:\\/\\/old.example\\/apply"}\'>Form</div>',
        '<blockquote cite="/apply">Apply</blockquote>',
        '<img src="data:image/gif;base64,R0" alt="/apply">',
    ],
)
def test_an_address_is_never_lost(html: str) -> None:
    assert "/apply" in told(html)


@pytest.mark.parametrize(
    "html",
    [
        '<div data-toggle="tooltip" data-content="true" data-target="#a" id="b">Text</div>',
        '<div xmlns:v="http://v.example/" itemtype="https://schema.org/Job" class="a b">Text</div>',
        '<div data-class="row col wide">Text</div><a href="javascript:void(0)">Text</a>',
        '<p hidden data-content="Nobody saw this">Text</p>',
        '<template><p title="Nobody saw this">Text</p></template>',
        '<img src="/a.png" srcset="/a-300x200.png 300w" alt="A ward" title="A ward">',
        '<option value="wards">Wards</option><button value="wards">Wards</button>',
    ],
)
def test_what_is_for_programs_is_not_named(html: str) -> None:
    assert [loss for loss in read_html(html).losses if loss.code == "attribute"] == []


def test_the_words_of_an_attribute_are_counted() -> None:
    (loss,) = read_html(f'<p title="{"word " * 3000}">Text</p>').losses
    assert loss.parameters["words"] == "3000"


def test_the_parser_removes_frames() -> None:
    assert all(parse(f"<p>a</p><{tag}>").css_first(tag) is None for tag in ("frame", "frameset"))
