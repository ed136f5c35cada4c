"""Meaning in markup is kept where a page can hold it, and flagged one by one where it cannot."""

import pytest
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles.flags import content_flags
from wagtail_careers.importing.sources.conventions import DEFAULTS, MapError, replaced
from wagtail_careers.importing.writing.rich_text import prose
from wagtail_careers.rich_text import PROSE_FEATURES


def told(html: str) -> str:
    return prose(read_html(html).blocks, lambda href: {"href": href})


def flags(html: str) -> list[tuple[str, ...]]:
    found = content_flags(read_html(html))
    return [(flag.code, *flag.parameters.values()) for flag in found]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol start=5><li>a<li>b</ol>", "<ul><li>5. a</li><li>6. b</li></ul>"),
        ("<ol start=1><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<ol start=x type=1><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<ol start=-1><li>a<li>b<li>c</ol>", "<ul><li>-1. a</li><li>0. b</li><li>1. c</li></ul>"),
        ("<ol><li>a<li value=9>b<li>c</ol>", "<ul><li>1. a</li><li>9. b</li><li>10. c</li></ul>"),
        ("<ol type=a><li>a<li value=27>b</ol>", "<ul><li>a. a</li><li>aa. b</li></ul>"),
        ("<ol type=I start=4><li>a<li>b</ol>", "<ul><li>IV. a</li><li>V. b</li></ul>"),
        (
            "<ol style='list-style-type: upper-latin'><li>a<li>b</ol>",
            "<ul><li>A. a</li><li>B. b</li></ul>",
        ),
        ("<ol reversed><li>a<li>b</ol>", "<ul><li>2. a</li><li>1. b</li></ul>"),
        ("<ol reversed start=9><li>a<li>b</ol>", "<ul><li>9. a</li><li>8. b</li></ul>"),
        ("<ol reversed><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<ul start=5><li value=3>a</ul>", "<ul><li>a</li></ul>"),
        ("<ol start=3><li><p>a</p><p>b</p></ol>", "<ul><li>3. a<br/>b</li></ul>"),
        ("<ol><li>a</ol><ol><li>b</ol>", "<ol><li>a</li></ol><p></p><ol><li>b</li></ol>"),
        ("<ol><li>a</ol><ul><li>b</ul>", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
        ("<ul><li>a</ul>[gallery]<ul><li>b</ul>", "<ul><li>a</li></ul><p></p><ul><li>b</li></ul>"),
        (
            "<ul><li>a<ul><li>b</ul></ul><ul><li>c</ul>",
            "<ul><li>a<ul><li>b</li></ul></li></ul><p></p><ul><li>c</li></ul>",
        ),
        ("<ol><li>a</ol>x<ol><li>b</ol>", "<ol><li>a</li></ol><p>x</p><ol><li>b</li></ol>"),
        (
            "<ul><li>a<ol><li>b</ol> <!-- wp:list --><ol><li>c</ol></ul>",
            "<ul><li>a<ul><li>1. b</li></ul><ul><li>1. c</li></ul></li></ul>",
        ),
        (
            "<ul><li>a<ol><li>b</ol><ul><li>c</ul></ul>",
            "<ul><li>a<ul><li>1. b</li></ul><ul><li>c</li></ul></li></ul>",
        ),
        (
            "<ul><li>a<ul><li>b</ul><ol><li>c</ol></ul>",
            "<ul><li>a<ul><li>b</li></ul><ul><li>1. c</li></ul></li></ul>",
        ),
        (
            "<ul><li>a<ol><li>b</ol>c<li>d<ol><li>e</ol></ul>",
            "<ul><li>a<ol><li>b</li></ol></li><li>c</li><li>d<ol><li>e</li></ol></li></ul>",
        ),
        ("<ul><ul><li>a</ul><li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol start=3></ol><ol><li>a</ol>", "<ol><li>a</li></ol>"),
    ],
)
def test_lists_keep_their_numbers(html: str, expected: str) -> None:
    assert told(html) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "html",
    [
        "<ol><li>a</ol><ol><li>b</ol>",
        "<ul><li>a</ul><ul><li>b</ul>",
        "<ol start=3><li>a</ol>",
        "<ol><li>a<li value=7>b</ol>",
    ],
)
def test_the_editor_keeps_lists_apart_and_their_numbers(html: str) -> None:
    saved = edited(told(html))
    assert texts(saved) == texts(html)
    for tag in ("<ol", "<ul"):
        assert saved.count(tag) == told(html).count(tag)


@pytest.mark.django_db
@pytest.mark.parametrize("second", ["ol", "ul"])
@pytest.mark.parametrize("first", ["ol", "ul"])
def test_the_editor_keeps_lists_within_an_item(first: str, second: str) -> None:
    html = f"<ul><li>a<{first}><li>b</{first}><{second}><li>c</{second}></ul>"
    assert texts(edited(told(html))) == texts(html)


