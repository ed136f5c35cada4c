"""The least that a Wagtail page can be: what role pages are measured against."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class BarePage(Page):
    """A page with a title and nothing else."""


class TextPage(Page):
    """A page with text, whose editor is Wagtail's own."""

    text = RichTextField(blank=True)
