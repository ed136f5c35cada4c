"""The text form of a transcript says all that is in it, and can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.testing.utterances import Transcript, TranscriptError, Utterance, parse, quoted

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
STATES = st.one_of(
    st.sampled_from(["required", "level 2", "3 of 12", "current page", "partly in cy fr"]),
    TEXTS.map(lambda text: f"description {quoted(text)}"),
    TEXTS.map(lambda text: f"value {quoted(text)}"),
)
UTTERANCES = st.builds(
    Utterance,
    role=st.sampled_from(["text", "link", "content information", "check box"]),
    name=TEXTS,
    states=st.lists(STATES, max_size=3).map(tuple),
    depth=st.integers(0, 9),
)


@given(st.lists(UTTERANCES).map(tuple))
def test_a_transcript_is_what_its_text_says(utterances: tuple[Utterance, ...]) -> None:
    transcript = Transcript(utterances)
    assert parse(str(transcript)) == transcript
    assert str(transcript).count("\n") == len(utterances)


def test_a_line_has_the_role_the_name_and_the_states() -> None:
    utterance = Utterance("text field", 'Your "real" name', ("required", 'value "Ada, (L)"'), 2)
    assert str(Transcript((utterance,))) == (
        '    text field "Your \\"real\\" name" (required, value "Ada, (L)")\n'
    )


def test_empty_lines_and_line_ends_of_windows_are_no_content() -> None:
    assert parse('main\r\n\r\n  link "Jobs"\r\n') == parse('main\n  link "Jobs"\n')


@pytest.mark.parametrize(
    "line", ['link "Jobs', 'link Jobs"', "link (", ' link "one space"', '"Jobs"', r'link "\x"']
)
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(TranscriptError, match="Line 2 is not a line of a transcript"):
        parse(f"main\n{line}\n")
