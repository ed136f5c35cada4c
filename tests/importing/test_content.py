"""What the HTML of a post says: paragraphs as WordPress makes them, headings, lists, tables."""

import pytest

from wagtail_careers.importing.reading.content import Kind
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles import traits
from wagtail_careers.importing.roles.headings import Phrasebook
from wagtail_careers.importing.roles.phrases import PHRASES
from wagtail_careers.importing.roles.sections import sort
from wagtail_careers.importing.writing.rich_text import introduction, person_prose, prose


def told(html: str) -> str:
    return prose(read_html(html).blocks, lambda href: {"href": href})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("One\nTwo", "<p>One<br/>Two</p>"),
        ("One\r\n \r\nTwo", "<p>One</p><p>Two</p>"),
        ("One<br>\nTwo", "<p>One<br/>Two</p>"),
        ("One<br /><br />Two", "<p>One</p><p>Two</p>"),
        ("<p>One\nTwo</p>\n<p>Three</p>", "<p>One<br/>Two</p><p>Three</p>"),
        ("One\n<ul>\n\t<li>a</li>\n</ul>\nTwo", "<p>One</p><ul><li>a</li></ul><p>Two</p>"),
        ("<strong>a\n\nb</strong>", "<p><b>a</b></p><p><b>b</b></p>"),
        ("One\n&nbsp;\nTwo", "<p>One</p><p>Two</p>"),
        ("One  two&nbsp; three&nbsp;km", "<p>One two three\xa0km</p>"),
        ("<pre>One\nTwo</pre>", "<p>One<br/>Two</p>"),
        ("<!-- wp:paragraph -->\n<p>One\nTwo</p>\n<!-- /wp:paragraph -->", "<p>One Two</p>"),
        ("One<!--more-->\n\nTwo", "<p>One</p><p>Two</p>"),
        ('One <span id="more-7"></span>two', "<p>One two</p>"),
    ],
)
def test_paragraphs_are_those_of_wordpress(html: str, expected: str) -> None:
    assert told(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h3>A <b>b</b></h3>c", "<h3>A b</h3><p>c</p>"),
        ("<em>a</em> <cite>b</cite>", "<p><i>a</i> <i>b</i></p>"),
        (
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
        ),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br/>b</li></ul>"),
        ("<ul><ul><li>a</li></ul></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("<li>a</li>", "<ul><li>a</li></ul>"),
        (
            "<table><caption>T</caption><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr>"
            "</table>",
            "<p>T</p><p><b>a<br/>b</b></p><p>c<br/>d</p>",
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p>a</p><p>b</p>"),
        ("<blockquote>a</blockquote>", "<p>a</p>"),
        ("a <!-- b --> &lt;script&gt;", "<p>a &lt;script&gt;</p>"),
        ("<p><b><i>loud</i></b></p>", "<p><b>loud</b></p>"),
    ],
)
def test_what_a_page_can_hold_is_told_anew(html: str, expected: str) -> None:
    assert told(html) == expected


def test_an_introduction_has_paragraphs_alone() -> None:
    blocks = read_html("a<ul><li>b</li></ul><h3>c</h3>").blocks
    assert introduction(blocks, lambda href: None) == "<p>a</p><p>b</p><p>c</p>"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<strong>calm</strong>", "<mark>calm</mark>"),
        ("<b>calm </b>and", "<mark>calm</mark> and"),
        ("<strong>calm, kind</strong>", "<mark>calm</mark>, <mark>kind</mark>"),
        (
            "<strong>calm, kind and patient</strong>",
            "<mark>calm</mark>, <mark>kind</mark> and <mark>patient</mark>",
        ),
        ("<strong>calm and kind</strong>", "<mark>calm and kind</mark>"),
        ("<strong>team.</strong>", "<mark>team</mark>."),
        ("skills<strong>. </strong>You", "skills. You"),
        ("<strong>a</strong>", "<b>a</b>"),
        ("<strong>good <em>team</em> player</strong>", "<mark>good team player</mark>"),
        ("<strong>man</strong><b>age</b>", "<mark>manage</mark>"),
        (
            f"<strong>{'very ' * 13}long</strong>",
            f"<b>{'very ' * 13}long</b>",
        ),
        (
            '<strong><a href="u">team</a></strong>',
            '<a href="u"><mark>team</mark></a>',
        ),
    ],
)
def test_bold_in_the_person_spec_becomes_traits(html: str, found: str) -> None:
    blocks = read_html(html).blocks
    assert person_prose(blocks, lambda href: {"href": href}) == f"<p>{found}</p>"


