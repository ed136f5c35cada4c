"""The content of the newest versions of pages, as revisions are saved."""

from collections.abc import Collection, Mapping
from typing import Any

import swapper
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision


def saved_newest_content(
    revision: Revision, *, created: bool, update_fields: Collection[str] | None
) -> Mapping[str, Any] | None:
    """Return the content of a page's newest version if this save of ``revision`` wrote it.

    The arguments are those of Django's signal ``post_save``. Older revisions are saved too, for
    example when their publication is scheduled.
    """
    page = ContentType.objects.get_for_model(swapper.load_model("wagtailcore", "Page"))
    if revision.base_content_type_id != page.pk:
        return None
    has_content = update_fields is None or "content" in update_fields
    if not (created or (has_content and revision.is_latest_revision())):
        return None
    content: Mapping[str, Any] = revision.content
    return content
