"""The rule that a role does not lead to itself, which no block can check for itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamBlockValidationError

from wagtail_careers.blocks.raw_data import walk
from wagtail_careers.blocks.step import StepBlock


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
