"""Update of a page that editors may have changed, with the changes of the source."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.html import escape

from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.planning.comparison import same
from wagtail_careers.importing.planning.merge import Merged, Note, merge, merge_value, unresolved
from wagtail_careers.importing.roles.account import Placement
from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.writing.anchors import Anchors
from wagtail_careers.importing.writing.creation import body_of, brought_along, category_id, stream
from wagtail_careers.importing.writing.outcomes import (
    Outcome,
    Written,
    keep_record,
    kept_notes,
    log_import,
    title_block,
)
from wagtail_careers.importing.writing.page_check import check_page, rendered
from wagtail_careers.importing.writing.publication import incomplete_flags, publish
from wagtail_careers.importing.writing.site import SiteState
from wagtail_careers.models import ImportRecord

#: The code of the reason why words of the source are not on the page.
_KEPT = "editor_kept"


def update(site: SiteState, action: Action, role: Role, record: ImportRecord) -> Outcome:
    """Merge the role into the newest revision, section by section, and save a new one.

    It is published only if nobody has edited the page since the last import.
    """
    anchors = Anchors(site, role.post.permalink)
    with transaction.atomic():
        page = newest(record)
        if page.locked:
            return _leave_locked(action, page)
        body = body_of(action, role, anchors)
        merged = _merge(role, record, body, page)
        account = _account_of(role, body, merged)
        flags = [*action.flags, *brought_along(site, role, page), *_conflict_flags(merged)]
        has_changed = _apply(page, role, record, merged)
        revision, is_published = record.revision, False
        if has_changed:
            _check_sections(account, rendered(page))
            revision, is_published, missing = _save(action, role, record, page, merged, anchors)
            flags += missing
        category = category_id(role, page.locale)
        written = Written(
            page, revision, body, category, tuple(flags), merged.notes, anchors.is_waiting
        )
        keep_record(replace(action, may_publish=is_published), role, written)
    site.add(role.post.key, page, anchors.created)
    result = "updated" if has_changed else "unchanged"
    return Outcome(
        action,
        "conflict" if merged.notes else result,
        page.pk,
        page.title,
        tuple(flags),
        merged.notes,
        account,
        anchors.is_waiting,
    )


def _save(
    action: Action, role: Role, record: ImportRecord, page: Any, merged: Merged, anchors: Anchors
) -> tuple[Any, bool, list[Flag]]:
    """Save a revision, and publish it if nothing is against it.

    Return the import's newest revision, True if it was published, and flags for what is missing.
    """
    is_edited = page.latest_revision_id != record.revision_id
    new = page.save_revision(clean=False)
    missing = incomplete_flags(page)
    # A page that an editor unpublished stays so. Unpublishing does not make a revision.
    is_offline = record.was_published and not page.live
    held_back = is_edited or is_offline or merged.notes or missing
    is_published = action.may_publish and not held_back
    if is_published:
        publish(new, anchors.used)
    log_import(page, role)
    # The page's newest revision contains an editor's work if the page was edited.
    return record.revision if is_edited else new, is_published, missing


def preview_update(site: SiteState, action: Action, role: Role, record: ImportRecord) -> Outcome:
    """Return the outcome that ``update`` would have, and write nothing."""
    page = newest(record)
    body = body_of(action, role, Anchors(site, role.post.permalink, dry=True))
    merged = _merge(role, record, body, page)
    flags = (*action.flags, *_conflict_flags(merged))
    result = "conflict" if merged.notes else "updated"
    return Outcome(action, result, page.pk, page.title, flags, merged.notes, role.account)


def newest(record: ImportRecord) -> Any:
    """Return the newest revision of the record's page, as the editor shows it."""
    page: Any = record.page
    return page.specific.get_latest_revision_as_object()


def _leave_locked(action: Action, page: Any) -> Outcome:
    """Change neither the page nor the record, so that the next import tries again."""
    flags = (*action.flags, Flag("locked"))
    return Outcome(action, "unchanged", page.pk, page.title, flags)


def _merge(role: Role, record: ImportRecord, body: list[dict[str, Any]], page: Any) -> Merged:
    """Merge the sections, and note a conflict if both sides changed the title.

    Conflicts that nobody has settled since an earlier import are noted again.
    """
    then = record.written
    merged = merge(then["body"], body, list(page.body.raw_data))
    notes = list(merged.notes)
    title = title_block(escape(role.title))
    if then["title"] not in (role.title, page.title) and page.title != role.title:
        notes.append(Note("title", "", title))
    shown = [*merged.body, title_block(escape(page.title))]
    notes += unresolved(kept_notes(record), [*body, title], shown)
    return replace(merged, notes=tuple(notes))


def _conflict_flags(merged: Merged) -> list[Flag]:
    return [
        Flag("conflict", {"section": note.section, "heading": note.title}) for note in merged.notes
    ]


def _apply(page: Any, role: Role, record: ImportRecord, merged: Merged) -> bool:
    """Apply the changes of the source to ``page``. Return True if there were any."""
    then = record.written
    before = _state(page)
    page.title = merge_value(then["title"], role.title, page.title)
    category = category_id(role, page.locale)
    page.category_id = merge_value(then["category"], category, page.category_id)
    if hasattr(page, "search_description"):
        page.search_description = merge_value(
            then["excerpt"], role.post.excerpt, page.search_description
        )
    page.body = stream(type(page), merged.body)
    return _state(page) != before


def _state(page: Any) -> tuple[Any, ...]:
    description = getattr(page, "search_description", "")
    return page.title, page.category_id, description, list(page.body.raw_data)


def _account_of(role: Role, body: list[dict[str, Any]], merged: Merged) -> tuple[Placement, ...]:
    """Return the account with the words of sections that an editor has changed as dropped."""
    placed = {0} | {
        number
        for number, block in enumerate(body, start=1)
        if any(kept["type"] == block["type"] and same(kept, block) for kept in merged.body)
    }
    return tuple(
        each if each.section in placed or each.dropped else replace(each, dropped=_KEPT)
        for each in role.account
    )


def _check_sections(account: Iterable[Placement], page: str) -> None:
    """Check the sections one by one, because an editor may have changed their order."""
    for number, placements in groupby(account, key=lambda each: each.section):
        if number:
            check_page(placements, page)
