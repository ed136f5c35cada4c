"""The body of a role page: its sections in order."""

from threading import RLock
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock
from wagtail.blocks.stream_block import StreamBlockValidationError

from wagtail_careers.blocks.sections import (
    ApplicationLinksBlock,
    DutiesBlock,
    HeadingBlock,
    PersonSpecBlock,
    ProgressionBlock,
    TextBlock,
    TrainingBlock,
)
from wagtail_careers.completeness import SECTIONS, is_written
from wagtail_careers.links import resolve

#: To save a draft, Wagtail makes the fields of blocks optional for a moment, and blocks are
#: shared by all threads of a process. Two of them at once, as a preview and an autosave are,
#: could let an incomplete page through and leave the fields optional for good.
_CLEANING = RLock()


class RoleBodyBlock(StreamBlock):
    """The sections of a role page: each named one at most once, ``text`` as often as needed.

    A draft may be incomplete; a page is published with exactly one heading, which is first.
    """

    heading = HeadingBlock()
    person_spec = PersonSpecBlock()
    duties = DutiesBlock()
    training = TrainingBlock()
    application_links = ApplicationLinksBlock()
    progression = ProgressionBlock()
    text = TextBlock()

    def clean_deferred(self, value: Any) -> Any:
        with _CLEANING:
            return super().clean_deferred(value)

    def clean(self, value: Any) -> Any:
        with _CLEANING:
            return self._clean(value)

    def _clean(self, value: Any) -> Any:
        block_errors: dict[int, Any] = {}
        non_block_errors: list[Any] = []
        cleaned = value
        try:
            cleaned = super().clean(value)
        except StreamBlockValidationError as error:
            block_errors = error.block_errors
            non_block_errors = list(error.non_block_errors.as_data())
        if not self.is_deferred_validation:
            non_block_errors += _heading_errors([child.block_type for child in value])
        if block_errors or non_block_errors:
            raise StreamBlockValidationError(block_errors, non_block_errors)
        return cleaned

    def render(self, value: Any, context: Any = None) -> Any:
        """Render all sections with the links of the whole body looked up at once."""
        with resolve.resolving(value.raw_data):
            return super().render(value, context=context)

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        is_preview = getattr(context.get("request"), "is_preview", False)
        shown = [
            (number, child)
            for number, (child, raw) in enumerate(zip(value, value.raw_data, strict=True))
            if is_preview or is_for_readers(child.block_type, raw["value"])
        ]
        context["headings"] = [child for _number, child in shown if child.block_type == "heading"]
        context["sections"] = [
            {"anchor": anchor(child, number), "block": child}
            for number, child in shown
            if child.block_type != "heading"
        ]
        return context

    class Meta:
        template = "wagtail_careers/blocks/body.html"
        block_counts = {name: {"max_num": 1} for name in SECTIONS}


def is_for_readers(name: str, section: Any) -> bool:
    """Whether there is anything to read in the section, of which this is the raw value.

    A named section that nobody has written yet would be a title with nothing below it. What a
    section of the site's own shows may come from elsewhere than its fields.
    """
    return name not in SECTIONS or is_written(section)


def anchor(child: Any, number: int) -> str:
    """The HTML id of a section: it stays the same when the section's title changes.

    ``number`` tells sections apart that were never saved, which have no id yet.
    """
    name: str = child.block_type.replace("_", "-")
    return f"{name}-{child.id or number}" if child.block_type == "text" else name


def default_body() -> list[tuple[str, Any]]:
    """The body of a new page: the six named sections with their default titles.

    Migrations refer to this function by its path.
    """
    block = RoleBodyBlock()
    return [(name, block.child_blocks[name].get_default()) for name in SECTIONS]


def _heading_errors(block_types: list[str]) -> list[ValidationError]:
    if "heading" not in block_types:
        return [ValidationError(_("Add a Heading section that says what the role is."))]
    if block_types[0] != "heading":
        return [ValidationError(_("Move the Heading section to the top."))]
    return []
