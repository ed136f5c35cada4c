"""PHP's format for values: lengths are in bytes, and nothing in it is run."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_careers.importing.sources.php import is_serialized, unserialized

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | texts,
    lambda inside: st.dictionaries(texts, inside, max_size=4),
    max_leaves=12,
)


def serialized(value: Any) -> str:
    """Write ``value`` as PHP does."""
    if value is None:
        return "N;"
    if isinstance(value, bool):
        return f"b:{int(value)};"
    if isinstance(value, str):
        return f's:{len(value.encode())}:"{value}";'
    inside = "".join(serialized(key) + serialized(each) for key, each in value.items())
    return f"a:{len(value)}:{{{inside}}}"


@given(values)
def test_every_value_is_read_back(value: Any) -> None:
    assert unserialized(serialized(value)) == value


@given(st.text('abOsNid:;{}"0123456789-\\é', max_size=40))
def test_other_text_is_an_error_and_nothing_worse(text: str) -> None:
    with suppress(ValueError):
        unserialized(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a:1:{i:0;s:4:"text";}', {"0": "text"}),
        ('O:8:"stdClass":1:{s:4:"text";s:5:"Café";}', {"text": "Café"}),
        ("d:1.5;", "1.5"),
        ("a:2:{i:0;i:5;i:1;R:2;}", {"0": "5", "1": None}),
    ],
)
def test_lists_objects_numbers_and_references(text: str, value: Any) -> None:
    assert unserialized(text) == value


@pytest.mark.parametrize(
    "text",
    [
        's:9:"short";',
        's:-1:"";',
        "a:99999999999:{}",
        "a:1:{a:0:{}i:1;}",
        'C:11:"ArrayObject":2:{x}',
        's:1:"a";s:1:"b";',
    ],
)
def test_broken_values_are_errors(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unserialized(text)


def test_what_looks_like_a_value() -> None:
    assert is_serialized('a:1:{i:0;s:4:"text";}')
    assert not is_serialized("a: the first of these")
