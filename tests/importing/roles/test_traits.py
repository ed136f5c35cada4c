"""Traits of the person spec: phrases in bold."""

import pytest

from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles import traits
from wagtail_careers.importing.writing.rich_text import prose


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
        ("<b><i>a</i></b>", "<b>a</b>"),
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
    blocks = [traits.with_traits(block) for block in read_html(html).blocks]
    assert prose(blocks, lambda href: {"href": href}) == f"<p>{found}</p>"


def test_nothing_of_punctuation_alone_is_a_trait() -> None:
    assert [traits.phrases(text) for text in (".", " ", "–", ",;", "x", "5")] == [[]] * 6
