"""Paragraphs in another direction than their page say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.rich_text.directions import runs_from_right_to_left, with_directions

HELLO, NURSE = "مرحبا", "ממרض"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", False),
        (HELLO, True),
        (NURSE, True),
        (f"12, {HELLO} and more", True),
        (f"NHS {HELLO}", False),
        ("12 – 14", None),
        ("", None),
    ],
)
def test_first_character_with_a_direction_decides(text: str, expected: bool | None) -> None:
    assert runs_from_right_to_left(text) is expected


@pytest.mark.parametrize("tag", ["p", "li", "h3", "h4"])
def test_block_that_runs_the_other_way_gets_the_attribute(tag: str) -> None:
    html = f'<{tag} data-block-key="a">{HELLO}</{tag}><{tag}>Hello</{tag}>'
    assert with_directions(html, is_rtl=False) == (
        f'<{tag} dir="auto" data-block-key="a">{HELLO}</{tag}><{tag}>Hello</{tag}>'
    )
    assert with_directions(html, is_rtl=True) == (
        f'<{tag} data-block-key="a">{HELLO}</{tag}><{tag} dir="auto">Hello</{tag}>'
    )


def test_words_inside_links_and_marks_count() -> None:
    html = f'<p>1. <a href="/x"><mark>{NURSE}</mark></a> is Hebrew</p>'
    assert with_directions(html, is_rtl=False).startswith('<p dir="auto">')


def test_item_is_not_turned_by_the_list_inside_it() -> None:
    html = f"<ul><li>One<ul><li>{HELLO}</li></ul></li></ul>"
    assert with_directions(html, is_rtl=False) == (
        f'<ul><li>One<ul><li dir="auto">{HELLO}</li></ul></li></ul>'
    )


def test_characters_written_as_references_count() -> None:
    assert with_directions("<p>&#1605;</p>", is_rtl=False) == '<p dir="auto">&#1605;</p>'


def test_direction_that_is_there_stays() -> None:
    html = f'<p dir="rtl">{HELLO}</p>'
    assert with_directions(html, is_rtl=False) == html


@given(st.text(st.characters(codec="latin-1")))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    html = f"<p>{text}</p><pre>{text}</pre>"
    assert with_directions(html, is_rtl=False) == html


@pytest.mark.parametrize("is_rtl", [False, True])
def test_a_long_text_takes_no_time(is_rtl: bool) -> None:
    html = f"<p>{'word ' * 200_000}{HELLO}" + "<p" * 50_000
    assert with_directions(html, is_rtl=is_rtl)
