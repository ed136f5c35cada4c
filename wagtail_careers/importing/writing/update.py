"""Update of a page that editors may have changed, with the changes of the source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.utils.html import escape

from wagtail_careers.dates import storable
from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.planning.comparison import content
from wagtail_careers.importing.planning.merge import Merged, Note, merge, merge_value, unresolved
from wagtail_careers.importing.roles.account import Placement
from wagtail_careers.importing.roles.flags import Flag, can_be_published
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.writing.anchors import Anchors
from wagtail_careers.importing.writing.creation import body_of, brought_along, category_of, stream
from wagtail_careers.importing.writing.outcomes import (
    Outcome,
    Written,
    keep_record,
    kept_notes,
    log_import,
    title_block,
)
from wagtail_careers.importing.writing.page_check import page_flags, shown_words
from wagtail_careers.importing.writing.publication import incomplete_flags, newest, publish
from wagtail_careers.importing.writing.site import SiteState
from wagtail_careers.models import ImportRecord, RoleCategory

#: The code of the reason why words of the source are not on the page.
_KEPT = "editor_kept"


def update(site: SiteState, action: Action, role: Role, record: ImportRecord) -> Outcome:
    """Merge the role into the newest revision, section by section, and save a new one.

    It is published only if nobody has edited the page since the last import.
    """
    anchors = Anchors(site, role.post.permalink, role.is_for_everybody)
    with site.transaction():
        page = newest(record)
        if page.locked:
            return _leave_locked(action, page)
        body = body_of(action, role, anchors)
        merged = _merge(role, record, body, page)
        account = _account_of(role, body, merged)
        field = site.destination.image_field
        image_flags, featured = site.library.take_images(role, field)
        along = brought_along(site, role, page, image_flags)
        flags = [*action.flags, *along, *_conflict_flags(merged)]
        category, image = category_of(role, site), record.written.get("featured_image")
        has_changed = _apply(page, role, record, merged, category)
        has_changed |= featured.put_on(page, image)
        flags += [*_section_flags(account, shown_words(page, field)), *incomplete_flags(page)]
        is_published = has_changed and _can_go_live(action, record, page, flags, merged)
        if not site.is_dry:
            revision = record.revision
            _keep_date(page, role)
            if has_changed:
                revision = _save(record, page, anchors, publishes=is_published)
                log_import(page, role)
            key = category.pk if category else None
            written = Written(page, revision, body, key, tuple(flags), merged.notes)
            written = replace(
                written,
                is_waiting=anchors.is_waiting,
                documents=anchors.documents,
                featured_image=featured.written(image),
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
        is_live=is_published or (page.live and not has_changed),
    )


def _can_go_live(
    action: Action, record: ImportRecord, page: Any, flags: Iterable[Flag], merged: Merged
) -> bool:
    """Return True if nothing is against publishing the changes of ``page`` at once."""
    # A page that an editor unpublished stays so. Unpublishing does not make a revision.
    is_offline = record.was_published and not page.live
    is_held_back = _is_edited(page, record) or is_offline or merged.notes
    return action.may_publish and can_be_published(flags) and not is_held_back


def _is_edited(page: Any, record: ImportRecord) -> bool:
    return bool(page.latest_revision_id != record.revision_id)


def _keep_date(page: Any, role: Role) -> None:
    """Give a page that was never public the date of its post.

    The post may not have been public when it was imported first, or had a date nobody could read.
    """
    when = storable(role.post.published_at)
    if when and page.first_published_at is None and role.post.is_public:
        page.first_published_at = when
        # A revision does not keep it, and the page itself is not saved.
        type(page).objects.filter(pk=page.pk).update(first_published_at=when)


def _save(record: ImportRecord, page: Any, anchors: Anchors, *, publishes: bool) -> Any:
    """Save a revision, publish it if asked to, and return the import's newest revision."""
    is_edited = _is_edited(page, record)
    new = page.save_revision(clean=False)
    if publishes:
        publish(new, anchors.used)
    # The page's newest revision contains an editor's work if the page was edited.
    return record.revision if is_edited else new


def _leave_locked(action: Action, page: Any) -> Outcome:
    """Change neither the page nor the record, so that the next import tries again."""
    flags = (*action.flags, Flag("locked"))
    return Outcome(action, "unchanged", page.pk, page.title, flags)


def _merge(role: Role, record: ImportRecord, body: list[dict[str, Any]], page: Any) -> Merged:
    """Merge the sections, and note a conflict if both sides changed the title.

    Conflicts that nobody has settled since an earlier import are noted again.
    """
    then = record.written
    kept_order = any(flag["code"] == "order" for flag in record.flags)
    merged = merge(then["body"], body, list(page.body.raw_data), kept_order=kept_order)
    notes = list(merged.notes)
    title = title_block(escape(role.title))
    if then["title"] not in (role.title, page.title) and page.title != role.title:
        notes.append(Note("title", "", title))
    shown = [*merged.body, title_block(escape(page.title))]
    notes += unresolved(kept_notes(record), [*body, title], shown)
    return replace(merged, notes=tuple(notes))


def _conflict_flags(merged: Merged) -> list[Flag]:
    flags = [
        Flag("conflict", {"section": note.section, "heading": note.title}) for note in merged.notes
    ]
    return [*flags, Flag("order")] if merged.keeps_order else flags


def _apply(
    page: Any, role: Role, record: ImportRecord, merged: Merged, category: RoleCategory | None
) -> bool:
    """Apply the changes of the source to ``page``. Return True if there were any."""
    then = record.written
    before = _state(page)
    page.title = merge_value(then["title"], role.title, page.title)
    if page.category_id == then["category"]:
        page.category = category
    if hasattr(page, "search_description"):
        page.search_description = merge_value(
            then["excerpt"], role.post.search_description, page.search_description
        )
    page.body = stream(type(page), merged.body)
    return _state(page) != before


def _state(page: Any) -> tuple[Any, ...]:
    description = getattr(page, "search_description", "")
    return page.title, page.category, description, list(page.body.raw_data)


def _account_of(role: Role, body: list[dict[str, Any]], merged: Merged) -> tuple[Placement, ...]:
    """Return the account with the words of sections that an editor has changed as dropped."""
    kept = {(block["type"], content(block)) for block in merged.body}
    placed = {0} | {
        number
        for number, block in enumerate(body, start=1)
        if (block["type"], content(block)) in kept
    }
    return tuple(
        each if each.section in placed or each.dropped else replace(each, dropped=_KEPT)
        for each in role.account
    )


def _section_flags(account: Iterable[Placement], shown: Sequence[str]) -> Iterator[Flag]:
    """Check the sections one by one, because an editor may have changed their order."""
    for number, placements in groupby(account, key=lambda each: each.section):
        if number:
            yield from page_flags(placements, shown)
