"""One import: the trip of each post from its source to its outcome."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_careers.caches.collector import purging_once
from wagtail_careers.importing.planning.action import Action, Case
from wagtail_careers.importing.planning.destination import Destination
from wagtail_careers.importing.planning.documents import Documents
from wagtail_careers.importing.planning.entries import Entries
from wagtail_careers.importing.planning.identities import Identities
from wagtail_careers.importing.planning.index import Index
from wagtail_careers.importing.planning.map_names import MapNames
from wagtail_careers.importing.planning.media_folder import MediaFolder
from wagtail_careers.importing.planning.options import Options
from wagtail_careers.importing.planning.plan import Planner
from wagtail_careers.importing.report import Report
from wagtail_careers.importing.roles.conversion import convert
from wagtail_careers.importing.roles.flags import LOSSES
from wagtail_careers.importing.roles.links import LinkBook
from wagtail_careers.importing.sources.posts import (
    Attachment,
    Notice,
    Post,
    Refusal,
    Skipped,
    SourceEntry,
)
from wagtail_careers.importing.writing.media import Library
from wagtail_careers.importing.writing.outcomes import Outcome
from wagtail_careers.importing.writing.site import SiteState
from wagtail_careers.importing.writing.write import write
from wagtail_careers.text import one_line

logger = logging.getLogger("wagtail_careers.importing")
# Without a handler, Python would print tracebacks among the messages of the command.
logger.addHandler(logging.NullHandler())

#: Flags that the person at the terminal has to see at once.
_LOUD = frozenset({"same_slug"}) | LOSSES


@dataclass(frozen=True, slots=True)
class Handled:
    """An entry of a source that was handled: an outcome, a refusal, or nothing to import."""

    found: Outcome | Refusal | Skipped | Notice
    action: Action | None = None

    @property
    def source(self) -> str:
        return (
            self.found.action.post.source if isinstance(self.found, Outcome) else self.found.source
        )

    def complaints(self) -> list[str]:
        """Return messages about refusals and about flags that need attention at once."""
        if isinstance(self.found, Refusal):
            return [self.found.message]
        if not isinstance(self.found, Outcome):
            return []
        refused = [self.found.action.message] if self.found.result == "error" else []
        return refused + [flag.message for flag in self.found.flags if flag.code in _LOUD]

    def warnings(self) -> list[str]:
        """Return messages about a source that was read all the same."""
        return [self.found.message] if isinstance(self.found, Notice) else []

    def report_to(self, report: Report, links: LinkBook) -> None:
        """Add the entry to ``report``."""
        if isinstance(self.found, Refusal):
            if self.action:
                report.add_error(self.action, self.found.message)
            else:
                report.add_refusal(self.found)
        elif isinstance(self.found, Notice):
            report.add_notice(self.found)
        elif isinstance(self.found, Skipped):
            report.add_skipped(self.found)
        else:
            report.add_outcome(self.found, links)

    def plan_lines(self) -> list[str]:
        """Return the lines that a dry run prints: what would be done, and why."""
        if isinstance(self.found, Notice):
            return []  # It is a warning already.
        if isinstance(self.found, Refusal):
            return [_plan_line("error", self.source), f"           {self.found.message}"]
        if isinstance(self.found, Skipped):
            return [_plan_line("skipped", self.source), f"           {self.found.reason}"]
        post = self.found.action.post
        notes = [self.found.action.message, *(flag.message for flag in self.found.flags)]
        return [
            _plan_line(self.found.result, post.title, post.source),
            *(f"           {note}" for note in notes if note),
        ]


def _plan_line(result: str, *what: str) -> str:
    planned = {
        "conflict": pgettext("plan of an import", "conflict"),
        "created": pgettext("plan of an import", "create"),
        "error": pgettext("plan of an import", "error"),
        "skipped": pgettext("plan of an import", "skip"),
        "unchanged": pgettext("plan of an import", "unchanged"),
        "updated": pgettext("plan of an import", "update"),
    }
    return f"{planned[result]:<10} {', '.join(dict.fromkeys(what))}"


class Import:
    """Goes through the sources twice: to index all posts, and to import one after the other."""

    def __init__(
        self,
        destination: Destination,
        paths: Iterable[Path],
        options: Options,
        *,
        publish: bool = False,
        dry_run: bool = False,
        media: Path | None = None,
    ) -> None:
        self.destination = destination
        self.options = options
        self.publish = publish
        self.dry_run = dry_run
        self.media = media
        self.entries = Entries(paths, self._prepared, options.conventions)
        self.identities = Identities(destination.known_posts())
        self.index = Index(options.conventions)
        self._map_names = MapNames(options)
        self._phrasebook = options.phrasebook()
        self._waiting: set[str] = set()
        #: The errors that were logged, each with the source of its post.
        self._logged: set[tuple[str, str]] = set()

    def prepare(self) -> None:
        """Index all posts before the first page is written."""
        for entry in self.entries:
            if isinstance(entry, Post) and entry.key not in self.index:
                with suppress(Exception):  # It is reported when the post itself is imported.
                    content = self.entries.content(entry)
                    self.index.add(entry, content)
                    self._map_names.note_content(entry, content)
            elif isinstance(entry, Attachment):
                self.index.add_attachment(entry)
        folder = MediaFolder(self.media, self.index.hosts)
        documents = Documents(folder, self.index.hosts, self.destination.documents())
        self.planner = Planner(
            self.destination, self.index, self.options, documents, publish=self.publish
        )
        self.links = self.planner.links
        titles = self.index.attachments.title_of
        library = Library(folder, documents, titles, is_dry=self.dry_run)
        self.site = SiteState(
            self.destination, self.index, self.links, library, is_dry=self.dry_run
        )

    def _prepared(self, post: Post) -> SourceEntry:
        """Return ``post`` with its final key, and ready to be converted."""
        try:
            post = self.identities.identified(post)
            self._map_names.note_post(post)
            return self.options.prepared(post)
        except Exception as error:  # noqa: BLE001 - one bad post must not stop the others
            return self._refused(post, error)

    def steps(self) -> Iterator[Handled]:
        """Import one post after the other. Call ``prepare`` first."""
        yield from map(Handled, self._map_names.notices())
        with purging_once():
            for entry in self.entries:
                if isinstance(entry, Post):
                    yield self._import(entry)
                elif isinstance(entry, Attachment):
                    yield Handled(self.index.attachments.explained(entry))
                else:
                    yield Handled(entry)
            yield from self._complete()

    def _import(self, post: Post) -> Handled:
        handled = self._handled(post, self.planner.consider)
        if isinstance(handled.found, Outcome) and handled.found.is_waiting:
            self._waiting.add(post.key)
        return handled

    def _handled(self, post: Post, decide: Callable[[Post], Action | Case]) -> Handled:
        try:
            considered = decide(post)
        except Exception as error:  # noqa: BLE001 - one bad post must not stop the others
            return Handled(self._refused(post, error))
        return self._finish(considered)

    def _finish(self, considered: Action | Case) -> Handled:
        """Convert a case into an action, and carry out the action."""
        action = None
        try:
            action = self._convert(considered) if isinstance(considered, Case) else considered
            outcome = write(self.site, action)
        except Exception as error:  # noqa: BLE001 - one bad post must not stop the others
            return Handled(self._refused(considered.post, error), action)
        return Handled(outcome, action)

    def _convert(self, case: Case) -> Action:
        """Take a post through reading, roles and planning."""
        conventions = self.options.conventions
        content = self.entries.content(case.post)
        images = self.index.attachments.images_of(case.post, content)
        content = replace(content, images=images)
        choice = self.planner.choice(case)
        kinds = self.destination.kinds
        role = convert(case.post, content, self._phrasebook, choice, kinds, conventions)
        return self.planner.plan(case, role)

    def _complete(self) -> Iterator[Handled]:
        """Complete the roles that link to posts which had no page yet; yield only failures."""
        if not self._waiting or self.dry_run:
            return
        for entry in self.entries:
            if isinstance(entry, Post) and entry.key in self._waiting:
                self._waiting.discard(entry.key)
                handled = self._handled(entry, self.planner.reconsider)
                if isinstance(handled.found, Refusal):
                    yield handled

    def _refused(self, post: Post, error: Exception) -> Refusal:
        """Refuse ``post`` with one line, and log ``error`` with its traceback.

        A post is read more than once, and its error is logged only once.
        """
        refusal = Refusal(post.source, error_line(error))
        entry = refusal.source, refusal.message
        if entry not in self._logged:
            self._logged.add(entry)
            logger.exception("The post %s could not be imported.", post.source, exc_info=error)
        return refusal


def error_line(error: Exception) -> str:
    """Describe the error of a post in one line."""
    if isinstance(error, DatabaseError):
        advice = _("The database refused it. If another import is running, import again after it.")
        return f"{advice} ({one_line(str(error))})"
    if hasattr(error, "message_dict"):
        message = "; ".join(
            f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()
        )
    else:
        message = one_line(str(error))
    return message or type(error).__name__
