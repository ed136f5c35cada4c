"""No content state, and nothing else that a request can have in its place, stops the converter."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wagtail_careers.rich_text import PROSE_FEATURES
from wagtail_careers.rich_text.contentstate import sound_state
from wagtail_careers.rich_text.converter import ProseConverter
from wagtail_careers.rich_text.html import prose_html
from wagtail_careers.rich_text.targets import Ids, Targets, collect_ids

_ATOMS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.sampled_from(["", "word", "²", "\x00", "\ud800", "0", "3", "atomic", "BOLD", "LINK"])
    | st.text(max_size=5)
)
_ANYTHING = st.recursive(
    _ATOMS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner)
)
_NUMBERS = st.integers(-1, 12) | _ANYTHING


def _some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=4) | _ANYTHING


_STYLES = st.fixed_dictionaries(
    {},
    optional={
        "offset": _NUMBERS,
        "length": _NUMBERS,
        "style": st.sampled_from(["BOLD", "TRAIT", "UNKNOWN"]) | _ANYTHING,
    },
)
_LINKS = st.fixed_dictionaries(
    {},
    optional={
        "offset": _NUMBERS,
        "length": _NUMBERS,
        "key": st.sampled_from([0, 1, "0", "1"]) | _ANYTHING,
    },
)
_BLOCKS = st.fixed_dictionaries(
    {},
    optional={
        "key": st.just("a1b2c") | _ANYTHING,
        "text": st.just("see words\nhere") | _ANYTHING,
        "type": st.sampled_from(["unstyled", "unordered-list-item", "atomic", "header-three"])
        | _ANYTHING,
        "depth": _NUMBERS,
        "data": _ANYTHING,
        "inlineStyleRanges": _some(_STYLES),
        "entityRanges": _some(_LINKS),
    },
)
_DATA = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([3, "3", "word", 10**30, "a/b", "../x", "javascript:x"]) | _ANYTHING
        for name in ("id", "url", "sharedLink", "path", "parentId")
    },
)
_ENTITIES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["LINK", "SHARED-LINK", "DOCUMENT", "IMAGE", "EMBED"]) | _ANYTHING,
        "mutability": _ANYTHING,
        "data": _DATA | _ANYTHING,
    },
)
_STATES = st.fixed_dictionaries(
    {},
    optional={
        "blocks": _some(_BLOCKS),
        "entityMap": st.dictionaries(st.sampled_from(["0", "1"]), _ENTITIES) | _ANYTHING,
    },
)

_converter = ProseConverter(list(PROSE_FEATURES))


@settings(max_examples=300)
@given(sent=(_STATES | _ANYTHING).map(json.dumps) | st.text())
@example("[" * 100_000)
@example('{"blocks": 1e999}')
def test_whatever_is_sent_is_converted_and_can_be_shown(sent: str) -> None:
    html = _converter.to_database_format(sent)
    html.encode()
    assert "\x00" not in html
    collect_ids(html)
    assert prose_html(html, Targets(Ids()), lambda page: None) is not None


def test_links_that_overlap_leave_the_first_one() -> None:
    ranges = [{"offset": 2, "length": 4, "key": 1}, {"offset": 0, "length": 3, "key": 0}]
    links = {
        str(number): {"type": "LINK", "data": {"url": f"https://{number}.example/"}}
        for number in range(2)
    }
    block = {"text": "abcdef", "type": "unstyled", "entityRanges": ranges}
    html = _converter.to_database_format(json.dumps({"blocks": [block], "entityMap": links}))
    assert '<a href="https://0.example/">abc</a>def' in html


@pytest.mark.parametrize("sent", ["", "word", "null", "[]", "5", '{"blocks": {}}'])
def test_what_is_no_content_state_is_empty(sent: str) -> None:
    assert sound_state(sent, ()) == {"blocks": [], "entityMap": {}}
