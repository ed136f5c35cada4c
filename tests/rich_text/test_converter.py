"""Editors that open at the same time, and links and embeds that cannot lead to anything."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.models import ReferenceIndex

from tests.factories import body
from wagtail_careers.blocks import ProseBlock
from wagtail_careers.models import AbstractRoleIndexPage
from wagtail_careers.pages.models import RoleIndexPage, RolePage
from wagtail_careers.rich_text import PROSE_FEATURES
from wagtail_careers.rich_text.converter import ProseConverter, protect
from wagtail_careers.rich_text.entities import without_broken_entities

HUGE = "9" * 30
IDS = ["", ' id=""', " id", ' id="abc"', ' id="-1"', ' id="1.5"', f' id="{HUGE}"', ' id="[1]"']
BROKEN = [
    *(f'<a linktype="{kind}"{pk}>words</a>' for kind in ("page", "document") for pk in IDS),
    *(f'<a linktype="shared-link"{pk} path="x">words</a>' for pk in IDS),
    "<a href>words</a>",
    "<a>words</a>",
]
EMBEDS = [
    '<embed embedtype="image"/>',
    '<embed embedtype="image" id="abc" format="left"/>',
    '<embed embedtype="image" id="1"/>',
    '<embed embedtype="media"/>',
    "<embed/>",
]
SHORT = '<p data-block-key="aaaaa">One <b>bold</b> <mark>trait</mark></p>'
ITEM = '<li data-block-key="bbbbb"><i>Two</i> <a href="https://a.example/">link</a></li>'
LONG = SHORT * 40
LIST = f"<ul>{ITEM * 40}</ul>"


@pytest.fixture
def converter() -> ProseConverter:
    return ProseConverter(list(PROSE_FEATURES))


def contentstate(entity: Any, block_type: str = "unstyled", **options: Any) -> str:
    """The editor's form of "see words here", with an entity over "words"."""
    ranges = [{"offset": 4, "length": 5, "key": 0}]
    block = {"key": "a1b2c", "text": "see words here", "type": block_type, "depth": 0}
    return json.dumps(
        {
            "blocks": [{**block, "inlineStyleRanges": [], "entityRanges": ranges, "data": {}}],
            "entityMap": {} if entity is None else {"0": entity},
            **options,
        }
    )


def at_once(convert: Callable[[str], str], inputs: list[str], rounds: int) -> set[tuple[str, str]]:
    """Convert each input in a thread of its own, all at the same moment, many times."""
    barrier = Barrier(len(inputs))

    def work(text: str) -> set[tuple[str, str]]:
        results = set()
        for _round in range(rounds):
            barrier.wait(timeout=10)
            results.add((text, convert(text)))
        return results

    with ThreadPoolExecutor(len(inputs)) as threads:
        return set().union(*threads.map(work, inputs))


