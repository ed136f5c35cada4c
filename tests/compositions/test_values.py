"""Values for every class of block and field, also for those that the package does not know."""

import json
from contextlib import suppress
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import find, given, settings
from hypothesis import strategies as st
from wagtail import blocks

from tests.factories import RoleCategoryFactory
from wagtail_careers.blocks import ProseBlock
from wagtail_careers.blocks.step import RolePageChooserBlock
from wagtail_careers.compositions.objects import MISSING, keys
from wagtail_careers.compositions.pages import posted
from wagtail_careers.compositions.values import block_values, field_values
from wagtail_careers.models import RoleCategory

pytestmark = pytest.mark.hypothesis

FEW = settings(max_examples=60)


class UnknownField(forms.Field):
    """A field about which nothing is known."""


class UnknownBlock(blocks.FieldBlock):
    field = UnknownField()

    class Meta:
        default = "its default"


class LaterBlock(blocks.StructBlock):
    """A block that is added later, with a field of every kind."""

    name = blocks.CharBlock(min_length=3, max_length=5)
    number = blocks.IntegerBlock(min_value=2, max_value=4)
    day = blocks.DateBlock()
    address = blocks.URLBlock()
    mail = blocks.EmailBlock()
    code = blocks.RegexBlock(r"^[A-Z]{2}$")
    shown = blocks.BooleanBlock(required=False)
    size = blocks.ChoiceBlock(choices=[("Sizes", [("s", "Small"), ("l", "Large")]), ("x", "Huge")])
    several = blocks.MultipleChoiceBlock(choices=[("a", "A"), ("b", "B")], required=False)
    prose = ProseBlock(features=["h3", "hr"])
    names = blocks.ListBlock(blocks.CharBlock(), min_num=1, max_num=2)
    note = blocks.StaticBlock()
    parts = blocks.StreamBlock([("part", blocks.CharBlock(max_length=9))], max_num=2)
    unknown = UnknownBlock()


LATER = blocks.StreamBlock([("later", LaterBlock())], required=False)


def read(block: Any, value: Any) -> Any:
    """What a block reads from a form with ``value``."""
    return block.value_from_datadict(posted({"block": value}), {}, "block")


@FEW
@given(value=block_values(LATER, {}))
def test_a_form_with_any_value_can_be_read_and_cleaned(value: Any) -> None:
    stream = read(LATER, value)
    assert [child.block_type for child in stream] == [name for name, _value in value]
    with suppress(blocks.stream_block.StreamBlockValidationError):
        assert len(LATER.clean(stream)) == len(value)


@pytest.mark.parametrize("name", LaterBlock().child_blocks)
def test_each_block_accepts_some_value(name: str) -> None:
    block = LaterBlock().child_blocks[name]

    def is_accepted(value: Any) -> bool:
        try:
            block.clean(read(block, value))
        except ValidationError:
            return False
        return True

    assert find(block_values(block, {}), is_accepted) is not None


@FEW
@given(value=block_values(UnknownBlock(), {}))
def test_a_block_of_an_unknown_class_has_its_default(value: Any) -> None:
    assert value == "its default"


def test_several_values_can_be_chosen() -> None:
    block = LaterBlock().child_blocks["several"]
    value = find(block_values(block, {}), lambda value: len(value) == 2)
    assert sorted(read(block, value)) == ["a", "b"]


@pytest.mark.parametrize(
    "is_reached",
    [
        lambda text: 0 < len(text) < 3,
        lambda text: len(text) == 5,
        lambda text: len(text) > 255,
        lambda text: text == "",
        lambda text: "\N{ZERO WIDTH SPACE}" in text,
        lambda text: "<b>" in text,
    ],
)
def test_text_is_within_the_limits_of_its_field_and_beyond(is_reached: Any) -> None:
    field = forms.CharField(min_length=3, max_length=300 if is_reached("x" * 256) else 5)
    assert find(field_values(field, {}), is_reached) is not None


@pytest.mark.django_db
def test_a_chooser_has_the_objects_of_its_model_and_one_that_is_gone() -> None:
    categories = {str(RoleCategoryFactory().pk), str(RoleCategoryFactory().pk)}
    for pk in (*categories, str(MISSING)):
        assert find(keys(RoleCategory), lambda key, pk=pk: key == pk) == pk
    chosen = field_values(RolePageChooserBlock(required=False).field, {})
    assert find(chosen, lambda key: key == "") == ""


def test_a_box_that_is_not_ticked_is_not_posted() -> None:
    values = field_values(forms.BooleanField(), {})
    assert {find(values, lambda value, each=each: value == each) for each in ("on", None)}
    assert posted({"box": None, "other": "x"}) == {"other": "x"}


def test_half_of_a_character_is_posted_as_browsers_do() -> None:
    assert posted({"title": "a\ud800b"}) == {"title": "a\N{REPLACEMENT CHARACTER}b"}


def test_a_block_of_a_stream_can_be_missing_repeated_and_in_any_place() -> None:
    block = blocks.StreamBlock(
        [(name, blocks.CharBlock()) for name in "abc"], block_counts={"b": {"max_num": 1}}
    )
    values = block_values(block, {}).map(lambda value: [name for name, _text in value])
    for order in (["a"], ["a", "b", "c"], ["a", "c", "b"], ["b", "a"], ["a", "b", "b"]):
        assert find(values, lambda names, order=order: names == order) == order


def test_an_empty_stream_has_nothing_in_it() -> None:
    assert find(block_values(blocks.StreamBlock(), {}), lambda value: True) == []


@FEW
@given(data=st.data())
def test_a_site_s_own_entity_has_the_data_that_the_site_gives(data: Any) -> None:
    from wagtail_careers.compositions.prose import allowed

    given_data = st.just({"url": "https://example.org/only"})
    can = allowed(["link", "bold"], {"LINK": given_data, "UNKNOWN": given_data})
    assert set(can.entities) == {"LINK"}
    assert data.draw(can.entities["LINK"]) == {"url": "https://example.org/only"}


@FEW
@given(state=block_values(ProseBlock(features=["h3", "bold"]), {}))
def test_prose_has_what_its_features_allow_and_nothing_else(state: str) -> None:
    content = json.loads(state)
    assert {block["type"] for block in content["blocks"]} <= {"unstyled", "header-three"}
    styles = {each["style"] for block in content["blocks"] for each in block["inlineStyleRanges"]}
    assert styles <= {"BOLD"}
    assert content["entityMap"] == {}
