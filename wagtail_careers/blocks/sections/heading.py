"""The introduction of a role page."""

from typing import Any

from django.forms.utils import flatatt
from django.utils.translation import gettext_lazy as _

from wagtail_careers.blocks.language import language_of
from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.sections.base import BaseSectionBlock
from wagtail_careers.languages import language_around, language_attributes
from wagtail_careers.rich_text import INLINE_FEATURES


class HeadingBlock(BaseSectionBlock):
    """The introduction, which comes below the page's title and has no heading of its own."""

    introduction = ProseBlock(
        features=list(INLINE_FEATURES),
        label=_("Introduction"),
        help_text=_(
            "Describe the role in two or three sentences. Search engines and lists of roles show "
            "the first 160 characters."
        ),
        missing=_("Heading: enter an introduction."),
    )

    def render(self, value: Any, context: Any = None) -> Any:
        attributes = flatatt(language_attributes(language_of(value), language_around()))
        return super().render(value, {**(context or {}), "language_attributes": attributes})

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("An introduction to the role. Each page has one, at the top.")
        template = "wagtail_careers/blocks/heading.html"
        preview_value = {
            "introduction": _(
                "<p>You help people to move safely around the hospital, and make them welcome.</p>"
            )
        }
