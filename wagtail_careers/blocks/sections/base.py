"""The base classes of sections."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructValue

from wagtail_careers.blocks.comparison import SectionComparison
from wagtail_careers.blocks.line import TitleBlock
from wagtail_careers.blocks.wording import WordlessStructBlock
from wagtail_careers.conf import get_settings
from wagtail_careers.text import has_words

PREVIEW_TEMPLATE = "wagtail_careers/block_preview.html"

#: The longest title of a section. Migrations contain this number.
MAX_TITLE = 100


class BaseSectionBlock(WordlessStructBlock):
    """A section of a role page, with the attributes that the registry reads."""

    def get_comparison_class(self) -> Any:
        return SectionComparison

    class Meta:
        #: The ``<h2>`` of the section if its editor enters no title; empty for none.
        default_title: Any = ""
        #: Headings by which the import recognises the section. Similar wordings match as well.
        import_phrases: tuple[str, ...] = ()
        #: Whether the import reads bold phrases in the section as traits.
        bold_is_trait = False
        #: Whether a role without the section counts as incomplete. Readers do not see such a
        #: section while it is empty.
        counts_for_completeness = True
        #: Whether a page can have the section more than once.
        repeats = False
        preview_template = PREVIEW_TEMPLATE


class SectionValue(StructValue):
    """A section with a title."""

    @property
    def heading(self) -> str:
        """The editor's title, or else the default title, or else the label of the block."""
        block: Any = self.block
        title = str(self["title"] or "")
        return title if has_words(title) else str(default_title(block) or block.label)


class SectionBlock(BaseSectionBlock):
    """A section with a title."""

    title = TitleBlock(
        required=False,
        max_length=MAX_TITLE,
        label=_("Title"),
        help_text=_("Enter a heading for this section, or leave empty for the default title."),
    )

    def get_default(self) -> Any:
        value = super().get_default()
        value["title"] = default_title(self)
        return value

    class Meta:
        value_class = SectionValue
        label_format = "{title}"


def default_title(block: Any) -> str:
    """Return the default title of a section's block, from the site's setting if it has one."""
    return str(get_settings().default_titles.get(block.name, block.meta.default_title))
