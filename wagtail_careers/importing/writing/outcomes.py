"""What was done with a post, and how that is kept for the next time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.log_actions import log

from wagtail_careers.choices import ImportState
from wagtail_careers.importing.planning.merge import Note
from wagtail_careers.importing.planning.plan import Action, aware
from wagtail_careers.importing.roles.account import Entry
from wagtail_careers.importing.roles.role import Flag, Role
from wagtail_careers.models import ImportRecord
from wagtail_careers.models.import_record import LOG_ACTION

#: The code of the flag of a role that the editor would not publish.
INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done with one post; ``result`` is a key of the report's summary."""

    action: Action
    result: str
    page: int | None = None
    title: str = ""
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()
    account: tuple[Entry, ...] = ()
    is_waiting: bool = False

    @property
    def needs_review(self) -> bool:
        return any(flag.review for flag in self.flags)


@dataclass(frozen=True, slots=True)
class Written:
    """What an import wrote: the page, its newest revision, and its body as the source has it."""

    page: Any
    revision: Any
    body: list[dict[str, Any]]
    category: int | None
    flags: tuple[Flag, ...]
    notes: tuple[Note, ...] = ()
    is_waiting: bool = False


def keep_record(action: Action, role: Role, written: Written) -> ImportRecord:
    """Save what the next import has to know of this one."""
    draft = role.draft
    record = action.record or ImportRecord(key=draft.key)
    record.source = draft.source
    record.source_url = draft.permalink
    record.source_title = draft.title
    record.source_slug = draft.slug[:255]
    record.author = draft.author[:255]
    record.source_date = aware(draft.published_at)
    record.source_hash = action.source_hash
    record.page_id = written.page.pk
    record.revision = written.revision
    record.written = {
        "title": role.title,
        "excerpt": draft.excerpt,
        "category": written.category,
        "body": written.body,
    }
    is_incomplete = any(flag.code == INCOMPLETE for flag in written.flags)
    record.was_published |= action.may_publish and not is_incomplete
    record.notes = [
        {"section": note.section, "title": note.title, "source": note.raw} for note in written.notes
    ]
    if written.notes:
        record.state = ImportState.CONFLICT
    else:
        record.state = ImportState.WAITING if written.is_waiting else ImportState.COMPLETE
    keep_flags(record, written.flags)
    record.save()
    return record


def keep_flags(record: ImportRecord, flags: Iterable[Flag]) -> None:
    flags = tuple(flags)
    record.needs_review = any(flag.review for flag in flags)
    record.flags = [
        {"code": flag.code, "message": flag.message, "review": flag.review} for flag in flags
    ]


def kept_flags(record: ImportRecord) -> tuple[Flag, ...]:
    return tuple(Flag(**flag) for flag in record.flags)


def kept_notes(record: ImportRecord) -> tuple[Note, ...]:
    return tuple(Note(note["section"], note["title"], note["source"]) for note in record.notes)


def log_import(page: Any, role: Role) -> None:
    """Say in the page's history where it came from and who wrote it there."""
    draft = role.draft
    data = {"author": draft.author, "address": draft.permalink, "source": draft.source}
    log(instance=page, action=LOG_ACTION, data=data)
