"""Spelling mistakes are forgiven; words that only look alike are others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.importing.roles.spelling import Spelling, is_mistake

LETTERS = st.text("abcdeté", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("trainning", "training"),
        ("traning", "training"),
        ("trianing", "training"),
        ("developement", "development"),
        ("qualfications", "qualifications"),
        ("responsabilities", "responsibilities"),
        ("persn", "person"),
        ("aplying", "applying"),
    ],
)
def test_a_mistake_is_corrected(word: str, known: str) -> None:
    assert Spelling([known, "duties"]).of(word) == known


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("pinterest", "interested"),
        ("interest", "interested"),
        ("trainers", "training"),
        ("trained", "training"),
        ("raining", "training"),
        ("dutifully", "duties"),
        ("duty", "duties"),
        ("applied", "apply"),
        ("personal", "person"),
        ("aply", "apply"),
        ("x" * 100_000, "x" * 29),
    ],
)
def test_another_word_stays(word: str, known: str) -> None:
    assert Spelling([known]).of(word) == word


@given(LETTERS, LETTERS)
def test_mistakes_are_mutual_and_words_their_own(one: str, other: str) -> None:
    assert is_mistake(one, other) == is_mistake(other, one)
    assert is_mistake(one, one)


@given(st.text("abcdet", min_size=5, max_size=14), st.data())
def test_one_letter_more_or_less_is_a_mistake(known: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(known) - 1))
    letter = data.draw(st.sampled_from("abcdet"))
    assert is_mistake(known[:place] + letter + known[place:], known)
    assert is_mistake(known[:place] + known[place + 1 :], known)
