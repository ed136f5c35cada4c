import pytest

from wagtail_careers.text import (
    SUMMARY_LENGTH,
    beginning,
    has_text,
    has_words,
    plain_text,
    shortened,
    sort_key,
    summary,
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("<p>\xa0</p><p> \n</p>", ""),
        ("<p>One</p><p>two</p>", "One two"),
        ("<p>One<br/>two</p>", "One two"),
        ("<ul><li>one</li><li>two</li></ul>", "one two"),
        ("<p>One  \n two</p>", "One two"),
        ("<p>Sal<b>ary</b></p>", "Salary"),
        ("<p>fish &amp; chips &lt;3</p>", "fish & chips <3"),
        ("fish &amp; chips &lt;3", "fish & chips <3"),
        ("<p>&nbsp;&#160;</p>", ""),
        ('<p><a linktype="shared-link" id="1" path="a>b"></a></p>', ""),
        ('<p><a linktype="shared-link" id="1">NHS Jobs</a></p>', "NHS Jobs"),
    ],
)
def test_plain_text_is_the_visible_text_with_single_spaces(html: str, text: str) -> None:
    assert plain_text(html) == text
    assert has_text(html) == bool(text)


@pytest.mark.parametrize("html", ["", "<p></p>", "<p> \xa0 </p>"])
def test_summary_of_nothing_is_empty(html: str) -> None:
    assert summary(html) == ""


def test_summary_of_a_short_text_is_the_text() -> None:
    assert summary("<p>You <b>help</b> people &amp; animals.</p>") == "You help people & animals."


def test_summary_of_a_text_of_just_the_length_is_not_cut() -> None:
    assert summary(f"<p>{'a' * SUMMARY_LENGTH}</p>") == "a" * SUMMARY_LENGTH


def test_summary_of_a_long_text_ends_in_an_ellipsis_within_the_length() -> None:
    text = summary(f"<p>{'patient ' * 40}</p>")
    assert len(text) == SUMMARY_LENGTH
    assert text.endswith("…")
    assert text.startswith("patient patient")


@pytest.mark.parametrize(
    "beginning",
    [
        "You help people to move around St. Mary’s Hospital",
        "You help people with equipment, e.g. wheelchairs, beds",
        "You work 37.5 hours a week at no. 4 Mill Lane",
        "You help people. You move them around the hospital",
    ],
)
def test_summary_is_not_cut_at_a_full_stop(beginning: str) -> None:
    text = summary(f"<p>{beginning} {'and are patient ' * 20}</p>")
    assert text.startswith(f"{beginning} and are patient and")
    assert text.endswith("…")
    assert SUMMARY_LENGTH - len(" patient…") <= len(text) <= SUMMARY_LENGTH


def test_summary_has_no_punctuation_before_its_ellipsis() -> None:
    assert summary(f"<p>{'a' * 150}, {'b' * 20}</p>") == f"{'a' * 150}…"


def test_summary_of_one_endless_word_is_cut_within_it() -> None:
    assert summary(f"<p>{'a' * 400}</p>") == f"{'a' * (SUMMARY_LENGTH - 1)}…"


def test_a_shortened_text_keeps_most_of_what_has_few_spaces() -> None:
    assert shortened("NHS 看護師は患者のお世話をします", 10) == "NHS 看護師は患…"


@pytest.mark.parametrize("limit", [1, 2, 9, 10])
def test_a_shortened_text_is_never_longer_than_its_limit(limit: int) -> None:
    text = shortened("a bc, def ghij klmno", limit)
    assert len(text) <= limit
    assert text.endswith("…")


def test_the_beginning_of_a_text_is_one_line() -> None:
    assert beginning("You push\n beds,\xa0 and  move people.", 20) == "You push beds, and…"
    assert beginning(" You\npush ") == "You push"
    assert beginning(f"{' ' * 999}You{' ' * 999}push beds", 10) == "You push…"
    assert beginning("w" * 999, 10) == f"{'w' * 9}…"


@pytest.mark.parametrize("text", ["7", "a", "é", "看", " – x"])
def test_a_letter_or_a_digit_of_any_script_is_a_word(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize("text", ["", " ", "…", "–", "\xa0.", "→"])
def test_marks_alone_are_not_words(text: str) -> None:
    assert not has_words(text)


def test_titles_are_sorted_as_a_dictionary_sorts_them() -> None:
    titles = ["zoologist", "Éducateur", "Zoo keeper", "eagle", "Ärztin", "arts", "educator"]
    assert sorted(titles, key=sort_key) == [
        *("arts", "Ärztin", "eagle", "Éducateur", "educator", "Zoo keeper", "zoologist")
    ]


def test_titles_that_differ_in_case_or_accents_alone_have_one_order() -> None:
    titles = ["résumé", "Resume", "resume", "Résumé"]
    other_order = ["Résumé", "resume", "Resume", "résumé"]
    assert sorted(titles, key=sort_key) == sorted(other_order, key=sort_key)
