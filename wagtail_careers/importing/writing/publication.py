"""Publication of complete pages, and flags for pages that are incomplete."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.writing import records
from wagtail_careers.importing.writing.outcomes import INCOMPLETE, Outcome, keep_flags, kept_flags
from wagtail_careers.models import ImportRecord
from wagtail_careers.publishing import incomplete_places

#: Flags that explain why a page is a draft. They are removed when it is published.
_SETTLED = frozenset({INCOMPLETE, "type"})


def incomplete_flags(page: Any) -> list[Flag]:
    """Flag the fields and sections that stop ``page`` from being published."""
    places = incomplete_places(page)
    return [Flag(INCOMPLETE, {"places": ", ".join(places)})] if places else []


def publish(revision: Any, shared_links: Iterable[int]) -> None:
    """Publish a revision of a complete page, and the new shared links that it uses."""
    records.publish_shared_links(shared_links)
    revision.publish()


def publish_draft(action: Action, record: ImportRecord) -> Outcome:
    """Publish a page that an earlier import left as a draft, if nobody has edited it."""
    flags = kept_flags(record)
    with transaction.atomic():
        page = _record_page(record)
        revision = page.latest_revision
        if revision is None or revision.pk != record.revision_id:
            return Outcome(action, "unchanged", page.pk, page.title, flags)
        missing = incomplete_flags(page)
        if not missing:
            publish(revision, [use.shared_link_id for use in page.newest_link_uses.all()])
        flags = (*(flag for flag in flags if flag.code not in _SETTLED), *missing)
        keep_flags(record, flags)
        record.was_published = not missing
        record.save()
    return Outcome(action, "unchanged" if missing else "updated", page.pk, page.title, flags)


def _record_page(record: ImportRecord) -> Any:
    page: Any = record.page
    return page.specific.get_latest_revision_as_object()
