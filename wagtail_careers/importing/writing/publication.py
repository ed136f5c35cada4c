"""Publication of complete pages, and flags for pages that are incomplete."""

from collections.abc import Iterable
from typing import Any

from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.roles.flags import INCOMPLETE, Flag, can_be_published
from wagtail_careers.importing.writing import records
from wagtail_careers.importing.writing.outcomes import Outcome, keep_flags, kept_flags
from wagtail_careers.importing.writing.site import SiteState
from wagtail_careers.models import ImportRecord
from wagtail_careers.publishing import incomplete_places

#: Flags that explain why a page is a draft. They are removed when it is published.
_SETTLED = frozenset({INCOMPLETE, "type"})


def incomplete_flags(page: Any) -> list[Flag]:
    """Flag the fields and sections that stop ``page`` from being published."""
    planned = planned_fields(page)
    places = [place for place in incomplete_places(page) if place not in planned]
    return [Flag(INCOMPLETE, {"places": ", ".join(places)})] if places else []


def planned_fields(page: Any) -> set[str]:
    """Return the fields with records that a dry run did not save, such as a new category."""
    relations = (
        field for field in page._meta.concrete_fields if field.is_relation and field.is_cached(page)
    )
    values = ((field.name, getattr(page, field.name)) for field in relations)
    return {name for name, value in values if value is not None and value.pk is None}


def publish(revision: Any, shared_links: Iterable[int]) -> None:
    """Publish a revision of a complete page, and the new shared links that it uses."""
    records.publish_shared_links(shared_links)
    revision.publish()


def publish_draft(site: SiteState, action: Action, record: ImportRecord) -> Outcome:
    """Publish a page that an earlier import left as a draft, if nobody has edited it."""
    flags = kept_flags(record)
    with site.transaction():
        page = newest(record)
        revision = page.latest_revision
        if revision is None or revision.pk != record.revision_id:
            return Outcome(action, "unchanged", page.pk, page.title, flags)
        flags = (
            *(flag for flag in flags if flag.code not in _SETTLED),
            *incomplete_flags(page),
        )
        is_published = can_be_published(flags)
        if not site.is_dry:
            if is_published:
                publish(revision, [use.shared_link_id for use in page.newest_link_uses.all()])
            keep_flags(record, flags)
            record.was_published = is_published
            record.save()
    result = "updated" if is_published else "unchanged"
    return Outcome(action, result, page.pk, page.title, flags, is_live=is_published)


def newest(record: ImportRecord) -> Any:
    """Return the newest revision of the record's page, as the editor shows it."""
    page: Any = record.page
    return page.specific.get_latest_revision_as_object()
