"""Headings and their meaning: where sections begin, and which."""

from html import unescape

import pytest

from wagtail_careers.importing.planning.options import Options
from wagtail_careers.importing.reading.content import Kind
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles.flags import section_flags
from wagtail_careers.importing.roles.sections import MAX_SECTIONS, divide
from wagtail_careers.importing.writing.rich_text import introduction

PHRASEBOOK = Options().phrasebook()


def kinds(html: str, title: str = "Porter", **assigned: str) -> list[tuple[str, str]]:
    sections = divide(read_html(html), title, PHRASEBOOK, assigned)
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
    ],
)
def test_headings_are_told_by_their_meaning(heading: str, section: str) -> None:
    assert kinds(f"Intro<h2>{heading}</h2>Words") == [(section, heading)]


@pytest.mark.parametrize("heading", ["?", "&amp;", "👩🏽‍⚕️", "* * *"])
def test_a_heading_without_a_letter_or_digit_is_text(heading: str) -> None:
    sections = divide(read_html(f"Intro<h2>{heading}</h2>Words"), "Porter", PHRASEBOOK)
    assert [section.kind for section in sections] == ["heading"]
    assert [block.text for block in sections[0].blocks] == ["Intro", unescape(heading), "Words"]


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
    (section,) = divide(read_html(html), "Porter", PHRASEBOOK)[1:]
    assert [block.kind for block in section.blocks] == [
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.PARAGRAPH,
    ]


def test_place_helps_a_heading_that_nearly_says_enough() -> None:
    html = "Intro<h2>What will I be doing?</h2>a<h2>Your development</h2>b<h2>How do I apply?</h2>c"
    sections = divide(
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
    sections = divide(read_html("<h1>Porter</h1>You help."), "Porter", PHRASEBOOK)
    assert introduction(sections[0].blocks, lambda href: None) == "<p>You help.</p>"


def test_an_introduction_that_is_around_everything_ends_at_the_first_section() -> None:
    html = '<div class="blocktext-career-heading">Intro<div><h2>Duties</h2>a</div></div>'
    assert kinds(html) == [("duties", "Duties")]


def test_bold_paragraphs_one_after_the_other_are_no_headings() -> None:
    html = "Intro<h2>About you</h2><p><b>Calm</b></p><p><b>Kind</b></p>"
    (section,) = divide(read_html(html), "Porter", PHRASEBOOK)[1:]
    assert [block.kind for block in section.blocks] == [Kind.PARAGRAPH] * 2


@pytest.mark.parametrize(
    "heading",
    ["Pinterest", "Trainers", "Dutifully yours", "Person to call", "Points of interest"],
)
def test_a_heading_that_only_looks_alike_is_text(heading: str) -> None:
    html = f"Intro<h2>Duties</h2>a<h2>{heading}</h2>b<h2>How do I apply?</h2>c"
    assert kinds(html)[1] == ("text", heading)


@pytest.mark.parametrize(
    "heading", ["Trainning", "Applications of physics", "Training for everybody", "Stills"]
)
def test_a_heading_that_could_be_meant_is_in_doubt(heading: str) -> None:
    html = f'Intro<h2>Duties</h2>a<h2 class="training application skills">{heading}</h2>b'
    sections = divide(read_html(html), "Porter", PHRASEBOOK)
    (flag,) = section_flags(sections)
    assert flag.code == "doubtful_section"
    assert flag.parameters["heading"] == heading


@pytest.mark.parametrize(
    "row",
    [
        "<th>Training</th><td>Two weeks</td>",
        "<td><b>Training</b></td></tr><tr><td>Two weeks</td>",
        "<td>Training</td></tr><tr><td>Two weeks</td>",
    ],
)
def test_a_cell_of_a_table_is_no_heading(row: str) -> None:
    assert kinds(f"Intro<h2>Duties</h2><table><tr>{row}</tr></table>") == [("duties", "Duties")]
    assert kinds(f"Intro<table><tr>{row}</tr></table>") == []


def test_a_heading_in_a_cell_is_one() -> None:
    assert kinds("Intro<table><tr><td><h2>Duties</h2>You move beds.</table>") == [
        ("duties", "Duties")
    ]


@pytest.mark.parametrize(
    ("below", "left_out"),
    [
        ('[contact-form-7 id="9" title="Apply"]', '[contact-form-7 id="9" title="Apply"]'),
        ("<script>x()</script>", "x()"),
        ("<img src=a>", "–"),
        ("", "–"),
    ],
)
def test_a_heading_with_nothing_to_read_below_it_is_kept_and_flagged(
    below: str, left_out: str
) -> None:
    html = f"Intro<h2>How do I apply?</h2>{below}<h2>Duties</h2>a"
    assert kinds(html) == [("application_links", "How do I apply?"), ("duties", "Duties")]
    (flag,) = section_flags(divide(read_html(html), "Porter", PHRASEBOOK))
    assert flag.code == "empty_section"
    assert flag.parameters == {"heading": "How do I apply?", "left_out": left_out}


def test_headings_of_the_page_come_before_all_text() -> None:
    html = "<h1>Porter</h1><h1>A porter helps.</h1><h1>News</h1>"
    sections = divide(read_html(html), "Porter", PHRASEBOOK)
    assert [section.title_text for section in sections] == ["", "News"]


def test_a_page_has_not_more_sections_than_people_can_edit() -> None:
    html = "Intro" + "".join(f"<h2>Ward {number}</h2>a" for number in range(MAX_SECTIONS + 5))
    sections = divide(read_html(html), "Porter", PHRASEBOOK)
    assert len(sections) == MAX_SECTIONS + 1
    assert [block.text for block in sections[-1].blocks[:2]] == ["a", f"Ward {MAX_SECTIONS}"]
    assert "many_sections" in [flag.code for flag in section_flags(sections)]
