"""Outcomes, and the records that keep them for the next import."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.log_actions import log

from wagtail_careers.choices import ImportState
from wagtail_careers.dates import storable
from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.planning.merge import Note
from wagtail_careers.importing.roles.account import Placement
from wagtail_careers.importing.roles.flags import Flag, can_be_published
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.sources.old_addresses import linked_addresses
from wagtail_careers.models import ImportRecord
from wagtail_careers.models.import_record import LOG_ACTION


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome for one post; ``result`` is a key of the report's summary.

    ``is_live`` says that readers see what the import wrote.
    """

    action: Action
    result: str
    page: int | None = None
    title: str = ""
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()
    account: tuple[Placement, ...] = ()
    is_waiting: bool = False
    is_live: bool = False

    @property
    def needs_review(self) -> bool:
        return any(flag.review for flag in self.flags)

    @property
    def can_be_published(self) -> bool:
        """Return True if the page is a draft that the import would publish if it was asked to."""
        return self.action.is_publishable and not self.is_live and can_be_published(self.flags)


@dataclass(frozen=True, slots=True)
class Written:
    """The page that was written, its newest revision, and its body as the source has it.

    ``documents`` are those that the source links to, by old address, and ``featured_image`` is
    that of the source.
    """

    page: Any
    revision: Any
    body: list[dict[str, Any]]
    category: int | None
    flags: tuple[Flag, ...]
    notes: tuple[Note, ...] = ()
    is_waiting: bool = False
    documents: Mapping[str, int] = field(default_factory=dict)
    featured_image: int | None = None


def keep_record(action: Action, role: Role, written: Written) -> ImportRecord:
    """Save everything that the next import has to know about this one."""
    post = role.post
    record = action.record or ImportRecord(key=post.key)
    record.source = post.source
    record.source_url = post.permalink
    record.addresses = list(linked_addresses(post))
    record.source_type = post.kind[:255]
    record.source_title = post.title[:255]
    record.source_slug = post.slug[:255]
    record.author = post.author[:255]
    record.source_date = storable(post.published_at)
    record.source_hash = action.source_hash
    record.page_id = written.page.pk
    record.revision = written.revision
    record.written = {
        "title": role.title,
        "excerpt": post.search_description,
        "category": written.category,
        "body": written.body,
        "progression": role.progression_text,
        "documents": dict(written.documents),
        "featured_image": written.featured_image,
    }
    record.was_published |= action.may_publish and can_be_published(written.flags)
    record.notes = [
        {"section": note.section, "title": note.title, "source": note.raw} for note in written.notes
    ]
    if written.notes:
        record.state = ImportState.CONFLICT
    else:
        record.state = ImportState.WAITING if written.is_waiting else ImportState.COMPLETE
    keep_flags(record, (_placed(flag, written.body) for flag in written.flags))
    record.save()
    return record


def _placed(flag: Flag, body: Sequence[Mapping[str, Any]]) -> Flag:
    """Return ``flag`` with the ID of its section, so that the admin can lead there."""
    return replace(flag, block=body[flag.section - 1]["id"]) if flag.section else flag


def keep_flags(record: ImportRecord, flags: Iterable[Flag]) -> None:
    """Set the flags of ``record``, without saving it."""
    flags = tuple(flags)
    record.needs_review = any(flag.review for flag in flags)
    record.flags = [flag.as_json() for flag in flags]


def kept_flags(record: ImportRecord) -> tuple[Flag, ...]:
    """Return the flags of ``record``. Earlier releases stored a message, without parameters."""
    return tuple(
        Flag(
            flag["code"],
            flag.get("parameters") or {"message": flag.get("message", "")},
            flag["review"],
            block=flag.get("block", ""),
        )
        for flag in record.flags
    )


def kept_notes(record: ImportRecord) -> tuple[Note, ...]:
    """Return the notes of ``record``. Earlier releases gave the page's title a heading."""
    return tuple(
        Note("title", "", title_block(prose=note["source"]["value"]["prose"]))
        if note["section"] == "title"
        else Note(note["section"], note["title"], note["source"])
        for note in record.notes
    )


def title_block(prose: str) -> dict[str, Any]:
    """Return the title of a page, as HTML, in the form of a section, for notes."""
    return {"type": "title", "value": {"prose": prose}}


def log_import(page: Any, role: Role) -> None:
    """Log the origin and the author of the page in its history."""
    post = role.post
    data = {"author": post.author, "address": post.permalink, "source": post.source}
    log(instance=page, action=LOG_ACTION, data=data)
