"""What a developer would build without the package: the yardstick of the benchmarks."""

from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock


class DoItYourselfPage(Page):
    """The same text in stock blocks, with a list of snippets for the links."""

    body = StreamField(
        [
            ("introduction", RichTextBlock()),
            (
                "section",
                StructBlock([("title", CharBlock()), ("text", RichTextBlock())]),
            ),
            (
                "links",
                ListBlock(SnippetChooserBlock("wagtail_careers.SharedLink")),
            ),
            ("steps", ListBlock(CharBlock())),
        ]
    )

    content_panels = [*Page.content_panels, FieldPanel("body")]
