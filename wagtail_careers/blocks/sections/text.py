"""A section for content that fits no other section."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_careers.blocks.line import TitleBlock
from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.sections.base import MAX_TITLE, SectionBlock


class TextBlock(SectionBlock):
    """A section for content that fits no other section. It can repeat."""

    title = TitleBlock(max_length=MAX_TITLE, label=_("Title"))
    prose = ProseBlock(
        label=_("Text"),
        missing=_("Text: enter text, or remove this section."),
    )

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        self.child_blocks["title"].field.error_messages["required"] = _(
            "Text: enter a title, or remove this section."
        )

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("A section with your own title, for content that fits no other section.")
        template = "wagtail_careers/blocks/prose_section.html"
        counts_for_completeness = False
        repeats = True
        preview_value = {
            "title": _("A day in the role"),
            "prose": _("<p>The day starts at seven with a short team meeting.</p>"),
        }
