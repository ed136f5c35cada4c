"""Shortcodes: prose in brackets is none, and those that are links become links."""

import pytest

from wagtail_careers.importing.reading.content import link_texts
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles.flags import content_flags
from wagtail_careers.importing.sources.conventions import (
    DEFAULTS,
    MapError,
    replaced,
)


def shown(html: str) -> str:
    return "|".join(block.text for block in read_html(html).blocks)


def links(html: str) -> list[tuple[str, str]]:
    return [each for block in read_html(html).blocks for each in link_texts(block.runs)]


def named(html: str) -> list[str]:
    flags = content_flags(read_html(html))
    return [flag.parameters["shortcode"] for flag in flags if flag.code == "shortcode"]


@pytest.mark.parametrize(
    "prose",
    [
        "Band [2] pays [more].",
        "Contact [sam=lead] or [HR/] or [see note a=b].",
        "The form [A1 rev=3] is due.",
        'Dear [your name="x"?],',
        "She said [sic] and [full-time] and [optional].",
        "[see note 3] [and https-less words]",
        "Type [[gallery]] to show pictures.",
        "arr[b[0]]",
    ],
)
def test_prose_in_brackets_stays(prose: str) -> None:
    assert shown(prose) == prose
    assert named(prose) == []


@pytest.mark.parametrize(
    "shortcode",
    [
        '[gallery ids="1,2"]',
        "[gallery ids='1']",
        "[gallery]",
        "[gallery columns=3]",
        '[contact-form-7 id="9" title="Apply"]',
        "[divider /]",
        "[my_list number=3]",
        "[vc_separator]",
        "[accordion title=“Shift pattern”]",
        "[youtube https://youtu.be/abc]",
    ],
)
def test_shortcodes_are_left_out_and_named(shortcode: str) -> None:
    assert shown(f"a {shortcode} b").split() == ["a", "b"]
    assert named(f"a {shortcode} b {shortcode}") == [shortcode]


def test_only_those_are_named_that_hold_something() -> None:
    html = (
        '[vc_row full_width="yes"][vc_column width="1/2" css=".c{color:red}"]Text[/vc_column]'
        '[accordion title="Shift pattern"]Four on[/accordion]'
        '[box background="https://old.example/a"]In a box[/box][/vc_row]'
    )
    assert shown(html) == "Text Four on In a box"
    assert named(html) == [
        '[accordion title="Shift pattern"]',
        '[box background="https://old.example/a"]',
    ]


def test_words_around_a_shortcode_stay_apart() -> None:
    assert shown('You push beds.[x a="b c"]You wash.') == "You push beds. You wash."
    assert shown("[vc_row]One.[/vc_row][vc_row]Two.[/vc_row]") == "One. Two."
    assert shown('Beds ([x a="b c"]), please[x a="b c"].') == "Beds (), please."


def test_a_shortcode_within_a_word_leaves_it_whole() -> None:
    assert shown("[dropcap]A[/dropcap]bout H[sub]2[/sub]O") == "About H2O"


def test_words_of_a_shortcode_within_a_word_are_named() -> None:
    html = '[tooltip text="Emergency department"]ED[/tooltip]s'
    assert (shown(html), named(html)) == ("EDs", ['[tooltip text="Emergency department"]'])


@pytest.mark.parametrize(
    ("html", "link"),
    [
        (
            '[button link="https://jobs.example/apply"]Apply now[/button]',
            ("https://jobs.example/apply", "Apply now"),
        ),
        (
            '[vc_btn title="Apply online" link="url:https%3A%2F%2Fjobs.example%2Fa|title:Go"]',
            ("https://jobs.example/a", "Apply online"),
        ),
        (
            '[vc_btn link="url:https%3A%2F%2Fjobs.example%2Fa|title:Apply||target:_blank"]',
            ("https://jobs.example/a", "Apply"),
        ),
        ('[su_button url="/apply/" style="3d"]Apply[/su_button]', ("/apply/", "Apply")),
        (
            '[fusion_button link="https://a.example/"]Go[/fusion_button]',
            ("https://a.example/", "Go"),
        ),
        (
            '[et_pb_button button_url="https://a.example/" button_text="Go" admin_label="Button"]'
            "[/et_pb_button]",
            ("https://a.example/", "Go"),
        ),
        (
            '[cta button_text="Apply" button_url="https://a.example/"]\n[/cta]',
            ("https://a.example/", "Apply"),
        ),
        ('[button url="mailto:hr@a.example"]', ("mailto:hr@a.example", "hr@a.example")),
        ("[button href=https://a.example/b]", ("https://a.example/b", "a.example/b")),
        (
            "[av_button label='Apply' link='manually,https://a.example/?a=1,2']",
            ("https://a.example/?a=1,2", "Apply"),
        ),
        ("[av_button label='Us' link='page,12']", ("/?p=12", "Us")),
        ("[url=https://a.example/b]Apply[/url]", ("https://a.example/b", "Apply")),
        ('[url="https://a.example/b"]Apply[/url]', ("https://a.example/b", "Apply")),
        ("[url]https://a.example/b[/url]", ("https://a.example/b", "https://a.example/b")),
        (
            '<p>[button link="https://a.example/b"]</p><p>Apply[/button]</p>',
            ("https://a.example/b", "a.example/b"),
        ),
    ],
)
def test_a_button_is_a_link(html: str, link: tuple[str, str]) -> None:
    assert links(f"Before {html} after") == [link]
    assert named(html) == []


