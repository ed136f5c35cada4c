"""The content of the newest versions of pages, as revisions are saved."""

from collections.abc import Collection, Mapping
from typing import Any

from wagtail.models import Revision

from wagtail_careers.models.page_type import page_type


def saved_newest_content(
    revision: Revision, *, created: bool, update_fields: Collection[str] | None
) -> Mapping[str, Any] | None:
    """Return the content of a page's newest version if this save of ``revision`` wrote it.

    The arguments are those of Django's signal ``post_save``. Older revisions are saved too, for
    example when their publication is scheduled.
    """
    if revision.base_content_type_id != page_type().pk:
        return None
    has_content = update_fields is None or "content" in update_fields
    if not (created or (has_content and revision.is_latest_revision())):
        return None
    content: Mapping[str, Any] = revision.content
    return content
