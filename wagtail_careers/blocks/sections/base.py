"""What all sections have in common."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue

from wagtail_careers.conf import get_settings

PREVIEW_TEMPLATE = "wagtail_careers/block_preview.html"

#: The longest title that a section can have. Migrations have the number.
MAX_TITLE = 100


class BaseSectionBlock(StructBlock):
    """A part of a role page that the package knows something about."""

    class Meta:
        #: The ``<h2>`` of the section when its editor enters no title; empty for none.
        default_title: Any = ""
        #: Headings by which the import recognises the section; their exact wording matters little.
        import_phrases: tuple[str, ...] = ()
        #: Whether the import takes bold phrases in the section for traits.
        bold_is_trait = False
        #: Whether a role without the section counts as incomplete. Readers do not see such a
        #: section while nothing is written in it.
        counts_for_completeness = True
        #: Whether a page can have the section more than once.
        repeats = False
        preview_template = PREVIEW_TEMPLATE


class SectionValue(StructValue):
    """A section with a title."""

    @property
    def heading(self) -> str:
        """The editor's title, else the default title, else the label of the block; never empty."""
        block: Any = self.block
        return str(self["title"] or default_title(block) or block.label)


class SectionBlock(BaseSectionBlock):
    """A section: a title, which is an ``<h2>``, and prose."""

    title = CharBlock(
        required=False,
        max_length=MAX_TITLE,
        label=_("Title"),
        help_text=_("The heading of this section. Leave empty to use the default title."),
    )

    def get_default(self) -> Any:
        value = super().get_default()
        value["title"] = default_title(self)
        return value

    class Meta:
        value_class = SectionValue
        label_format = "{title}"


def default_title(block: Any) -> str:
    """Return the default title of a section's block: the site's if it has set one."""
    return str(get_settings().default_titles.get(block.name, block.meta.default_title))
