"""The source then, the source now, the page now: what becomes of each section."""

from typing import Any

import pytest

from wagtail_careers.importing.planning.comparison import normal_html
from wagtail_careers.importing.planning.merge import merge, merge_value

Body = list[dict[str, Any]]


def body(prefix: str = "i", **sections: str) -> Body:
    """Blocks by kind; ``text_NAME`` is a text section with that title."""
    blocks = []
    for name, prose in sections.items():
        kind = "text" if name.startswith("text") else name
        title = name.partition("_")[2] if kind == "text" else name
        value = {"title": title, "prose": f"<p>{prose}</p>"}
        blocks.append({"type": kind, "id": f"{prefix}-{name}", "value": value})
    return blocks


def told(result: Any) -> dict[str, str]:
    return {
        f"{block['type']}_{block['value']['title']}".removesuffix(f"_{block['type']}"): block[
            "value"
        ]["prose"][3:-4]
        for block in result.body
    }


@pytest.mark.parametrize(
    ("then", "now", "page", "merged", "conflicts"),
    [
        ({"duties": "a"}, {"duties": "a"}, {"duties": "a"}, {"duties": "a"}, 0),
        ({"duties": "a"}, {"duties": "b"}, {"duties": "a"}, {"duties": "b"}, 0),
        ({"duties": "a"}, {"duties": "a"}, {"duties": "c"}, {"duties": "c"}, 0),
        ({"duties": "a"}, {"duties": "b"}, {"duties": "b"}, {"duties": "b"}, 0),
        ({"duties": "a"}, {"duties": "b"}, {"duties": "c"}, {"duties": "c"}, 1),
        ({"duties": "a"}, {}, {"duties": "a"}, {}, 0),
        ({"duties": "a"}, {}, {"duties": "c"}, {"duties": "c"}, 1),
        ({"duties": "a"}, {"duties": "a"}, {}, {}, 0),
        ({"duties": "a"}, {"duties": "b"}, {}, {}, 1),
        ({}, {"duties": "b"}, {}, {"duties": "b"}, 0),
        ({}, {"duties": "b"}, {"duties": "c"}, {"duties": "c"}, 1),
        ({}, {"duties": "b"}, {"duties": "b"}, {"duties": "b"}, 0),
        ({}, {}, {"duties": "c"}, {"duties": "c"}, 0),
        ({"text_A": "a"}, {"text_A": "b"}, {"text_A": "a"}, {"text_A": "b"}, 0),
        ({"text_A": "a"}, {"text_B": "a"}, {"text_A": "a"}, {"text_B": "a"}, 0),
        ({}, {"text_B": "b"}, {"text_A": "a"}, {"text_A": "a", "text_B": "b"}, 0),
    ],
)
def test_one_section(
    then: dict[str, str],
    now: dict[str, str],
    page: dict[str, str],
    merged: dict[str, str],
    conflicts: int,
) -> None:
    result = merge(body(**then), body(**now), body(**page))
    assert (told(result), len(result.notes)) == (merged, conflicts)


def test_a_new_section_comes_after_the_one_that_it_follows_in_the_source() -> None:
    then = body(heading="a", duties="b", progression="c")
    now = body(heading="a", duties="b", text_Pay="d", training="e", progression="c")
    page = body(heading="a", progression="c", duties="b", text_Ours="x")
    result = merge(then, now, page)
    assert list(told(result)) == [
        "heading", "progression", "duties", "text_Pay", "training", "text_Ours",
    ]  # fmt: skip


def test_a_section_with_another_title_is_the_same_by_its_id() -> None:
    page = body(text_A="a")
    page[0]["value"] = {**page[0]["value"], "title": "An editor’s title"}
    result = merge(body(text_A="a"), body(text_A="b"), page)
    assert told(result) == {"text_An editor’s title": "a"}
    assert [note.raw["value"]["prose"] for note in result.notes if note.raw] == ["<p>b</p>"]


def renamed(block: dict[str, Any], title: str) -> dict[str, Any]:
    return {**block, "value": {**block["value"], "title": title}}


def test_a_section_that_both_have_renamed_is_one() -> None:
    page = [renamed(block, "Pay") for block in body(text_Pai="a")]
    result = merge(body(text_Pai="a"), body("new", text_Pay="a"), page)
    assert (list(result.body), result.notes) == (page, ())


def test_a_section_that_both_have_renamed_and_changed_is_a_conflict() -> None:
    page = [renamed(block, "Pay") for block in body(text_Pai="c")]
    result = merge(body(text_Pai="a"), body("new", text_Pay="b"), page)
    assert (told(result), len(result.notes)) == ({"text_Pay": "c"}, 1)


@pytest.mark.parametrize("prose", ["a", "c"])
def test_a_text_that_has_become_a_known_section_keeps_the_editor_s_words(prose: str) -> None:
    then = body(text_Uniform="a")
    now = [renamed(block, "Uniform") for block in body("new", duties="a")]
    result = merge(then, now, body(text_Uniform=prose))
    (block,) = result.body
    assert (block["type"], block["value"]["prose"]) == ("duties", f"<p>{prose}</p>")
    assert not result.notes


def test_a_text_does_not_become_a_section_that_an_editor_has_written() -> None:
    then = body(text_Uniform="a")
    now = [renamed(block, "Uniform") for block in body("new", duties="a")]
    result = merge(then, now, body("page", duties="d") + body(text_Uniform="c"))
    assert told(result) == {"duties": "d", "text_Uniform": "c"}
    assert len(result.notes) == 2


def test_ids_stay_those_of_the_page() -> None:
    result = merge(body(duties="a"), body("new", duties="b"), body(duties="a"))
    assert result.body[0]["id"] == "i-duties"


def test_an_editor_s_spelling_of_the_same_html_is_no_change() -> None:
    one = '<p>A <a id="3" linktype="shared-link" path="x">b</a> &amp; “c”<br/>d</p>'
    other = (
        '<p data-block-key="abc12">A <a linktype="shared-link" path="x" id="3">b</a> &amp; “c”'
        "<br>d</p>\n"
    )
    assert normal_html(one) == normal_html(other)
    assert normal_html(one) != normal_html(one.replace("b<", "B<"))


@pytest.mark.parametrize(
    ("then", "now", "page", "merged"),
    [("a", "b", "a", "b"), ("a", "a", "c", "c"), ("a", "b", "c", "c")],
)
def test_single_values(then: str, now: str, page: str, merged: str) -> None:
    assert merge_value(then, now, page) == merged
