"""The rich text of pages in which editors can use shared links, read and changed.

Text whose editor does not offer shared links is left out: Wagtail would remove a shared link from
it when the page is next saved. So is other text that looks like rich text, such as raw HTML.
Nothing here queries the database.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import swapper
from django.apps import apps
from django.conf import settings
from modelcluster.models import get_all_child_relations
from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import features as registry

from wagtail_careers.blocks.raw_data import change_values
from wagtail_careers.rich_text.targets import SHARED_LINK_KEY, SHARED_LINK_TYPE

#: Returns the new form of the prose in a section, or the same to leave it unchanged. The section
#: is the name of the top-level block of the stream, or of the field outside streams.
ChangeProse = Callable[[str, str], str]


def change_prose(
    model: type[Any], content: Mapping[str, Any], change: ChangeProse
) -> dict[str, Any]:
    """Return ``content`` with its prose changed; everything else stays the same to the byte.

    ``content`` is what a revision of ``model`` stores and ``serializable_data()`` returns.
    """
    changed = {
        field.name: _changed_field(field, content[field.name], change)
        for field in model._meta.concrete_fields
        if content.get(field.name)
    }
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name() or ""
        if content.get(name):
            children = [
                change_prose(relation.related_model, each, change) for each in content[name]
            ]
            changed[name] = children
    return {**content, **changed}


def models_with_prose() -> list[type[Any]]:
    """Return the page models of the site that have such prose."""
    page_model = swapper.load_model("wagtailcore", "Page")
    return [model for model in apps.get_models() if issubclass(model, page_model) and _has(model)]


def can_have_links(model: type[Any]) -> bool:
    """Return whether editors can put shared links or plain links into pages of ``model``."""
    return _has(model) or _chooses(model)


def _chooses(model: type[Any]) -> bool:
    """Return whether a block or a child object of ``model`` has a shared link of its own."""
    streams = (field for field in model._meta.concrete_fields if isinstance(field, StreamField))
    if any(_block_chooses(field.stream_block) for field in streams):
        return True
    children = [relation.related_model for relation in get_all_child_relations(model)]
    return any(_names_a_link(child) or _chooses(child) for child in children)


def _names_a_link(model: type[Any]) -> bool:
    return any(field.name == SHARED_LINK_KEY for field in model._meta.concrete_fields)


def _block_chooses(block: Block) -> bool:
    if isinstance(block, ListBlock):
        return _block_chooses(block.child_block)
    if not isinstance(block, StreamBlock | StructBlock):
        return False
    children = block.child_blocks
    return SHARED_LINK_KEY in children or any(map(_block_chooses, children.values()))


def _has(model: type[Any]) -> bool:
    if any(map(_field_has, model._meta.concrete_fields)):
        return True
    return any(_has(relation.related_model) for relation in get_all_child_relations(model))


def _field_has(field: Any) -> bool:
    if isinstance(field, StreamField):
        return _block_has(field.stream_block)
    return isinstance(field, RichTextField) and _offers_shared_links(field)


def _block_has(block: Block) -> bool:
    if isinstance(block, StreamBlock | StructBlock):
        return any(map(_block_has, block.child_blocks.values()))
    if isinstance(block, ListBlock):
        return _block_has(block.child_block)
    return _is_prose(block)


def _changed_field(field: Any, value: Any, change: ChangeProse) -> Any:
    if isinstance(field, StreamField):
        return _changed_stream(field.stream_block, value, change)
    if isinstance(field, RichTextField) and _offers_shared_links(field):
        return change(value, field.name)
    return value


def _changed_stream(block: Block, value: str, change: ChangeProse) -> str:
    try:
        stream = json.loads(value)
    except (TypeError, ValueError):
        return value
    changed = [
        child
        for section in stream
        for child in change_values(block, [section], _in_section(section["type"], change))
    ]
    return value if changed == stream else json.dumps(changed)


def _in_section(section: str, change: ChangeProse) -> Callable[[Block, Any], Any]:
    def change_block(block: Block, raw: Any) -> Any:
        return change(raw, section) if _is_prose(block) and isinstance(raw, str) else raw

    return change_block


def _is_prose(block: Block) -> bool:
    return isinstance(block, RichTextBlock) and _offers_shared_links(block)


def _offers_shared_links(text: RichTextField | RichTextBlock) -> bool:
    """Return whether the editor of a field or block of rich text has the feature."""
    offered = text.features
    if offered is None:
        editors = getattr(settings, "WAGTAILADMIN_RICH_TEXT_EDITORS", {})
        options = editors.get(text.editor, {}).get("OPTIONS") or {}
        offered = options.get("features")
    return SHARED_LINK_TYPE in (registry.get_default_features() if offered is None else offered)
