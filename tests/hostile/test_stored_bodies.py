"""Bodies that code may have stored are read wherever Wagtail's own blocks read them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
)
from wagtail.snippets.blocks import SnippetChooserBlock

from tests.hostile.walk import undone
from wagtail_careers.blocks.completeness import completeness
from wagtail_careers.derived import derive
from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.plain_links import plain_links
from wagtail_careers.lint.content import places
from wagtail_careers.pages.models import RolePage

pytestmark = pytest.mark.django_db

DEEP: Any = 5
for _level in range(100):
    DEEP = [DEEP]
STORED = (
    None,
    5,
    True,
    1e300,
    10**30,
    "x",
    "²",
    "y" * 300,
    '<a linktype="shared-link" id="²" path="//x">x</a><mark></mark>',
    [],
    {},
    {"a": {"type": 5}},
    [{"type": "item", "value": 5, "id": 5}],
    DEEP,
)


def plain(block: Any) -> Any:
    """Return blocks of Wagtail's own with the structure of ``block``."""
    if isinstance(block, StreamBlock | StructBlock):
        kind = StreamBlock if isinstance(block, StreamBlock) else StructBlock
        return kind([(name, plain(child)) for name, child in block.child_blocks.items()])
    if isinstance(block, ListBlock):
        return ListBlock(plain(block.child_block))
    if isinstance(block, SnippetChooserBlock):
        return SnippetChooserBlock("wagtail_careers.SharedLink")
    if isinstance(block, ChoiceBlock):
        return ChoiceBlock(choices=[("next", "Next")])
    kinds: tuple[Any, ...] = (RichTextBlock, PageChooserBlock, CharBlock)
    return next(kind() for kind in kinds if isinstance(block, kind))


def variants(raw: Any, stored: Any) -> Iterator[Any]:
    """Yield ``raw`` with ``stored`` in each of its places in turn."""
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
        inner = variants(value, stored) if isinstance(value, dict | list) else ()
        for each in (stored, *inner):
            changed: Any = raw.copy()
            changed[key] = each
            yield changed


def reads(block: Any, raw: Any) -> bool:
    """Return whether blocks of Wagtail's own can read, show, store and edit ``raw``."""
    try:
        value = block.to_python(raw)
        value.render_as_block()
        block.get_prep_value(value)
        block.get_searchable_content(value)
        list(block.extract_references(value))
        block.get_form_state(value)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        return False
    return True


@pytest.fixture
def role(site: None, db: None) -> RolePage:
    return RolePage.objects.get(title="Porter")


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: repr(stored)[:20])
def test_body_is_read_wherever_wagtail_reads_it(stored: Any, role: RolePage) -> None:
    block = role.body.stream_block
    bare = plain(block)
    raw = json.loads(json.dumps(role.body.get_prep_value()))
    bodies = [body for body in variants(raw, stored) if reads(bare, body)]
    assert len(bodies) > 5
    for body in bodies:
        assert reads(block, body), body
        content = {"body": json.dumps(body)}
        derive(block, body), completeness(block, body), places(block, body)
        mentions(content), plain_links(RolePage, content)
        role.body = StreamValue(block, body, is_lazy=True)
        assert isinstance(role.introduction, str)


BODIES = [
    {"links": {"path": 5}, "steps": "x"},
    {"links": {"path": {"a": 1}, "note": 5}, "steps": {"title": "x" * 300, "page": "²"}},
    {"links": {"shared_link": None}, "steps": {"title": {"a": 1}, "relation": "z" * 300}},
]


@pytest.mark.parametrize("stored", BODIES, ids=str)
def test_page_with_it_is_published_shown_and_edited(
    stored: dict[str, Any], role: RolePage, admin: Client
) -> None:
    raw = json.loads(json.dumps(role.body.get_prep_value()))
    for section in raw:
        for name, change in stored.items():
            for item in section["value"].get(name, ()):
                item["value"] = {**item["value"], **change} if isinstance(change, dict) else change
        if section["type"] == "training":
            section["value"] = "a text"
    with undone():
        role.body = StreamValue(role.body.stream_block, raw, is_lazy=True)
        role.save_revision(clean=False).publish()
        for url in (
            role.url,
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_pages:edit", args=[role.pk]),
            reverse("wagtailadmin_pages:view_draft", args=[role.pk]),
            reverse("careers_before_publication", args=[role.pk]),
            reverse("careers_roles:index"),
            reverse("careers_roles:index") + "?export=csv",
        ):
            assert admin.get(url).status_code == 200
