from typing import Any

import pytest

from tests.blocks.cleaning import BODY
from tests.factories import SECTIONS, body, child, step_item
from wagtail_careers.blocks.completeness import completeness, is_written


def test_body_with_words_in_every_section_is_complete() -> None:
    state = completeness(BODY, body())
    assert state.is_complete
    assert state.written == SECTIONS
    assert state.empty == state.unused == ()


def test_empty_body_uses_no_section() -> None:
    state = completeness(BODY, [])
    assert not state.is_complete
    assert state.unused == SECTIONS
    assert state.written == state.empty == ()


@pytest.mark.parametrize("name", SECTIONS)
def test_section_without_words_is_empty_and_without_a_block_unused(name: str) -> None:
    empty = completeness(BODY, body(**{name: "<p></p>"}))
    assert (empty.empty, empty.unused) == ((name,), ())
    unused = completeness(BODY, body(**{name: None}))
    assert (unused.empty, unused.unused) == ((), (name,))
    for state in (empty, unused):
        assert not state.is_complete
        assert name not in state.written


def test_sections_are_reported_in_their_usual_order_wherever_they_stand() -> None:
    state = completeness(BODY, reversed(body(duties=None, training=None)))
    assert state.written == ("heading", "person_spec", "application_links", "progression")
    assert state.unused == ("duties", "training")


def test_sections_of_the_editors_own_do_not_count() -> None:
    raw_body = [child("text", {"title": "A day", "prose": "<p>Seven o'clock.</p>"})]
    assert completeness(BODY, raw_body).written == ()


@pytest.mark.parametrize(
    ("section", "written"),
    [
        ({}, False),
        ({"title": "Training"}, False),
        ({"title": "Training", "prose": ""}, False),
        ({"title": "", "prose": None}, False),
        ({"title": "", "prose": "<p>\xa0</p>"}, False),
        ({"title": "", "prose": "<p>Some.</p>"}, True),
        ({"title": "", "prose": "", "links": []}, False),
        ({"title": "", "prose": "", "links": [{"value": {"shared_link": 1}}]}, True),
        ({"title": "", "prose": "", "steps": [step_item(title="Nurse")]}, True),
        ({"introduction": "<p>Some.</p>"}, True),
    ],
)
def test_section_is_written_when_it_says_more_than_its_title(
    section: dict[str, Any], written: bool
) -> None:
    assert is_written(section) is written
