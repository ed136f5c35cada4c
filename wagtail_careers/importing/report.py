"""The report of an import: numbers for the screen, and all details in a JSON file.

The file is written during the import, so that memory holds only the numbers.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.planning.merge import Note
from wagtail_careers.importing.roles.account import Placement
from wagtail_careers.importing.roles.links import (
    LinkBook,
    PageTarget,
    PlainTarget,
    SharedTarget,
    Target,
)
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.sources.posts import Refusal, Skipped
from wagtail_careers.importing.writing.outcomes import Outcome
from wagtail_careers.models.import_flags import doubt_message, link_reason, section_label

#: The version of the format. It changes if a key changes its meaning or is removed.
VERSION = 1

#: Reasons for dropping words, by code. Elements of HTML are in ``reading.tree``.
DROPPED: Mapping[str, Any] = {
    "canvas": _("a drawing by a script"),
    "drawing": _("a drawing"),
    "editor_kept": _("an editor’s version was kept"),
    "embedded_frame": _("an embedded frame"),
    "embedded_object": _("an embedded object"),
    "frame": _("a frame"),
    "hidden": _("hidden from readers"),
    "noscript": _("for browsers without scripts"),
    "not_text": _("not part of the text"),
    "player": _("an embedded player"),
    "repeats_title": _("it repeats the page’s title"),
    "script": _("a script"),
    "shortcode": _("a shortcode"),
    "struck_out": _("struck out"),
    "style_sheet": _("a style sheet"),
    "suggestions": _("suggestions of a form"),
    "template": _("a template"),
}

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
    """Counts results, and writes them to the file if there is one."""

    def __init__(self, file: ReportFile | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self._file = file

    @property
    def summary(self) -> dict[str, int]:
        return {name: self.counts[name] for name in (*RESULTS, "needs_review")}

    def add_refusal(self, refusal: Refusal) -> None:
        self.counts["error"] += 1
        self._write({"source": refusal.source, "result": "error", "message": refusal.message})

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
    """Return all details of one post and its page."""
    entry = {**_facts(outcome.action), "result": outcome.result}
    if outcome.action.message:
        entry["message"] = outcome.action.message
    entry["page"] = outcome.page
    entry["flags"] = [{**flag.as_json(), "message": flag.message} for flag in outcome.flags]
    if outcome.notes:
        entry["conflicts"] = [_conflict(note) for note in outcome.notes]
    role = outcome.action.role
    if role:
        term, doubt = role.category.term, role.category.doubt
        entry["category"] = {
            "name": term.name if term else None,
            "doubt": doubt_message(doubt, role.category.parameters) if doubt else "",
        }
        entry["sections"] = [
            {"section": each.kind, "title": each.title_text, "confidence": each.confidence}
            for each in role.sections
        ]
        entry["links"] = list(_links(role, links))
        entry["images"] = [asdict(image) for image in role.images]
        entry["account"] = list(account_entries(outcome.account or role.account))
    return entry


def account_entries(account: Iterable[Placement]) -> Iterator[dict[str, Any]]:
    """Yield the words of the source in order, with the place of each or why it was dropped."""
    for each in account:
        words = " ".join(each.text.split())
        if not words:
            continue
        entry: dict[str, Any] = {"words": words}
        if each.dropped:
            entry["dropped"] = str(DROPPED.get(each.dropped, each.dropped))
        else:
            entry |= {"section": each.kind or "page", "number": each.section, "in": each.part}
        if each.href:
            entry["link"] = each.href
        yield entry


def _facts(action: Action) -> dict[str, Any]:
    post = action.post
    return {
        "source": post.source,
        "id": post.post_id,
        "title": post.title,
        "address": post.permalink,
        "slug": action.role.slug if action.role else post.slug,
        "author": post.author,
        "date": str(post.published_at) if post.published_at else None,
    }


def _links(role: Role, links: LinkBook) -> Iterator[dict[str, Any]]:
    for section, href, text in role.links():
        target = links.target(href, role.post.permalink)
        yield {"address": href, "text": text, "section": section.kind, **_becomes(target)}


def _becomes(target: Target) -> dict[str, Any]:
    if isinstance(target, SharedTarget):
        return {"becomes": "shared link", "base": target.base_url, "path": target.path}
    if isinstance(target, PageTarget):
        return {"becomes": "page link", "post": target.key}
    if isinstance(target, PlainTarget):
        return {"becomes": "plain link", "url": target.url}
    return {"becomes": "text", "reason": link_reason(target.reason, target.scheme)}


def _conflict(note: Note) -> dict[str, Any]:
    return {
        "section": note.section,
        "title": note.title or section_label(note.section),
        "source": note.raw,
    }
