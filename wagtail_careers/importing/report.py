"""The report of an import: numbers and the next step for a person, all details for programs.

The entries are passed on during the import, so that memory holds only the numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_careers.importing.planning.action import Action
from wagtail_careers.importing.planning.merge import Note
from wagtail_careers.importing.reading.shortcodes import without_passwords
from wagtail_careers.importing.roles.account import Placement
from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.roles.links import (
    DocumentTarget,
    LinkBook,
    PageTarget,
    PlainTarget,
    SharedTarget,
    Target,
)
from wagtail_careers.importing.roles.role import Role
from wagtail_careers.importing.roles.unplaced import Unplaced
from wagtail_careers.importing.sources.posts import Notice, Refusal, Skipped
from wagtail_careers.importing.writing.outcomes import Outcome
from wagtail_careers.models.import_flags import doubt_message, link_reason, section_label
from wagtail_careers.text import one_line

#: The version of the format. It changes if a key changes its meaning or is removed.
VERSION = 1

#: How many shared links the next steps name.
_NAMED = 5

#: Labels of the numbers of the summary, in order.
LABELS = {
    "created": gettext_lazy("Created"),
    "updated": gettext_lazy("Updated"),
    "unchanged": gettext_lazy("Unchanged"),
    "conflict": gettext_lazy("Conflicts"),
    "skipped": gettext_lazy("Skipped"),
    "needs_review": gettext_lazy("Needs review"),
    "error": gettext_lazy("Errors"),
}

#: Reasons for dropping words, by code. Elements of HTML are in ``reading.tree``.
DROPPED: Mapping[str, Any] = {
    "canvas": gettext_lazy("a drawing by a script"),
    "drawing": gettext_lazy("a drawing"),
    "editor_kept": gettext_lazy("an editor’s version was kept"),
    "embedded_frame": gettext_lazy("an embedded frame"),
    "embedded_object": gettext_lazy("an embedded object"),
    "frame": gettext_lazy("a frame"),
    "hidden": gettext_lazy("hidden from readers"),
    "noscript": gettext_lazy("for browsers without scripts"),
    "not_text": gettext_lazy("not part of the text"),
    "player": gettext_lazy("an embedded player"),
    "repeats_title": gettext_lazy("it repeats the page’s title"),
    "script": gettext_lazy("a script"),
    "shortcode": gettext_lazy("a shortcode"),
    "shortcode_hint": gettext_lazy("a shortcode around text"),
    "shortcode_markup": gettext_lazy("a shortcode around text"),
    "shortcode_within_word": gettext_lazy("a shortcode around text"),
    "struck_out": gettext_lazy("struck out"),
    "style_sheet": gettext_lazy("a style sheet"),
    "suggestions": gettext_lazy("suggestions of a form"),
    "template": gettext_lazy("a template"),
}


class Report:
    """Counts results, and passes each entry on to ``add_entry`` if that is given."""

    def __init__(self, add_entry: Callable[[dict[str, Any]], None] | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self._add_entry = add_entry
        self._warnings: list[dict[str, str]] = []

    @property
    def summary(self) -> dict[str, int]:
        return {name: self.counts[name] for name in LABELS}

    def numbers(self) -> dict[str, int]:
        """Return the summary by labels for a person to read."""
        return {str(label): self.counts[name] for name, label in LABELS.items()}

    def next_steps(
        self, *, dry_run: bool, publish: bool = False, draft_links: Sequence[str] = ()
    ) -> list[str]:
        """Return the next steps for the person who imports, in order.

        ``draft_links`` are the names of shared links that readers do not see yet.
        """
        steps = list(self._steps(dry_run=dry_run, draft_links=draft_links))
        if not steps:
            return [_("Next: nothing. Run the same command again when the source has changed.")]
        first, *others = steps
        lines = [
            _("Next: %(step)s") % {"step": first},
            *(_("Then: %(step)s") % {"step": step} for step in others),
        ]
        if self.counts["can_be_published"] and not (publish or dry_run):
            lines.append(_("The same command with --publish publishes these drafts and links."))
        return lines

    def _steps(self, *, dry_run: bool, draft_links: Sequence[str]) -> Iterator[str]:
        if self.counts["error"]:
            yield _("fix the errors listed above, and run the same command again.")
        if dry_run:
            yield _("run the same command without --dry-run.")
            return
        if number := self.counts["needs_review"]:
            message = ngettext(
                "review %(number)s role: open Reports > Imported roles in the admin.",
                "review %(number)s roles: open Reports > Imported roles in the admin.",
                number,
            )
            yield message % {"number": number}
        if number := self.counts["can_be_published"]:
            message = ngettext(
                "publish %(number)s draft that is complete, in the admin.",
                "publish %(number)s drafts that are complete, in the admin.",
                number,
            )
            yield message % {"number": number}
        if number := len(draft_links):
            message = ngettext(
                "publish %(number)s shared link, under Snippets in the admin. Readers see its text "
                "without a link until then: %(names)s.",
                "publish %(number)s shared links, under Snippets in the admin. Readers see their "
                "text without a link until then: %(names)s.",
                number,
            )
            names = ", ".join(f"“{name}”" for name in draft_links[:_NAMED])
            rest = ", …" if number > _NAMED else ""
            yield message % {"number": number, "names": names + rest}

    def contents(self, *, parent: str, dry_run: bool, posts: list[Any]) -> dict[str, Any]:
        """Return the report as a JSON object. ``posts`` is the list of all entries."""
        return {
            "version": VERSION,
            "parent": parent,
            "dry_run": dry_run,
            "warnings": self._warnings,
            "posts": posts,
            "summary": self.summary,
        }

    def add_refusal(self, refusal: Refusal) -> None:
        self.counts["error"] += 1
        self._write({"source": refusal.source, "result": "error", "message": refusal.message})

    def add_notice(self, notice: Notice) -> None:
        self._warnings.append({"source": notice.source, "message": notice.message})

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
        self.counts["can_be_published"] += outcome.can_be_published
        if self._add_entry:
            self._add_entry(outcome_entry(outcome, links))

    def _write(self, entry: dict[str, Any]) -> None:
        if self._add_entry:
            self._add_entry(entry)


def outcome_entry(outcome: Outcome, links: LinkBook) -> dict[str, Any]:
    """Return all details of one post and its page."""
    entry = {**_facts(outcome.action), "result": outcome.result}
    if outcome.action.message:
        entry["message"] = outcome.action.message
    entry["page"] = outcome.page
    entry["flags"] = [_flag(flag) for flag in outcome.flags]
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
        entry["unplaced"] = [_unplaced(part) for part in role.unplaced]
        entry["images"] = [asdict(image) for image in role.images]
        entry["account"] = list(account_entries(outcome.account or role.account))
    return entry


def account_entries(account: Iterable[Placement]) -> Iterator[dict[str, Any]]:
    """Yield the words of the source in order, with the place of each or why it was dropped."""
    for each in account:
        words = one_line(each.text)
        if each.dropped:
            words = without_passwords(words)
        if not words or each.is_added:
            continue
        entry: dict[str, Any] = {"words": words}
        if each.dropped:
            entry["dropped"] = str(DROPPED.get(each.dropped, each.dropped))
        else:
            entry |= {"section": each.kind or "page", "number": each.section, "in": each.part}
        if each.field:
            entry["field"] = each.field
        if each.href:
            entry["link"] = each.href
        yield entry


def _unplaced(part: Unplaced) -> dict[str, Any]:
    """Return a part of a post that is on no page, with the keys that say something about it."""
    entry = {"kind": part.code, "name": part.name, "number": part.number, "words": part.words}
    if part.text:
        entry["text"] = part.text
    if part.addresses:
        entry["addresses"] = list(part.addresses)
    if part.ignored:
        entry["ignored"] = True
    return entry


def _flag(flag: Flag) -> dict[str, Any]:
    entry = {**flag.as_json(), "message": flag.message}
    return {**entry, "number": flag.section} if flag.section else entry


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
    may_add = role.is_for_everybody
    for number, href, text in role.links():
        target = links.target(href, role.post.permalink, may_add=may_add)
        kind = role.sections[number - 1].kind
        yield {"address": href, "text": text, "section": kind, **_becomes(target)}


def _becomes(target: Target) -> dict[str, Any]:
    if isinstance(target, SharedTarget):
        return {"becomes": "shared link", "base": target.base_url, "path": target.path}
    if isinstance(target, PageTarget):
        return {"becomes": "page link", "post": target.key}
    if isinstance(target, DocumentTarget):
        return {"becomes": "document link", "url": target.address.url}
    if isinstance(target, PlainTarget):
        return {"becomes": "plain link", "url": target.url}
    return {"becomes": "text", "reason": link_reason(target.reason, target.scheme)}


def _conflict(note: Note) -> dict[str, Any]:
    return {
        "section": note.section,
        "title": note.title or section_label(note.section),
        "source": note.raw,
    }
