"""Only prose whose editor offers shared links is read and changed."""

import json
from typing import Any

import pytest
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RawHTMLBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)

from example_site.home.models import HomePage
from tests.factories import body
from tests.testapp.models import OwnRolePage
from wagtail_careers.blocks.raw_data import change_values
from wagtail_careers.links.prose import change_prose, models_with_prose
from wagtail_careers.pages.models import RoleIndexPage, RolePage

LINK = '<p><a href="https://a.example/">a</a></p>'


def upper(html: str, section: str) -> str:
    return f"[{section}]{html.upper()}"


def test_is_changed_in_sections_and_fields_by_name() -> None:
    content = {"pk": 1, "title": LINK, "body": json.dumps(body(duties=LINK)), "category": 3}
    changed = change_prose(RolePage, content, upper)
    assert {**changed, "body": ""} == {**content, "body": ""}
    before, after = json.loads(content["body"]), json.loads(changed["body"])
    assert after[2]["value"] == {**before[2]["value"], "prose": upper(LINK, "duties")}
    assert after[0]["value"]["introduction"] == upper("<p>Words on heading.</p>", "heading")
    introduction = change_prose(RoleIndexPage, {"introduction": LINK}, upper)["introduction"]
    assert introduction == upper(LINK, "introduction")


def test_unchanged_content_is_the_same_to_the_byte() -> None:
    content = {"body": json.dumps(body(duties="é"), ensure_ascii=False, indent=1), "title": "é"}
    assert change_prose(RolePage, content, lambda html, _section: html) == content


@pytest.mark.parametrize("value", [None, "", "no stream", "[]"])
def test_other_values_of_a_stream_stay(value: Any) -> None:
    assert change_prose(RolePage, {"body": value}, upper) == {"body": value}


def test_sections_that_no_longer_exist_stay() -> None:
    content = {"body": json.dumps([{"type": "old", "value": LINK, "id": "1"}])}
    assert change_prose(RolePage, content, upper) == content


def test_text_whose_editor_has_no_shared_links_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    field = HomePage._meta.get_field("introduction")
    content = {"introduction": LINK}
    assert change_prose(HomePage, content, upper) != content
    monkeypatch.setattr(field, "features", ["bold", "link"])
    assert change_prose(HomePage, content, upper) == content


def test_features_of_an_editor_count_where_a_field_names_none(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(HomePage._meta.get_field("introduction"), "features", None)
    assert HomePage not in models_with_prose()
    editor = {"WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea"}
    options = {"OPTIONS": {"features": ["link", "shared-link"]}}
    settings.WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": editor | options}
    assert HomePage in models_with_prose()


def test_models_are_those_of_pages_with_such_text() -> None:
    assert {HomePage, RoleIndexPage, RolePage, OwnRolePage} <= set(models_with_prose())


def test_raw_data_is_changed_in_innermost_blocks_only() -> None:
    class Card(StructBlock):
        title = CharBlock()
        texts = ListBlock(RichTextBlock())
        code = RawHTMLBlock()

    block = StreamBlock([("card", Card()), ("text", RichTextBlock())])
    item = {"type": "item", "id": "i", "value": "b"}
    card = {"title": "a", "texts": [item, "legacy"], "code": "c", "gone": "d"}
    raw = [
        {"type": "card", "id": "1", "value": card},
        {"type": "text", "id": "2", "value": "e"},
        {"type": "gone", "id": "3", "value": "f"},
    ]

    def change(block: Any, value: Any) -> Any:
        return value.upper() if isinstance(block, RichTextBlock) else value

    changed_card = {**card, "texts": [{**item, "value": "B"}, "LEGACY"]}
    assert change_values(block, raw, change) == [
        {**raw[0], "value": changed_card},
        {**raw[1], "value": "E"},
        raw[2],
    ]
