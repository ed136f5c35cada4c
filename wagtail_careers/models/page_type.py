"""The content type of pages of all kinds."""

import swapper
from django.contrib.contenttypes.models import ContentType


def page_type() -> ContentType:
    """Return the type under which Wagtail files the revisions and references of all pages."""
    return ContentType.objects.get_for_model(swapper.load_model("wagtailcore", "Page"))
