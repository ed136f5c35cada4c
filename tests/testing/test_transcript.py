"""What is said of an accessibility tree, and what is left out."""

from typing import Any

import pytest

from wagtail_careers.testing.accessibility_tree import Node, read
from wagtail_careers.testing.transcript import spoken
from wagtail_careers.testing.utterances import TranscriptError


def text(name: str, **facts: Any) -> Node:
    return Node("StaticText", name=name, language=facts.pop("language", "en"), **facts)


def node(role: str, *children: Node, **facts: Any) -> Node:
    return Node(role, children=children, language=facts.pop("language", "en"), **facts)


def lines(*children: Node) -> list[str]:
    """The lines of a page with these elements, without that of the page itself."""
    first, *rest = str(spoken(node("RootWebArea", *children, name="Page"))).splitlines()
    assert first == 'page "Page" (language en)'
    return [line.removeprefix("  ") for line in rest]


def test_what_assistive_technology_ignores_is_read_through() -> None:
    assert lines(node("", node("generic", node("button", name="Go")))) == ['button "Go"']


def test_texts_of_one_block_are_one_utterance() -> None:
    paragraph = node(
        "paragraph",
        text("You like ", block=1),
        node("strong", text("people", block=1)),
        text(". ", block=1),
    )
    assert lines(paragraph, node("paragraph", text("Apply.", block=2))) == [
        'text "You like people."',
        'text "Apply."',
    ]


def test_a_link_parts_the_text_around_it() -> None:
    link = node("link", text("NHS Jobs"), name="NHS Jobs")
    assert lines(text("Look at ", block=1), link, text(".", block=1)) == [
        'text "Look at"',
        'link "NHS Jobs"',
    ]


def test_what_has_its_name_from_its_content_says_it_once_and_other_elements_again() -> None:
    heading = node("heading", node("link", text("Jobs"), name="Jobs"), text(" today"))
    named = node("heading", *heading.children, name="Jobs today", properties={"level": 2})
    assert lines(named) == ['heading "Jobs today" (level 2)', '  link "Jobs"']


def test_a_list_has_a_size_and_its_items_positions() -> None:
    inner = node("list", node("listitem", text("b")))
    items = (node("", node("listitem", text("a"))), node("listitem", text("c"), inner))
    assert lines(node("list", *items)) == [
        "list (2 items)",
        '  item "a" (1 of 2)',
        "  item (2 of 2)",
        '    text "c"',
        "    list (1 item)",
        '      item "b" (1 of 1)',
    ]


def test_items_that_are_equal_have_their_own_positions() -> None:
    items = [node("listitem", text("same")) for _ in range(3)]
    assert lines(node("list", *items))[1:] == [
        f'  item "same" ({position} of 3)' for position in (1, 2, 3)
    ]


def test_markers_and_numbers_of_a_style_sheet_are_left_out_but_not_its_words() -> None:
    item = node(
        "listitem",
        node("ListMarker", text("1. ")),
        text("2", is_generated=True),
        text("New: ", is_generated=True, block=1),
        text("4 posts", block=1),
    )
    assert lines(node("list", item))[1:] == ['  item "New: 4 posts" (1 of 1)']


def test_another_language_is_said_and_that_of_the_page_is_not() -> None:
    assert lines(
        text("Welcome ", block=1),
        text("Croeso", block=1, language="cy"),
        node("link", text("Swyddi", language="cy"), name="Swyddi"),
        node("link", text("In "), text("Cymraeg", language="cy"), name="In Cymraeg"),
    ) == [
        'text "Welcome"',
        'text "Croeso" (language cy)',
        'link "Swyddi" (language cy)',
        'link "In Cymraeg" (partly in cy)',
    ]


@pytest.mark.parametrize(
    ("element", "line"),
    [
        (
            node("textbox", name="Name", properties={"required": True}),
            'text field "Name" (required)',
        ),
        (node("textbox", name="N", properties={"invalid": "true"}), 'text field "N" (invalid)'),
        (node("button", name="Menu", properties={"expanded": False}), 'button "Menu" (collapsed)'),
        (node("button", name="Menu", properties={"expanded": True}), 'button "Menu" (expanded)'),
        (node("link", name="Home", current="page"), 'link "Home" (current page)'),
        (node("link", name="Home", current="false"), 'link "Home"'),
        (
            node("checkbox", name="All", properties={"checked": "mixed"}),
            'check box "All" (partly checked)',
        ),
        (node("image", name=""), "image (no name)"),
        (node("Iframe", name="Map"), 'frame "Map" (not included)'),
        (
            node("searchbox", name="Find", value="a  b", description="Two\nwords"),
            'search field "Find" (value "a b", description "Two words")',
        ),
        (node("region", name="Duties"), 'region "Duties"'),
        (node("status", text("Saved")), 'status "Saved"'),
    ],
)
def test_states_are_said_in_words(element: Node, line: str) -> None:
    assert lines(element) == [line]


def test_a_region_and_a_group_without_a_name_are_wrappers() -> None:
    assert lines(node("region", text("a")), node("group", text("b", block=1))) == [
        'text "a"',
        'text "b"',
    ]


def test_a_table_has_its_size_and_its_caption_once() -> None:
    row = node("row", node("columnheader", text("Pay")), node("cell", text("£20")))
    table = node("table", node("caption", text("Pay")), node("rowgroup", row, row), name="Pay")
    assert lines(table) == [
        'table "Pay" (2 rows, 2 columns)',
        *["  row", '    column header "Pay"', '    cell "£20"'] * 2,
    ]


def test_a_browser_without_an_accessibility_tree_is_refused() -> None:
    with pytest.raises(TranscriptError, match="Use Chromium"):
        read(object())  # type: ignore[arg-type]
