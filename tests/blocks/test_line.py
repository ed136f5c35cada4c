"""Lines of text: titles, names and notes."""

import pytest
from django.core.exceptions import ValidationError

from wagtail_careers.blocks.line import LineBlock, TitleBlock

INVISIBLE = ["", " ", "\xa0", "\u200b", "\u00ad\u200e", "\u2060 \ufeff"]
WORDLESS = ["!", "— …", "🩺", "\u200b?"]


@pytest.mark.parametrize("text", INVISIBLE)
def test_what_nobody_sees_is_no_text(text: str) -> None:
    for block in (LineBlock(required=False), TitleBlock(required=False)):
        assert block.clean(text) == ""
        assert block.to_python(text) == ""
        with pytest.raises(ValidationError, match="required"):
            type(block)().clean(text)


@pytest.mark.parametrize("text", ["Nurse", "5", "Ärztin", "ممرضة", "護士", "C#", "\u2067שלו"])
def test_words_of_any_script_are_a_title(text: str) -> None:
    assert TitleBlock().clean(text) == text
    assert TitleBlock().to_python(text) == text


@pytest.mark.parametrize("text", WORDLESS)
def test_title_without_a_word_is_kept_in_a_draft_and_cannot_be_published(text: str) -> None:
    title = TitleBlock()
    assert title.clean_deferred(text) == text
    with pytest.raises(ValidationError, match="at least one letter or number"):
        title.clean(text)
    assert LineBlock().clean(text) == text


def test_migrations_know_them_as_wagtails_own() -> None:
    for block in (LineBlock(max_length=9), TitleBlock(max_length=9)):
        assert block.deconstruct() == ("wagtail.blocks.CharBlock", (), {"max_length": 9})