@pytest.mark.parametrize(
    "html",
    [
        '[et_pb_cta button_url="https://a.example/" button_text="Apply"]We need you.[/et_pb_cta]',
        '[vc_cta btn_title="Apply" btn_link="url:https%3A%2F%2Fa.example%2F"]We need you.[/vc_cta]',
        "[av_promobox label='Apply' link='manually,https://a.example/']We need you.[/av_promobox]",
        '[et_pb_blurb url="https://a.example/" title="Apply"]We need you.[/et_pb_blurb]',
    ],
)
def test_a_box_has_text_beside_its_link(html: str) -> None:
    assert shown(html) == "We need you. Apply"
    assert links(html) == [("https://a.example/", "Apply")]
    assert named(html) == []


def test_words_of_a_button_that_are_not_in_its_link_are_named() -> None:
    html = '[button link="https://a.example/" title="Opens the form"]Apply[/button]'
    assert links(html) == [("https://a.example/", "Apply")]
    assert named(html) == ['[button link="https://a.example/" title="Opens the form"]']


def test_neighbouring_buttons_are_two_links() -> None:
    html = '[button link="https://a.example/"]Apply[/button][button link="https://a.example/"]Ask[/button]'
    assert shown(html) == "Apply Ask"
    assert links(html) == [("https://a.example/", "Apply"), ("https://a.example/", "Ask")]


def test_a_link_in_a_button_keeps_its_own_address() -> None:
    html = '[button link="https://a.example/"]<a href="https://b.example/">Apply</a>[/button]'
    assert links(html) == [("https://b.example/", "Apply"), ("https://a.example/", "a.example/")]


def test_a_button_without_an_address_is_named() -> None:
    assert named('[button link="#top" title="Up"]') == ['[button link="#top" title="Up"]']
    assert links('[button link="#top" title="Up"]') == []


def test_a_hidden_button_is_no_link() -> None:
    html = "<p>a</p><div hidden>[button link='https://a.example/']Apply[/button]</div>"
    assert links(html) == []


def test_the_map_can_name_shortcodes() -> None:
    table = {"apply_box": {"address": "href", "text": ["label", "name"]}}
    conventions = DEFAULTS.with_shortcodes(table)
    blocks = read_html('[apply_box href="/a" name="Apply"]', conventions).blocks
    assert list(link_texts(blocks[0].runs)) == [("/a", "Apply")]
    only = replaced(DEFAULTS, {"shortcodes": table})
    assert only.shortcode_link("button") is None
    assert conventions.shortcode_link("button") == DEFAULTS.shortcode_link("button")


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ([], "shortcodes: must be a table"),
        ({"x": "y"}, "shortcodes.x: must be a table"),
        ({"x": {"text": "y"}}, "shortcodes.x: needs “address”"),
        ({"x": {"address": "y", "name": "z"}}, "shortcodes.x: unknown key “name”"),
        ({"x": {"address": 1}}, "shortcodes.x.address: must be a list"),
    ],
)
def test_a_bad_table_of_shortcodes_is_told(table: object, problem: str) -> None:
    with pytest.raises(MapError, match=problem):
        DEFAULTS.with_shortcodes(table)


@pytest.mark.parametrize(
    "shortcode",
    [
        '[tab icon_title="Shift pattern"]',
        '[tab column_title="Shifts" background_text="Nights"]',
        '[tooltip "Bank holidays too"]',
        "[tooltip=Holidays]",
        "[box Nights and weekends]",
        "[box 'Nights']",
        "[box https://a.example/]",
    ],
)
def test_words_of_attributes_are_named_whatever_their_names(shortcode: str) -> None:
    name = shortcode[1:].partition(" ")[0].partition("=")[0]
    assert shown(f"a {shortcode}b[/{name}] c") == "a b c"
    assert named(f"a {shortcode}b[/{name}] c") == [shortcode]


@pytest.mark.parametrize("shortcode", ["[row full_width]", '[row text_color="red"]'])
def test_switches_and_looks_are_not_named(shortcode: str) -> None:
    assert named(f"a {shortcode}b[/row] c") == []


def test_a_bbcode_can_have_more_than_an_address() -> None:
    html = "[url=https://a.example/ target=_blank]Form[/url] [email=hr@a.example]Sam[/email]"
    assert links(html) == [("https://a.example/", "Form"), ("hr@a.example", "Sam")]


def test_placeholders_in_brackets_stay() -> None:
    prose = "Write to [email] or see [url] and [a=b]."
    assert shown(prose) == prose


def test_the_text_of_a_box_that_is_called_a_button_is_prose() -> None:
    html = (
        '[vc_cta_button2 title="Apply" link="url:https%3A%2F%2Fa.example%2F"]We hire porters.'
        "[/vc_cta_button2] Soon."
    )
    assert shown(html) == "We hire porters. Apply Soon."
    assert links(html) == [("https://a.example/", "Apply")]
