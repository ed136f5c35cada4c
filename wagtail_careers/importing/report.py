"""The report of an import: numbers for the screen, and everything in a file as JSON.

The file is written as the import goes, so that memory holds no more than the numbers.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from wagtail_careers.importing.planning.merge import Note
from wagtail_careers.importing.planning.plan import Action
from wagtail_careers.importing.roles.account import Entry
from wagtail_careers.importing.roles.links import (
    LinkBook,
    NoTarget,
    PageTarget,
    PlainTarget,
    SharedTarget,
)
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.sources.posts import Problem, Skipped
from wagtail_careers.importing.writing import rich_text
from wagtail_careers.importing.writing.outcomes import Outcome

#: Of the format; it changes when a key changes its meaning or goes away.
VERSION = 1

RESULTS = ("created", "updated", "unchanged", "conflict", "skipped", "error")


class ReportFile:
    """A file that is complete or not there: it gets its name at the end."""

    def __init__(self, path: Path, facts: dict[str, Any]) -> None:
        self.path = path
        self._partial = path.with_name(f"{path.name}.partial")
        self._facts = facts
        self._file: IO[str]
        self._is_first = True

    def __enter__(self) -> "ReportFile":
        self._file = self._partial.open("w", encoding="utf-8")
        facts = json.dumps({"version": VERSION, **self._facts}, ensure_ascii=False, indent=2)
        self._file.write(f'{facts.removesuffix("}").rstrip()},\n  "posts": [')
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if error is None:
            self._partial.replace(self.path)

    def add(self, entry: dict[str, Any]) -> None:
        comma = "" if self._is_first else ","
        self._is_first = False
        self._file.write(f"{comma}\n    {json.dumps(entry, ensure_ascii=False)}")

    def finish(self, summary: dict[str, int]) -> None:
        self._file.write(f'\n  ],\n  "summary": {json.dumps(summary)}\n}}\n')


class Report:
    """Counts what happens, and passes it on to the file if there is one."""

    def __init__(self, file: ReportFile | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self._file = file

    @property
    def summary(self) -> dict[str, int]:
        return {name: self.counts[name] for name in (*RESULTS, "needs_review")}

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

    def finish(self) -> None:
        if self._file:
            self._file.finish(self.summary)

    def _write(self, entry: dict[str, Any]) -> None:
        if self._file:
            self._file.add(entry)


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
            for href, text in rich_text.link_texts(block.runs):
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
