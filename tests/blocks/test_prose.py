from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.rich_text import RichText

from wagtail_careers.blocks import ProseBlock
from wagtail_careers.rich_text import PROSE_FEATURES

EMPTY = ["", "<p></p>", "<p> </p>", "<p>\xa0</p><p></p>", "<p><b></b></p>", "<p><br/></p>"]


@pytest.mark.parametrize("html", EMPTY)
def test_required_prose_without_a_visible_character_is_missing(html: str) -> None:
    block = ProseBlock(missing="Say something.")
    with pytest.raises(ValidationError, match="Say something"):
        block.clean(RichText(html))


@pytest.mark.parametrize("html", EMPTY)
def test_draft_of_it_may_be_empty(html: str) -> None:
    assert ProseBlock(missing="Say something.").clean_deferred(RichText(html)).source == html


@pytest.mark.parametrize("html", EMPTY)
def test_optional_prose_may_be_empty(html: str) -> None:
    assert ProseBlock(required=False).clean(RichText(html)).source == html


def test_words_are_enough() -> None:
    assert ProseBlock().clean(RichText("<p>x</p>")).source == "<p>x</p>"


def test_message_of_its_own_is_not_needed() -> None:
    with pytest.raises(ValidationError, match="required"):
        ProseBlock().clean(RichText("<p> </p>"))


def test_editor_offers_the_features_of_prose_unless_told_otherwise() -> None:
    assert ProseBlock().features == list(PROSE_FEATURES)
    assert ProseBlock(features=["bold"]).features == ["bold"]


@pytest.mark.parametrize(
    ("kwargs", "frozen"),
    [
        ({}, {}),
        ({"missing": "Say something.", "label": "Text", "features": ["bold"]}, {}),
        ({"required": False}, {"required": False}),
    ],
)
def test_migrations_hold_wagtails_class_and_no_more_than_it_needs(
    kwargs: Any, frozen: dict[str, Any]
) -> None:
    assert ProseBlock(**kwargs).deconstruct() == ("wagtail.blocks.RichTextBlock", (), frozen)


BARE = "The sub-heading “{}” has no text below it. Add text, or remove the sub-heading."


@pytest.mark.parametrize(
    ("html", "bare"),
    [
        ("<p>One</p><h3>Two</h3>", ["Two"]),
        ("<h3>One</h3><h3>Two</h3><p>three</p>", ["One"]),
        ("<h3>One</h3><p> </p><h3><b>Two</b></h3><ul><li>&nbsp;</li></ul>", ["One", "Two"]),
        ("<h3>One</h3><h4>Two</h4><p>three</p>", []),
        ("<h4>One</h4><h3>Two</h3><p>three</p>", ["One"]),
        ("<h3>One</h3><p>two</p>", []),
        ("<h3>One</h3><ul><li>two</li></ul>", []),
        ("<p>One</p><h3> </h3>", []),
    ],
)
def test_sub_heading_with_nothing_below_it_cannot_be_published(html: str, bare: list[str]) -> None:
    block = ProseBlock()
    value = block.to_python(html)
    assert block.clean_deferred(value).source == html
    if not bare:
        block.clean(value)
        return
    with pytest.raises(ValidationError) as caught:
        block.clean(value)
    assert caught.value.messages == [BARE.format(text) for text in bare]
