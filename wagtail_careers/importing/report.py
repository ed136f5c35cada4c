"""The report of an import: numbers and the next step for a person, everything for programs.

The entries are passed on as the import goes, so that memory holds no more than the numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_careers.importing import markup
from wagtail_careers.importing.account import Entry
from wagtail_careers.importing.drafts import Problem, Skipped
from wagtail_careers.importing.links import (
    LinkBook,
    NoTarget,
    PageTarget,
    PlainTarget,
    SharedTarget,
)
from wagtail_careers.importing.merge import Note
from wagtail_careers.importing.outcomes import Outcome
from wagtail_careers.importing.plan import Action
from wagtail_careers.importing.roles import Role

#: Of the format; it changes when a key changes its meaning or goes away.
VERSION = 1

#: Of each number of the summary, in order.
LABELS = {
    "created": gettext_lazy("Created"),
    "updated": gettext_lazy("Updated"),
    "unchanged": gettext_lazy("Unchanged"),
    "conflict": gettext_lazy("Conflicts"),
    "skipped": gettext_lazy("Skipped"),
    "needs_review": gettext_lazy("Needs review"),
    "error": gettext_lazy("Errors"),
}


class Report:
    """Counts what happens, and passes each entry on to ``add_entry``, if that is given."""

    def __init__(self, add_entry: Callable[[dict[str, Any]], None] | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self._add_entry = add_entry

    @property
    def summary(self) -> dict[str, int]:
        return {name: self.counts[name] for name in LABELS}

    def numbers(self) -> dict[str, int]:
        """Return the summary by labels for a person to read."""
        return {str(label): self.counts[name] for name, label in LABELS.items()}

    def next_step(self, *, dry_run: bool) -> str:
        """Tell the person who imports what to do now."""
        if self.counts["error"]:
            return _("Next: fix the errors listed above, then run the same command again.")
        if dry_run:
            return _("Next: run the same command without --dry-run.")
        if self.counts["conflict"] or self.counts["needs_review"]:
            return _("Next: open Reports > Imported roles in the admin, and review what it flags.")
        return _("Next: nothing to do. Run the same command again when the source has changed.")

    def contents(self, *, parent: str, dry_run: bool, posts: list[Any]) -> dict[str, Any]:
        """Return the report as a JSON object. ``posts`` is the list of all entries."""
        return {
            "version": VERSION,
            "parent": parent,
            "dry_run": dry_run,
            "posts": posts,
            "summary": self.summary,
        }

    def add_problem(self, problem: Problem) -> None:
        self.counts["error"] += 1
        self._write({"source": problem.source, "result": "error", "message": problem.message})

    def add_skipped(self, skipped: Skipped) -> None:
        self.counts["skipped"] += 1
        entry = {"source": skipped.source, "title": skipped.title, "result": "skipped"}
        self._write({**entry, "message": skipped.reason})

    def add_error(self, action: Action, message: str) -> None:
        self.counts["error"] += 1
        self._write({**_facts(action), "result": "error", "message": message})

    def add_outcome(self, outcome: Outcome, links: LinkBook) -> None:
        self.counts[outcome.result] += 1
        self.counts["needs_review"] += outcome.needs_review
        self._write(outcome_entry(outcome, links))

    def _write(self, entry: dict[str, Any]) -> None:
        if self._add_entry:
            self._add_entry(entry)


def outcome_entry(outcome: Outcome, links: LinkBook) -> dict[str, Any]:
    """All that is known of one post and its page."""
    entry = {**_facts(outcome.action), "result": outcome.result}
    if outcome.action.message:
        entry["message"] = outcome.action.message
    entry["page"] = outcome.page
    entry["flags"] = [
        {"code": flag.code, "message": flag.message, "review": flag.review}
        for flag in outcome.flags
    ]
    if outcome.notes:
        entry["conflicts"] = [_conflict(note) for note in outcome.notes]
    role = outcome.action.role
    if role:
        term = role.category.term
        entry["category"] = {"name": term.name if term else None, "doubt": role.category.doubt}
        entry["sections"] = [
            {"section": each.kind, "title": each.title_text, "confidence": each.confidence}
            for each in role.sections
        ]
        entry["links"] = list(_links(role, links))
        entry["images"] = [asdict(image) for image in role.images]
        entry["account"] = list(account_entries(outcome.account or role.account))
    return entry


def account_entries(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Where the words of the source went, in order, as words with one fate."""
    for entry in entries:
        words = " ".join(entry.text.split())
        if not words:
            continue
        told: dict[str, Any] = {"words": words}
        if entry.dropped:
            told["dropped"] = entry.dropped
        else:
            told |= {"section": entry.kind or "page", "number": entry.section, "in": entry.part}
        if entry.href:
            told["link"] = entry.href
        yield told


def _facts(action: Action) -> dict[str, Any]:
    draft = action.draft
    return {
        "source": draft.source,
        "id": draft.post_id,
        "title": draft.title,
        "address": draft.permalink,
        "slug": action.role.slug if action.role else draft.slug,
        "author": draft.author,
        "date": str(draft.published_at) if draft.published_at else None,
    }


def _links(role: Role, links: LinkBook) -> Iterator[dict[str, Any]]:
    for section in role.sections:
        for block in section.blocks:
            for href, text in markup.link_texts(block.runs):
                target = links.target(href, role.draft.permalink)
                yield {"address": href, "text": text, "section": section.kind, **_told(target)}


def _told(target: Any) -> dict[str, Any]:
    if isinstance(target, SharedTarget):
        return {"becomes": "shared link", "base": target.base_url, "path": target.path}
    if isinstance(target, PageTarget):
        return {"becomes": "page link", "post": target.key}
    if isinstance(target, PlainTarget):
        return {"becomes": "plain link", "url": target.url}
    reason = target.reason if isinstance(target, NoTarget) else ""
    return {"becomes": "text", "reason": reason}


def _conflict(note: Note) -> dict[str, Any]:
    return {"section": note.section, "title": note.title, "source": note.raw}
