"""Markup that would flood the parser is tamed; nothing else is touched."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.reading.tree import all_words, parse, walk
from wagtail_careers.importing.sources import floods
from wagtail_careers.importing.sources.floods import MAX_ATTRIBUTES, MAX_DEPTH, tamed

LONG = "<p>Some <b>bold</b> and <a href='/a?b>c' title=\"x > y\">linked</a> text.</p>\n" * 200


def size(html: str) -> int:
    """The number of events in the tree of ``html``."""
    return sum(1 for _event in walk(parse(html)))


@pytest.mark.parametrize(
    "html",
    [
        LONG,
        "<div class='a'>" * 300 + LONG + "</div>" * 300,
        "<b>" + LONG,
        f"<p data-x='{'word ' * 5000}'>a</p>",
        "1 < 2 and 3 > 2; <" * 2000,
        "<p>a" * 5000,
        "<li>a" * 5000,
        "<ruby>" + "a<rt>b" * 6000 + "</ruby>",
        "<a href=/x>" * 5000,
    ],
)
def test_posts_of_people_stay_as_they_are(html: str) -> None:
    assert tamed(html) == html


@given(st.text("<>/ab='\" \n!-", max_size=200))
def test_text_is_never_cut(html: str) -> None:
    several = f"{html}{LONG}"
    assert tamed(several) == several


def test_attributes_beyond_the_limit_go() -> None:
    html = "<p " + " ".join(f"a{number}='x > y'" for number in range(3 * MAX_ATTRIBUTES)) + ">Text"
    assert all_words(html) == ["Text"]
    (paragraph,) = parse(html).css("p")
    assert len(paragraph.attributes) == MAX_ATTRIBUTES


@pytest.mark.parametrize("tag", ["div", "rt", "optgroup"])
def test_elements_beyond_the_depth_go_and_their_words_stay_apart(tag: str) -> None:
    number = MAX_DEPTH + 1000
    html = f"<{tag}>a" * number
    assert all_words(html) == ["a"] * number
    assert size(html) < 3 * number


@pytest.mark.parametrize(
    "bomb",
    [
        lambda fonts: f"<p>{fonts}</p>" + "<p>word" * 2000,
        lambda fonts: f"<p>{fonts}</p>" + "<div>word</div>" * 2000,
        lambda fonts: f"<p>{fonts}</p>" + "<table><tr><td>word</table>" * 2000,
    ],
)
def test_formatting_is_not_opened_again_without_end(bomb: Callable[[str], str]) -> None:
    html = bomb("".join(f"<font color={number}>" for number in range(400)))
    assert size(html) < 50_000
    assert all_words(html) == ["word"] * 2000


def test_a_link_outlives_a_bomb() -> None:
    fonts = "".join(f"<font color={number}>" for number in range(400))
    blocks = read_html(f"<p>{fonts}</p>{'<p>x' * 2000}<p><a href='/a'>Apply</a>").blocks
    assert blocks[-1].runs[0].href == "/a"


def test_short_markup_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "_Guard", None)
    assert tamed("<p>Text") == "<p>Text"
