"""The rules about a role page that no field or block can check for itself.

They hold when the page is published: the form and ``publishing`` ask them.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from wagtail_careers.blocks.body import has_content
from wagtail_careers.blocks.raw_data import walk
from wagtail_careers.blocks.step import StepBlock, StepValue
from wagtail_careers.rich_text.targets import resolving


def refuse_steps_to_itself(page: Any, body: Any) -> None:
    """Raise ``StreamBlockValidationError`` if a step in ``body`` leads to ``page`` itself."""
    if page.pk is None:
        return
    message = _(
        "%(section)s: a role cannot lead to itself. Choose a different page in step %(step)d."
    )
    errors: list[str | ValidationError] = [
        ValidationError(message % {"section": section, "step": number})
        for section, number in _own_steps(page.pk, body)
    ]
    if errors:
        raise StreamBlockValidationError(non_block_errors=errors)


def refuse_unseen_sections(body: Any, published_with: Collection[int] = ()) -> None:
    """Raise ``StreamBlockValidationError`` for sections with nothing but entries that nobody sees.

    Such as a progression whose only step is a page that was never published. ``published_with``
    has the primary keys of the pages that are about to be published together with this one.
    """
    message = _(
        "Readers would see nothing in this section, because what it lists is not published. "
        "Publish that first, or enter text."
    )
    with resolving(body.raw_data):
        errors = {
            number: StructBlockValidationError({unseen[0]: ValidationError(message)})
            for number, (child, raw) in enumerate(zip(body, body.raw_data, strict=True))
            if getattr(child.block.meta, "counts_for_completeness", False)
            and (unseen := _unseen_lists(child, published_with))
            and not has_content(child, raw["value"])
        }
    if errors:
        raise StreamBlockValidationError(errors)


def _unseen_lists(child: Any, published_with: Collection[int]) -> list[str]:
    """Return the names of the lists that have entries, if readers see no entry of any of them."""
    fields = child.value.items() if isinstance(child.value, Mapping) else ()
    lists = {name: value for name, value in fields if isinstance(value, ListValue) and len(value)}
    entries = [entry for value in lists.values() for entry in value]
    return [] if any(_is_seen(entry, published_with) for entry in entries) else list(lists)


def _is_seen(entry: Any, published_with: Collection[int]) -> bool:
    page = entry["page"] if isinstance(entry, StepValue) else None
    return getattr(entry, "is_visible", True) or (page is not None and page.pk in published_with)


def _own_steps(pk: int, body: Any) -> list[tuple[str, int]]:
    """Return the label of the section and the number of each step to the page ``pk``."""
    return [
        (str(child.block.label), number)
        for child in body
        for number, step in enumerate(_steps(child), start=1)
        if step.get("page") == pk
    ]


def _steps(child: Any) -> list[Any]:
    raw = child.get_prep_value()["value"]
    return [step for block, step in walk(child.block, raw) if isinstance(block, StepBlock)]