class TestAtTheSameTime:
    def test_editors_open_with_their_own_content(self, converter: ProseConverter) -> None:
        inputs = [LONG, LIST, LONG + LIST]
        opened = at_once(converter.from_database_format, inputs, rounds=40)
        assert {(html, converter.to_database_format(state)) for html, state in opened} == {
            (html, html) for html in inputs
        }

    def test_editors_are_saved_with_their_own_content(self, converter: ProseConverter) -> None:
        inputs = [converter.from_database_format(html) for html in (LONG, LIST, LONG + LIST)]
        saved = at_once(converter.to_database_format, inputs, rounds=40)
        assert {(state, converter.from_database_format(html)) for state, html in saved} == {
            (state, state) for state in inputs
        }

    def test_a_conversion_that_is_interrupted_by_another_goes_on(
        self, converter: ProseConverter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What two threads do by chance, without threads: one begins while the other reads."""
        handler = converter.html_to_contentstate_handler
        waiting, seen = [LIST], []

        def read(self: Any, data: str) -> None:
            if waiting:
                seen.append(converter.from_database_format(waiting.pop()))
            original(self, data)

        original = type(handler).handle_data
        monkeypatch.setattr(type(handler), "handle_data", read)
        assert converter.to_database_format(converter.from_database_format(SHORT)) == SHORT
        assert converter.to_database_format(seen[0]) == LIST

    def test_each_rich_text_field_of_the_package_is_protected(self) -> None:
        block: Any = RolePage._meta.get_field("body").stream_block  # type: ignore[union-attr]
        fields = [
            child.field
            for section in block.child_blocks.values()
            for child in section.child_blocks.values()
            if isinstance(child, ProseBlock)
        ]
        assert len(fields) == 7
        introduction: Any = RoleIndexPage._meta.get_field("introduction")
        for field in (*fields, introduction.formfield()):
            assert type(field.widget.converter) is ProseConverter

    def test_editor_with_a_converter_of_its_own_keeps_it(self) -> None:
        class Own(ContentstateConverter):
            pass

        widget = DraftailRichTextArea(features=["bold"])
        widget.converter = own = Own(["bold"])
        protect(widget)
        assert widget.converter is own
        protect(object())


@pytest.mark.django_db
class TestBrokenEntities:
    @pytest.mark.parametrize("link", BROKEN)
    def test_editor_opens_and_saves_the_text_of_a_link(
        self, converter: ProseConverter, link: str
    ) -> None:
        html = f'<p data-block-key="a1b2c">see {link} here</p>'
        saved = converter.to_database_format(converter.from_database_format(html))
        assert saved == '<p data-block-key="a1b2c">see words here</p>'

    @pytest.mark.parametrize("embed", EMBEDS)
    def test_editor_opens_beside_an_embed(self, embed: str) -> None:
        converter = ProseConverter([*PROSE_FEATURES, "image", "embed"])
        html = f'<p data-block-key="a1b2c">see here</p>{embed}'
        saved = converter.to_database_format(converter.from_database_format(html))
        assert BeautifulSoup(saved, "html.parser").get_text() == "see here"
        assert "embedtype" not in saved

    @pytest.mark.parametrize("kind", ["LINK", "DOCUMENT", "SHARED-LINK", "UNKNOWN"])
    @pytest.mark.parametrize(
        "data",
        [
            *(None, [], {}, {"url": None}, {"url": 5}, {"url": "javascript:alert(1)"}),
            *({"id": pk} for pk in (None, "abc", 10**30, True, {}, 1.5)),
        ],
    )
    def test_text_that_the_editor_posts_is_kept_without_its_link(
        self, converter: ProseConverter, kind: str, data: Any
    ) -> None:
        entity = {"type": kind, "mutability": "MUTABLE", "data": data}
        saved = converter.to_database_format(contentstate(entity))
        assert saved == '<p data-block-key="a1b2c">see words here</p>'

    @pytest.mark.parametrize("entity", [None, {}, "x", {"type": "LINK"}, {"data": {"id": 1}}])
    def test_entity_that_is_not_one_costs_no_text(
        self, converter: ProseConverter, entity: Any
    ) -> None:
        saved = converter.to_database_format(contentstate(entity))
        assert saved == '<p data-block-key="a1b2c">see words here</p>'

    @pytest.mark.parametrize("data", [None, {}, {"id": "abc", "format": "left"}, {"url": ""}])
    @pytest.mark.parametrize("kind", ["IMAGE", "EMBED"])
    def test_embed_that_the_editor_posts_is_left_out(self, kind: str, data: Any) -> None:
        converter = ProseConverter([*PROSE_FEATURES, "image", "embed"])
        assert converter.to_database_format(
            contentstate({"type": kind, "data": data}, "atomic")
        ) in (
            "",
            "see  here",
        )

    @pytest.mark.parametrize(
        ("kind", "data", "expected"),
        [
            ("LINK", {"id": 4040}, '<a linktype="page" id="4040">'),
            ("LINK", {"url": "https://a.example/"}, '<a href="https://a.example/">'),
            ("DOCUMENT", {"id": 4040}, '<a linktype="document" id="4040">'),
            ("SHARED-LINK", {"id": 4040, "path": 5}, '<a linktype="shared-link" id="4040">'),
        ],
    )
    def test_link_that_may_come_back_is_kept(
        self, converter: ProseConverter, kind: str, data: Any, expected: str
    ) -> None:
        saved = converter.to_database_format(contentstate({"type": kind, "data": data}))
        assert f"see {expected}words</a> here" in saved
        assert converter.to_database_format(converter.from_database_format(saved)) == saved

    def test_line_break_in_a_link_is_one_when_the_editor_opens_again(
        self, converter: ProseConverter
    ) -> None:
        entity = {"type": "LINK", "data": {"url": "https://a.example/"}}
        state = contentstate(entity).replace("see words here", "see\\nwo\\nds\\nhere")
        html = converter.to_database_format(state)
        assert html.endswith('>see<br/><a href="https://a.example/">wo<br/>ds</a><br/>here</p>')
        again = json.loads(converter.from_database_format(html))
        assert again["blocks"][0]["text"] == "see\nwo\nds\nhere"

    def test_characters_that_databases_refuse_are_left_out(self, converter: ProseConverter) -> None:
        state = contentstate({}).replace("see", "s\\u0000e\\ud83de")
        assert "see words here" in converter.to_database_format(state)

    @pytest.mark.parametrize("state", ["null", "{}", '{"blocks": null}'])
    def test_no_content_is_no_text(self, converter: ProseConverter, state: str) -> None:
        assert converter.to_database_format(state) == ""

    def test_pages_are_opened_saved_and_shown(
        self, admin_client: Client, client: Client, publish_role: Any
    ) -> None:
        html = f"<p>see {' '.join(BROKEN)} here</p>{''.join(EMBEDS)}"
        page = publish_role(title="Porter", body=body(duties=html))
        index = page.get_parent().specific
        index.introduction = html
        index.save_revision().publish()
        for each in (page, index):
            url = reverse("wagtailadmin_pages:edit", args=[each.pk])
            assert admin_client.get(url).status_code == 200
            shown = BeautifulSoup(client.get(each.url).content, "html.parser").get_text(" ")
            assert shown.count("words") == len(BROKEN)
            references = ReferenceIndex.get_references_for_object(each)
            assert not references.filter(to_object_id__in=["", "abc", "1.5", HUGE, "[1]"]).exists()

    def test_value_of_a_block_can_be_rendered_by_wagtail(self) -> None:
        for html in (*BROKEN, *EMBEDS):
            assert "see" in str(ProseBlock().to_python(f"<p>see {html}</p>"))
            assert "see" in str(ProseBlock().normalize(f"<p>see {html}</p>"))


def test_sound_html_is_the_same_to_the_byte() -> None:
    html = (
        '<p><a linktype="page" id="3">a</a> <a linktype="shared-link" id="4" path="b?c&amp;d">b</a>'
        '<a href="https://x.example/">c</a> <a linktype="other">d</a></p>'
        '<embed embedtype="media" url="https://v.example/"/>'
        '<embed embedtype="image" id="5" format="left" alt=""/>'
    )
    assert without_broken_entities(html) == html


def test_migrations_hold_wagtails_field() -> None:
    field: Any = AbstractRoleIndexPage._meta.get_field("introduction")
    assert field.deconstruct()[1] == "wagtail.fields.RichTextField"
