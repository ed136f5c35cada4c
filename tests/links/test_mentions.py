import json
from typing import Any

import pytest

from tests.factories import body, link_item, shared_link_html
from wagtail_careers.links.mentions import (
    Mention,
    change_mentions,
    mentions,
    swap_link,
    swap_path,
)


def content(**sections: Any) -> dict[str, Any]:
    return {"pk": 9, "title": "Porter", "body": json.dumps(body(**sections)), "category": 3}


PAGE = content(
    duties=f"<p>See {shared_link_html(3, 'the <b>NHS</b> site', 'roles?a=1&amp;b=2')} or "
    '<a href="https://a.example/">this</a>.</p>',
    application_links={
        "prose": f"<p>{shared_link_html(4, 'Jobs')}</p>",
        "links": [link_item(3, "apply"), link_item(5, note="shared-link")],
    },
)


def test_names_link_path_text_and_section_in_order() -> None:
    assert mentions(PAGE) == [
        Mention(3, "roles?a=1&b=2", "the NHS site", "duties"),
        Mention(4, "", "Jobs", "application_links"),
        Mention(3, "apply", "", "application_links"),
        Mention(5, "", "", "application_links"),
    ]


def test_are_found_in_rich_text_outside_streams_and_in_child_relations() -> None:
    found = mentions(
        {
            "introduction": shared_link_html(3, "here"),
            "places": [{"pk": 1, "text": shared_link_html(4, "there", "x")}],
        }
    )
    assert found == [Mention(3, "", "here", "introduction"), Mention(4, "x", "there", "places")]


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "",
        "shared_link",
        "[shared_link",
        "[1, 2, null]",
        "[" * 100_000 + "shared_link",
        "[" * 900 + '"shared_link"' + "]" * 900,
        f'["shared_link", {"9" * 5_000}]',
        '[{"type": "x", "value": {"shared_link": null}}]',
        '[{"type": "x", "value": {"shared_link": "3"}}]',
        '<a linktype="shared-link">no id</a>',
        '<a linktype="shared-link" id="x">no number</a>',
        '<a linktype="page" id="3">shared-link</a>',
        '<a linktype="shared-link" id="3">not closed',
    ],
)
def test_are_none_in_other_values(value: Any) -> None:
    assert mentions({"field": value}) == []


def test_content_without_the_link_is_the_same_to_the_byte() -> None:
    assert change_mentions(PAGE, swap_link(77, 78, keep_path=True)) == PAGE


@pytest.mark.parametrize("keep_path", [True, False])
def test_swap_link_changes_every_mention_of_the_link_and_no_other(keep_path: bool) -> None:
    changed = change_mentions(PAGE, swap_link(3, 8, keep_path=keep_path))
    assert mentions(changed) == [
        Mention(8, "roles?a=1&b=2" if keep_path else "", "the NHS site", "duties"),
        Mention(4, "", "Jobs", "application_links"),
        Mention(8, "apply" if keep_path else "", "", "application_links"),
        Mention(5, "", "", "application_links"),
    ]
    back = change_mentions(changed, swap_link(8, 3, keep_path=True))
    if keep_path:
        assert json.loads(back["body"]) == json.loads(PAGE["body"])
    assert {**changed, "body": ""} == {**PAGE, "body": ""}


def test_swap_path_changes_one_path_of_one_link() -> None:
    changed = change_mentions(PAGE, swap_path(3, "apply", 'how"to'))
    assert [mention.deep_path for mention in mentions(changed)] == [
        "roles?a=1&b=2",
        "",
        'how"to',
        "",
    ]


def test_markup_in_a_path_stays_an_attribute() -> None:
    changed = change_mentions(PAGE, swap_path(3, "roles?a=1&b=2", 'x"><script>'))
    assert "<script>" not in json.loads(changed["body"])[2]["value"]["prose"]
    assert mentions(changed)[0].deep_path == 'x"><script>'
