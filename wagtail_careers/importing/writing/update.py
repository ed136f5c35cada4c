"""Brings what has changed in the source to a page that editors may have changed as well."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from wagtail_careers.importing.planning.merge import (
    Merged,
    Note,
    merge,
    merge_value,
    same,
    unresolved,
)
from wagtail_careers.importing.planning.plan import Action
from wagtail_careers.importing.roles import account
from wagtail_careers.importing.roles.account import Entry
from wagtail_careers.importing.roles.role import Flag, Role
from wagtail_careers.importing.writing.creation import body_of, brought_along, category_id, stream
from wagtail_careers.importing.writing.outcomes import (
    Outcome,
    Written,
    keep_record,
    kept_notes,
    log_import,
)
from wagtail_careers.importing.writing.page_check import rendered
from wagtail_careers.importing.writing.publication import incomplete_flags, publish
from wagtail_careers.importing.writing.site import Anchors, Known
from wagtail_careers.models import ImportRecord

_KEPT = "an editor’s version was kept"


def update(known: Known, action: Action, role: Role, record: ImportRecord) -> Outcome:
    """Merge section by section; the result is a revision on top of the newest.

    It is published only if nobody has edited the page since the last import.
    """
    anchors = Anchors(known, role.draft.permalink)
    with transaction.atomic():
        page = newest(record)
        if page.locked:
            return _leave_locked(action, page)
        is_edited = page.latest_revision_id != record.revision_id
        body = body_of(action, role, anchors)
        merged = _merge(role, record, body, page)
        told = _account_of(role, body, merged)
        flags = [*action.flags, *brought_along(known, role, page), *_conflict_flags(merged)]
        has_changed = _apply(page, role, record, merged)
        # Of a page that was edited, the import's last revision is not the newest.
        revision = record.revision
        is_published = False
        if has_changed:
            _check_sections(told, rendered(page))
            new = page.save_revision(clean=False)
            missing = incomplete_flags(page)
            flags += missing
            # What an editor took offline stays so; that makes no revision.
            is_offline = record.was_published and not page.live
            is_published = action.may_publish and not (
                is_edited or is_offline or merged.notes or missing
            )
            if is_published:
                publish(new, anchors.used)
            log_import(page, role)
            revision = revision if is_edited else new
        written = Written(
            page, revision, body, category_id(role), tuple(flags), merged.notes, anchors.is_waiting
        )
        keep_record(replace(action, may_publish=is_published), role, written)
    known.remember(action, page, anchors)
    result = "updated" if has_changed else "unchanged"
    return Outcome(
        action,
        "conflict" if merged.notes else result,
        page.pk,
        page.title,
        tuple(flags),
        merged.notes,
        told,
        anchors.is_waiting,
    )


def preview_update(known: Known, action: Action, role: Role, record: ImportRecord) -> Outcome:
    """What ``update`` would do, without doing it."""
    page = newest(record)
    body = body_of(action, role, Anchors(known, role.draft.permalink, dry=True))
    merged = _merge(role, record, body, page)
    flags = (*action.flags, *_conflict_flags(merged))
    result = "conflict" if merged.notes else "updated"
    return Outcome(action, result, page.pk, page.title, flags, merged.notes, role.account)


def newest(record: ImportRecord) -> Any:
    """The page of ``record`` as the editor shows it."""
    page: Any = record.page
    return page.specific.get_latest_revision_as_object()


def _leave_locked(action: Action, page: Any) -> Outcome:
    """Change nothing, and note nothing as done: the next run comes back to it."""
    flags = (*action.flags, Flag("locked", _("The page is locked, and was left as it is.")))
    return Outcome(action, "unchanged", page.pk, page.title, flags)


def _merge(role: Role, record: ImportRecord, body: list[dict[str, Any]], page: Any) -> Merged:
    """The sections merged, with a note if editors and the source both changed the title.

    What nobody has settled since an earlier import is noted again.
    """
    then = record.written
    merged = merge(then["body"], body, list(page.body.raw_data))
    notes = list(merged.notes)
    title = _title_block(role.title)
    if then["title"] not in (role.title, page.title) and page.title != role.title:
        notes.append(Note("title", _("Title"), title))
    shown = [*merged.body, _title_block(page.title)]
    notes += unresolved(kept_notes(record), [*body, title], shown)
    return replace(merged, notes=tuple(notes))


def _title_block(title: str) -> dict[str, Any]:
    """The title of a page in the form of a section, for notes."""
    return {"type": "title", "value": {"title": _("Title"), "prose": escape(title)}}


def _conflict_flags(merged: Merged) -> list[Flag]:
    if not merged.notes:
        return []
    message = _("Editors and the source both changed: %(sections)s.")
    names = ", ".join(note.title or note.section for note in merged.notes)
    return [Flag("conflict", message % {"sections": names})]


def _apply(page: Any, role: Role, record: ImportRecord, merged: Merged) -> bool:
    """Put what the source has changed onto ``page``; whether anything was."""
    then = record.written
    before = _state(page)
    page.title = merge_value(then["title"], role.title, page.title)
    page.category_id = merge_value(then["category"], category_id(role), page.category_id)
    if hasattr(page, "search_description"):
        page.search_description = merge_value(
            then["excerpt"], role.draft.excerpt, page.search_description
        )
    page.body = stream(type(page), merged.body)
    return _state(page) != before


def _state(page: Any) -> tuple[Any, ...]:
    description = getattr(page, "search_description", "")
    return page.title, page.category_id, description, list(page.body.raw_data)


def _account_of(role: Role, body: list[dict[str, Any]], merged: Merged) -> tuple[Entry, ...]:
    """The account with the words of sections that an editor has changed as not placed."""
    placed = {0} | {
        number
        for number, block in enumerate(body, start=1)
        if any(kept["type"] == block["type"] and same(kept, block) for kept in merged.body)
    }
    return tuple(
        entry if entry.section in placed or entry.dropped else replace(entry, dropped=_KEPT)
        for entry in role.account
    )


def _check_sections(told: Iterable[Entry], page: str) -> None:
    """Check the sections one by one: an editor may have put them into another order."""
    for number, entries in groupby(told, key=lambda entry: entry.section):
        if number:
            account.check_page(entries, page)
