"""The least that a Wagtail page can be: what role pages are measured against."""

from wagtail.models import Page


class BarePage(Page):
    """A page with a title and nothing else."""