def test_nothing_of_punctuation_alone_is_a_trait() -> None:
    assert [traits.phrases(text) for text in (".", " ", "–", ",;", "x", "5")] == [[]] * 6


PHRASEBOOK = Phrasebook(PHRASES)


def kinds(html: str, title: str = "Porter", **assigned: str) -> list[tuple[str, str]]:
    sections = sort(read_html(html), title, PHRASEBOOK, assigned)
    return [(section.kind, section.title_text) for section in sections[1:]]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("What sort of person would I need to be?", "person_spec"),
        ("What sort of person would you need to be", "person_spec"),
        ("What kind of person do I need to be?", "person_spec"),
        ("WHAT SORT OF PERSON WOULD I BE?", "person_spec"),
        ("What will I be doing?", "duties"),
        ("What would you be doing in this role?", "duties"),
        ("Duties and responsibilities", "duties"),
        ("2. What will I be doing?", "duties"),
        ("Training provided by the organisation to support me in the role?", "training"),
        ("Trainning and developement", "training"),
        ("I am interested in this role –what do I do?", "application_links"),
        ("I’m interested in the role - what do I do", "application_links"),
        ("How do I apply to be a porter?", "application_links"),
        ("What next- where will this role lead to?", "progression"),
        ("Next steps", "progression"),
        ("What happened next?", "text"),
        ("Looking to the future", "text"),
        ("Where did we begin", "text"),
        ("About the scheme", "text"),
        ("Your Development", "text"),
        ("Pay and benefits", "text"),
        ("Where will I work?", "text"),
        ("And", "text"),
        ("?", "text"),
    ],
)
def test_headings_are_told_by_their_meaning(heading: str, section: str) -> None:
    assert kinds(f"Intro<h2>{heading}</h2>Words") == [(section, heading)]


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "h4", "h6", "p><strong", "p><b"])
def test_headings_of_any_look_begin_sections(tag: str) -> None:
    end = "></".join(reversed(tag.split("><")))
    html = "Intro" + "".join(
        f"<{tag}>{heading}</{end}>Words"
        for heading in ("What will I be doing?", "Uniform", "How do I apply?")
    )
    assert kinds(html) == [
        ("duties", "What will I be doing?"),
        ("text", "Uniform"),
        ("application_links", "How do I apply?"),
    ]


def test_deeper_headings_are_part_of_their_section() -> None:
    html = "Intro<h2>What will I be doing?</h2>a<h3>Mornings</h3>b"
    (section,) = sort(read_html(html), "Porter", PHRASEBOOK)[1:]
    assert [block.kind for block in section.blocks] == [
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.PARAGRAPH,
    ]


def test_place_helps_a_heading_that_nearly_says_enough() -> None:
    html = "Intro<h2>What will I be doing?</h2>a<h2>Your development</h2>b<h2>How do I apply?</h2>c"
    sections = sort(
        read_html(html.replace("Your development", "Training for everybody")), "x", PHRASEBOOK
    )
    assert [section.kind for section in sections[1:]] == ["duties", "training", "application_links"]
    assert sections[2].confidence < 0.85


def test_a_second_section_of_a_kind_is_text_and_one_of_the_same_name_a_part() -> None:
    html = "Intro<h2>Duties</h2>a<h2>Tasks</h2>b<h2>Duties</h2>c"
    assert kinds(html) == [("duties", "Duties"), ("text", "Tasks")]


def test_a_heading_means_what_somebody_has_said() -> None:
    assert kinds("Intro<h2>Uniform</h2>a", Uniform="duties") == [("duties", "Uniform")]


def test_a_top_heading_that_repeats_the_title_is_not_told_twice() -> None:
    sections = sort(read_html("<h1>Porter</h1>You help."), "Porter", PHRASEBOOK)
    assert introduction(sections[0].blocks, lambda href: None) == "<p>You help.</p>"


def test_an_introduction_that_is_around_everything_ends_at_the_first_section() -> None:
    html = '<div class="blocktext-career-heading">Intro<div><h2>Duties</h2>a</div></div>'
    assert kinds(html) == [("duties", "Duties")]


def test_bold_paragraphs_one_after_the_other_are_no_headings() -> None:
    html = "Intro<h2>About you</h2><p><b>Calm</b></p><p><b>Kind</b></p>"
    (section,) = sort(read_html(html), "Porter", PHRASEBOOK)[1:]
    assert [block.kind for block in section.blocks] == [Kind.PARAGRAPH] * 2
