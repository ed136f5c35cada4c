"""Changes between transcripts are told by what changed, not as lines removed and added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.testing.test_utterances import UTTERANCES
from wagtail_careers.testing.changes import changes, format_changes
from wagtail_careers.testing.utterances import Transcript, Utterance, parse

PAGE = parse("""\
page "Porter" (language en)
  main
    heading "Porter" (level 1)
    region "What would I be doing?"
      heading "What would I be doing?" (level 2)
      list (3 items)
        item "moving people" (1 of 3)
        item "checking equipment" (2 of 3)
        item "cleaning beds" (3 of 3)
    region "How do I apply?"
      heading "How do I apply?" (level 2)
      text "Look at"
      link "NHS Jobs"
      text "in May, when we advertise new posts."
""")


def edited(old: str, new: str) -> Transcript:
    text = str(PAGE)
    assert old in text
    return parse(text.replace(old, new))


def told(after: Transcript) -> list[tuple[str, str, str]]:
    return [
        (
            change.kind,
            "|".join(map(str, change.before)),
            "|".join(map(str, change.after)),
        )
        for change in changes(PAGE, after)
    ]


def test_the_same_transcript_has_no_changes() -> None:
    assert changes(PAGE, PAGE) == ()


def test_other_words_are_a_change_of_wording() -> None:
    assert told(edited("when we advertise new posts", "when new posts come")) == [
        (
            "wording",
            'text "in May, when we advertise new posts."',
            'text "in May, when new posts come."',
        )
    ]


def test_another_role_is_a_change_of_role() -> None:
    assert told(edited('link "NHS Jobs"', 'button "NHS Jobs"')) == [
        ("role", 'link "NHS Jobs"', 'button "NHS Jobs"')
    ]


def test_another_state_is_a_change_of_state() -> None:
    assert told(edited('"Porter" (level 1)', '"Porter" (level 2)')) == [
        ("state", 'heading "Porter" (level 1)', 'heading "Porter" (level 2)')
    ]


def test_a_line_in_another_place_is_moved() -> None:
    after = parse(
        str(PAGE)
        .replace('        item "cleaning beds" (3 of 3)\n', "")
        .replace(
            '        item "moving', '        item "cleaning beds" (1 of 3)\n        item "moving'
        )
    )
    ((kind, before, _after),) = told(after)
    assert (kind, before) == ("moved", 'item "cleaning beds" (3 of 3)')


def test_a_section_in_another_place_is_one_move() -> None:
    start, duties, apply = str(PAGE).split("    region ")
    after = parse("    region ".join([start, apply, duties]))
    (change,) = changes(PAGE, after)
    assert change.kind == "moved"
    assert len(change.after) == 5
    assert str(change).startswith("Moved from lines 10 to 14 to lines 4 to 8:")


def test_new_and_missing_lines_are_added_and_removed() -> None:
    assert told(edited('        item "moving people" (1 of 3)\n', "")) == [
        ("removed", 'item "moving people" (1 of 3)', "")
    ]
    assert told(edited('      link "NHS', '      image "Logo"\n      link "NHS')) == [
        ("added", "", 'image "Logo"')
    ]


def test_positions_follow_from_other_lines_and_are_no_changes() -> None:
    after = edited("3)", "4)")
    assert after != PAGE
    assert changes(PAGE, after) == ()


def test_a_new_container_is_one_addition_and_its_content_is_in_another_part() -> None:
    link = '      link "NHS Jobs"\n'
    assert told(edited(link, f'      navigation "Jobs"\n  {link}')) == [
        ("added", "", 'navigation "Jobs"'),
        ("nesting", 'link "NHS Jobs"', 'link "NHS Jobs"'),
    ]


def test_words_with_nothing_in_common_are_removed_and_added() -> None:
    assert [kind for kind, *_ in told(edited("cleaning beds", "xyz"))] == ["removed", "added"]


def test_each_change_of_several_is_told_by_itself() -> None:
    after = parse(
        str(PAGE)
        .replace("moving people", "moving many people")
        .replace('link "NHS Jobs"', 'button "NHS Jobs"')
        .replace("(level 1)", "(level 3)")
    )
    assert [kind for kind, *_ in told(after)] == ["state", "wording", "role"]


def test_the_text_of_changes_says_kind_and_line() -> None:
    assert format_changes(changes(PAGE, edited('link "NHS', 'button "NHS'))) == (
        'Other role, line 13:\n  -       link "NHS Jobs"\n  +       button "NHS Jobs"'
    )


@given(st.lists(UTTERANCES, max_size=12).map(tuple), st.lists(UTTERANCES, max_size=12).map(tuple))
def test_each_line_is_told_at_most_once(
    before: tuple[Utterance, ...], after: tuple[Utterance, ...]
) -> None:
    found = changes(Transcript(before), Transcript(after))
    assert sum(len(change.before) for change in found) <= len(before)
    assert sum(len(change.after) for change in found) <= len(after)
    assert format_changes(found).count("\n\n") == max(0, len(found) - 1)


@given(st.lists(UTTERANCES, max_size=12).map(tuple))
def test_nothing_is_found_between_equals(utterances: tuple[Utterance, ...]) -> None:
    assert changes(Transcript(utterances), Transcript(utterances)) == ()


@pytest.mark.parametrize("missing", ["before", "after"])
def test_an_empty_transcript_can_be_compared(missing: str) -> None:
    empty = Transcript(())
    pair = (empty, PAGE) if missing == "before" else (PAGE, empty)
    (change,) = changes(*pair)
    assert change.kind == ("added" if missing == "before" else "removed")
