"""Rich text as passages. No test here uses the database."""

from typing import Any

import pytest

from tests.factories import body, link_item, step_item
from wagtail_careers.blocks import RoleBodyBlock
from wagtail_careers.lint.content import Content, read
from wagtail_careers.lint.passages import Kind, Passage, Span, read_passages
from wagtail_careers.lint.sentences import sentences, words


def kinds(html: str) -> list[tuple[str, str]]:
    return [(passage.kind.value, passage.text) for passage in read_passages(html)]


def spans_of(passage: Passage) -> tuple[Span, ...]:
    return (*passage.links, *passage.bold, *passage.marks, *passage.languages)


def content(**sections: Any) -> Content:
    return read(RoleBodyBlock(), body(**sections))


def test_each_block_is_a_passage_of_its_kind() -> None:
    html = "<h3>A  day</h3><p>One</p><ul><li>two</li><li>three</li></ul><ol><li>four</li></ol>"
    assert kinds(html) == [
        ("heading", "A day"),
        ("paragraph", "One"),
        ("item", "two"),
        ("item", "three"),
        ("item", "four"),
    ]
    assert [each.list_number for each in read_passages(html)] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("text alone", [("paragraph", "text alone")]),
        ("<p></p>", [("paragraph", "")]),
        ("<p>One<br/>two</p>", [("paragraph", "One\ntwo")]),
        ("<p> a\u00a0 b </p>", [("paragraph", "a b")]),
        ("<ul><li><p>a</p></li></ul>", [("item", ""), ("item", "a")]),
        ("<p>a", [("paragraph", "a")]),
        ("<p>\ud800a</p>", [("paragraph", "a")]),
        ("<b><p>a</p></b>", [("paragraph", "a")]),
        ("<hr/><p>a</p>", [("paragraph", "a")]),
    ],
)
def test_text_is_what_readers_see(html: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(html) == expected


def test_spans_are_where_their_texts_are() -> None:
    html = (
        '<p>See <a href="/a"> <b>our</b> jobs </a> and <mark>care</mark>.</p>'
        '<p><b>Now</b>: <span lang="cy">bore da</span></p>'
    )
    passages = read_passages(html)
    text = "".join(f"{passage.text}\n" for passage in passages)
    found = [span for passage in passages for span in spans_of(passage)]
    assert [span.text for span in found] == ["our jobs", "our", "care", "Now", "bore da"]
    for span in found:
        assert text[span.offset : span.end] == span.text


def test_mark_that_another_style_divides_is_one() -> None:
    (passage,) = read_passages(
        "<p><mark>team</mark><b><mark>work</mark></b> and <mark>x</mark></p>"
    )
    assert [mark.text for mark in passage.marks] == ["teamwork", "x"]


def test_deep_markup_is_read() -> None:
    (passage,) = read_passages(f"<p>{'<i>' * 5000}deep{'</i>' * 5000}</p>")
    assert passage.text == "deep"


def test_offsets_of_a_section_count_its_title_and_its_lines() -> None:
    page = content(
        application_links={
            "title": "How to apply",
            "prose": '<p>See <a href="https://a.example/">jobs</a>.</p>',
            "links": [link_item(3, note="Search for nurses")],
        },
        progression={"prose": "<p>Later.</p>", "steps": [step_item("Matron")]},
    )
    apply, progression = page.sections[-2:]
    assert apply.text == "How to apply\nSee jobs.\nSearch for nurses\n"
    assert progression.text == "Title of progression\nLater.\nMatron\n"
    for each in (apply, progression):
        for passage in each.passages:
            assert each.text[passage.offset : passage.end] == f"{passage.text}\n"
    assert [passage.kind for passage in apply.passages] == [
        Kind.TITLE,
        Kind.PARAGRAPH,
        Kind.LINE,
    ]


@pytest.mark.parametrize(
    ("title", "shown", "own"),
    [
        ("", "What would I be doing?", []),
        ("What would I be doing?", "What would I be doing?", []),
        ("Work", "Work", ["Work"]),
    ],
)
def test_default_title_is_shown_and_is_not_the_editors(
    title: str, shown: str, own: list[str]
) -> None:
    duties = content(duties={"title": title, "prose": "<p>a</p>"}).sections[2]
    assert duties.section.title == shown
    assert [heading.text for heading in duties.headings] == own


def test_sections_that_a_role_should_have_are_missing() -> None:
    page = content(duties="<p></p>", training=None)
    assert page.missing == ("Duties", "Training")
    assert content().missing == ()


def test_section_has_a_language_of_its_own() -> None:
    raw = body(duties={"prose": "<p>a</p>", "language": "cy"}, training="<p>b</p>")
    page = read(RoleBodyBlock(), raw, language="en-gb")
    texts = [each.section.name for each in page.in_languages(["cy"]).sections]
    assert texts == ["duties"]
    assert "duties" not in [each.section.name for each in page.in_languages(["en"]).sections]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("You lift, e.g. boxes. Then rest.", ["You lift, e.g. boxes.", "Then rest."]),
        ("Ask Dr. Smith at St. Mary’s.", ["Ask Dr. Smith at St. Mary’s."]),
        ("You earn 1.5 times as much.", ["You earn 1.5 times as much."]),
        ("You lift boxes etc. You rest.", ["You lift boxes etc.", "You rest."]),
        ("One\ntwo", ["One", "two"]),
        ("", []),
    ],
)
def test_sentences_end_where_readers_stop(text: str, expected: list[str]) -> None:
    found = list(sentences(text, 7))
    assert [each.text for each in found] == expected
    assert all(text[each.offset - 7 :].startswith(each.text) for each in found)


def test_address_and_compound_are_one_word() -> None:
    assert words("A full-time role, see a.example/b") == [
        "A",
        "full-time",
        "role",
        "see",
        "a.example/b",
    ]
