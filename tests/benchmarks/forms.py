"""The data that the browser posts when an editor saves a page."""

from typing import Any

from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield


def page_form(page: Any) -> dict[str, str]:
    """Return the form data of ``page`` as it is, with its body if it has one."""
    data: dict[str, Any] = {
        "title": page.title,
        "slug": page.slug,
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    if hasattr(page, "category_id"):
        data |= {
            "category": str(page.category_id or ""),
            "role_alternative_titles": inline_formset([]),
        }
    if hasattr(page, "body"):
        data["body"] = _value(page.body.stream_block, page.body)
    form: dict[str, str] = nested_form_data(data)
    return form


def _value(block: Any, value: Any) -> Any:
    if isinstance(block, StreamBlock):
        children = [(child.block_type, _value(child.block, child.value)) for child in value]
        return _with_ids(streamfield(children), [child.id for child in value])
    if isinstance(block, ListBlock):
        items = [("item", _value(block.child_block, item)) for item in value]
        return _with_ids(streamfield(items), [child.id for child in value.bound_blocks])
    if isinstance(block, StructBlock):
        return {name: _value(child, value[name]) for name, child in block.child_blocks.items()}
    shown = block.field.widget.format_value(block.field.prepare_value(block.value_for_form(value)))
    shown = shown[0] if isinstance(shown, list) else shown
    return str(getattr(shown, "pk", shown) if shown is not None else "")


def _with_ids(form: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    for number, pk in enumerate(ids):
        form[str(number)]["id"] = pk or ""
    return form
