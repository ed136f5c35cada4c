"""Versions of pages that can go live although newer ones exist: scheduled, or in moderation."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q
from wagtail.models import Revision, WorkflowState

from wagtail_careers.models.page_type import page_type

_CONTENTS = "_wagtail_careers_pending"


def pending_contents(page: Any) -> list[dict[str, Any]]:
    """Return the content of the versions of ``page`` that are scheduled or in moderation.

    The newest version can be among them. A page from ``with_pending_contents`` takes no query.
    """
    if _CONTENTS not in page.__dict__:
        return contents_by_page([page.pk]).get(page.pk, [])
    known: list[dict[str, Any]] = page.__dict__[_CONTENTS]
    return known


def with_pending_contents(pages: Iterable[Any]) -> Iterator[Any]:
    """Yield ``pages`` with what ``pending_contents`` returns for them, in one query for all."""
    by_page = contents_by_page()
    for page in pages:
        page.__dict__[_CONTENTS] = by_page.get(page.pk, [])
        yield page


def contents_by_page(page_pks: Collection[int] | None = None) -> dict[int, list[dict[str, Any]]]:
    """Return the content of all such versions, by primary key of the page, in one query."""
    pages = Q(base_content_type=page_type())
    if page_pks is not None:
        pages &= Q(object_id__in=[str(pk) for pk in page_pks])
    moderated = WorkflowState.objects.filter(
        pages,
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    ).values("current_task_state__revision")
    can_go_live = Q(approved_go_live_at__isnull=False) | Q(pk__in=moderated)
    revisions = Revision.objects.filter(can_go_live, pages).order_by("pk")
    found: dict[int, list[dict[str, Any]]] = {}
    for object_id, content in revisions.values_list("object_id", "content"):
        found.setdefault(int(object_id), []).append(content)
    return found
