"""What says nothing is not stored, and does not reach readers."""

import pytest

from wagtail_careers.rich_text.cleaning import without_empty_elements, without_empty_text

LINK = '<a href="https://a.example/">'
INVISIBLE = [
    "",
    " ",
    "\xa0",
    "&nbsp;",
    "&#8203;",
    "\u200b",
    "\u00ad",
    "\u200e\u2069",
    "&shy;",
    "<br/>",
]


@pytest.mark.parametrize("nothing", INVISIBLE)
@pytest.mark.parametrize("clean", [without_empty_elements, without_empty_text])
class TestElementsWithoutVisibleText:
    def test_links_and_styles_are_unwrapped(self, clean, nothing: str) -> None:
        for start, end in [(LINK, "</a>"), ("<mark>", "</mark>"), ("<b>", "</b>")]:
            html = f"<p>Work{start}{nothing}{end}here</p>"
            assert clean(html) == f"<p>Work{nothing}here</p>"

    def test_styles_inside_a_link_are_unwrapped_with_it(self, clean, nothing: str) -> None:
        html = f"<p>Work{LINK}<mark><b>{nothing}</b></mark></a>here</p>"
        assert clean(html) == f"<p>Work{nothing}here</p>"

    @pytest.mark.parametrize("tag", ["p", "h2", "h3", "h4"])
    def test_blocks_are_removed(self, clean, nothing: str, tag: str) -> None:
        html = f'<p>One</p><{tag} data-block-key="abc"><i>{nothing}</i></{tag}><p>two</p>'
        assert clean(html) == "<p>One</p><p>two</p>"

    def test_items_are_removed_and_lists_that_have_no_other(self, clean, nothing: str) -> None:
        assert clean(f"<ul><li>One</li><li>{nothing}</li></ul>") == "<ul><li>One</li></ul>"
        assert clean(f"<p>One</p><ol><li>{nothing}</li></ol>") == "<p>One</p>"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "words",
        f"<p>Work {LINK}here</a> and <b>there</b></p>",
        "<ul><li>One<ul><li>two</li></ul></li></ul>",
        '<p>a</p><embed embedtype="image" id="1" format="left"/>',
        "<p>\u2066שלום\u2069</p>",
        "<h3>1</h3><p>&lt;&gt;</p>",
    ],
)
def test_what_has_text_stays_as_it_is(html: str) -> None:
    assert without_empty_elements(html) == html
    assert without_empty_text(html) == html


@pytest.mark.parametrize(
    "between", ["<p></p>", '<p data-block-key="x"> </p>', "<p></p><p>&nbsp;</p>"]
)
def test_two_lists_in_a_row_stay_two_where_they_are_stored(between: str) -> None:
    html = f"<ul><li>one</li></ul>{between}<ul><li>two</li></ul>"
    stored = without_empty_text(html)
    assert stored.count("<p") == 1
    assert stored.startswith("<ul><li>one</li></ul><p")
    assert without_empty_text(stored) == stored
    assert without_empty_elements(html) == "<ul><li>one</li></ul><ul><li>two</li></ul>"


@pytest.mark.parametrize(
    "html", ["<ul><li>1</li></ul><p></p><ol><li>2</li></ol>", "<p></p><ul><li>1</li></ul>"]
)
def test_other_empty_paragraphs_beside_lists_are_removed(html: str) -> None:
    assert without_empty_text(html) == html.replace("<p></p>", "")