def edited(html: str) -> str:
    """Return what Wagtail's editor makes of ``html`` when it is saved."""
    converter = ContentstateConverter(features=list(PROSE_FEATURES))
    return str(converter.to_database_format(converter.from_database_format(html)))


def texts(html: str) -> list[str]:
    return [block.text for block in read_html(html).blocks]


@pytest.mark.parametrize(
    ("html", "flag"),
    [
        ("<ol start=5><li>Fill it</ol>", ("list_numbers", "Fill it")),
        (
            "<ul><li>a<ul><li>b</ul>\n<ul><li>Next list</ul></ul>",
            ("adjacent_lists", "Next list"),
        ),
        ("<p>Hi <i lang=gsw>Grüezi mitenand</i></p>", ("language", "gsw", "Grüezi mitenand")),
        ("<h2 lang=cy>Croeso i'r ward</h2>", ("language", "cy", "Croeso i'r ward")),
        ("<p lang=cy dir=rtl>مرحبا</p>", ("direction", "rtl", "مرحبا")),
        ("<p dir=rtl>مرحبا</p>", ("direction", "rtl", "مرحبا")),
        ("<blockquote>Best job</blockquote>", ("markup", "blockquote", "Best job")),
        ("<table><tr><td>a<td>b</table>", ("markup", "table", "a b")),
        ("<dl><dt>Hours<dd>37</dl>", ("markup", "dl", "Hours 37")),
        ("<details><summary>Pay</summary>More</details>", ("markup", "details", "Pay More")),
        ("Press <kbd>Esc</kbd>", ("markup", "kbd", "Esc")),
        ("By <del>1 May</del> 8 May", ("struck_out", "1 May")),
        (f"<code>{'word ' * 40}</code>", ("markup", "code", f"{'word ' * 15}word…")),
    ],
)
def test_what_a_page_cannot_hold_is_flagged(html: str, flag: tuple[str, ...]) -> None:
    assert flags(html) == [flag]


def test_each_place_has_a_flag() -> None:
    html = "<s>one</s> and <s>two</s><p lang=gsw>eis</p><p lang=gsw>zwöi</p>"
    assert flags(html) == [
        ("language", "gsw", "eis"),
        ("language", "gsw", "zwöi"),
        ("struck_out", "one"),
        ("struck_out", "two"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<span lang='en-GB'>Word</span>",
        "<p dir=ltr>Word</p>",
        "<p dir=auto>Word</p>",
        "<p lang=cy>Gair</p>",
        "<p lang=ar dir=rtl>مرحبا</p>",
        "<p lang=gsw hidden>Wort</p>",
        "<p lang=gsw><!-- nothing --></p>",
        "<table></table>",
        "<div lang=''>Word</div>",
        "<ul><li>a</ul>\n<ul><li>Next list</ul>",
    ],
)
def test_what_loses_nothing_has_no_flag(html: str) -> None:
    assert flags(html) == []


def test_a_language_is_told_where_it_begins() -> None:
    html = "<div lang=gsw>Eis <b lang=gsw>zwöi</b> <i lang=bar>drei</i></div>"
    assert flags(html) == [("language", "gsw", "Eis zwöi drei"), ("language", "bar", "drei")]
    with translation.override("gsw"):
        assert flags(html) == [("language", "bar", "drei")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("She said <q>come in</q>.", "She said “come in”."),
        ("<q>a <q>b</q> c</q>", "“a ‘b’ c”"),
        ("<p lang=de><q>a <q>b</q></q>", "„a ‚b‘“"),
        ("<p lang=fr-CA><q>a</q>", "«a»"),
        ("<p hidden><q>a</q>", ""),
        ("<a href=/x>see <q>a</q></a>", "see “a”"),
    ],
)
def test_quotations_have_the_marks_of_their_language(html: str, text: str) -> None:
    assert "".join(block.text for block in read_html(html).blocks) == text


def test_the_marks_can_be_replaced() -> None:
    conventions = replaced(DEFAULTS, {"quotation_marks": {"other": "»«›‹"}})
    assert read_html("<q>a</q>", conventions).blocks[0].text == "»a«"


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"en": "“”‘’"}, "needs “other”"),
        ({"other": "“”"}, "quotation_marks.other: must be four characters"),
        ("“”", "quotation_marks: must be a table"),
    ],
)
def test_bad_marks_are_told(table: object, problem: str) -> None:
    with pytest.raises(MapError, match=problem):
        replaced(DEFAULTS, {"quotation_marks": table})


def test_attributes_of_blocks_stay_as_they_are_written() -> None:
    attributes = r'{"label":"Say \u0022hi\u0022 \u003cb\u003e [x a=\u0022b c\u0022]","url":"\/a"}'
    html = f"<!-- wp:acme/box {attributes} /--><p>Text</p>"
    assert flags(html) == [("block", f"acme/box {attributes}")]
    assert told(html) == "<p>Text</p>"
