"""One run of the import, from sources to outcomes."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wagtail_careers.importing.planning.destination import Destination
from wagtail_careers.importing.planning.index import Index
from wagtail_careers.importing.planning.options import Options
from wagtail_careers.importing.planning.plan import Action, Planner
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.report import Report
from wagtail_careers.importing.roles.links import LinkBook
from wagtail_careers.importing.sources import files
from wagtail_careers.importing.sources.posts import Draft, Problem, Skipped
from wagtail_careers.importing.writing.outcomes import Outcome
from wagtail_careers.importing.writing.site import Known
from wagtail_careers.importing.writing.write import preview, write

#: Flags that the person at the terminal should know of at once.
_LOUD = frozenset({"same_slug"})


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one entry of a source: an outcome, an error, or nothing to import."""

    found: Outcome | Problem | Skipped
    action: Action | None = None

    @property
    def source(self) -> str:
        return (
            self.found.action.draft.source if isinstance(self.found, Outcome) else self.found.source
        )

    def complaints(self) -> list[str]:
        """What was refused, or needs attention before the pages are looked at."""
        if isinstance(self.found, Problem):
            return [self.found.message]
        if not isinstance(self.found, Outcome):
            return []
        refused = [self.found.action.message] if self.found.result == "error" else []
        return refused + [flag.message for flag in self.found.flags if flag.code in _LOUD]

    def report_to(self, report: Report, links: LinkBook) -> None:
        if isinstance(self.found, Problem):
            if self.action:
                report.add_error(self.action, self.found.message)
            else:
                report.add_problem(self.found)
        elif isinstance(self.found, Skipped):
            report.add_skipped(self.found)
        else:
            report.add_outcome(self.found, links)

    def plan_lines(self) -> list[str]:
        """What a dry run prints: what would be done, to what, and why."""
        if isinstance(self.found, Problem):
            return [_plan_line("error", self.source), f"           {self.found.message}"]
        if isinstance(self.found, Skipped):
            return [_plan_line("skip", self.source), f"           {self.found.reason}"]
        draft = self.found.action.draft
        notes = [self.found.action.message, *(flag.message for flag in self.found.flags)]
        return [
            _plan_line(
                _PLANNED.get(self.found.result, self.found.result), draft.title, draft.source
            ),
            *(f"           {note}" for note in notes if note),
        ]


#: What a dry run calls the results of a real one.
_PLANNED = {"created": "create", "updated": "update", "skipped": "skip"}


def _plan_line(intent: str, *what: str) -> str:
    return f"{intent:<10} {', '.join(dict.fromkeys(what))}"


class Run:
    """Reads the sources twice: to know all posts, and to import one after the other."""

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
        self.paths = tuple(paths)
        self.options = options
        self.publish = publish
        self.dry_run = dry_run
        self.media = media
        self.index = Index()
        self._waiting: set[str] = set()

    def prepare(self) -> None:
        """Read all sources for what has to be known before the first page is written."""
        for found in files.read(self.paths):
            if isinstance(found, Draft) and found.key not in self.index:
                with suppress(Exception):  # It is told when the post itself is imported.
                    self.index.add(found, read_html(found.content))
        self.planner = Planner(self.destination, self.index, self.options, publish=self.publish)
        self.links = self.planner.links
        self.known = Known(self.destination, self.index, self.links, self.media)

    def steps(self) -> Iterator[Step]:
        """Import everything, one post after the other. Call ``prepare`` first."""
        for found in files.read(self.paths):
            if isinstance(found, Draft):
                yield self._import(found)
            else:
                yield Step(found)
        yield from self._resolve()

    def _import(self, draft: Draft) -> Step:
        try:
            action = self.planner.plan(draft)
        except Exception as error:  # noqa: BLE001 - one bad post must not stop the others
            return Step(Problem(draft.source, describe(error)))
        step = self._do(action)
        if isinstance(step.found, Outcome) and step.found.is_waiting:
            self._waiting.add(draft.key)
        return step

    def _do(self, action: Action) -> Step:
        try:
            do = preview if self.dry_run else write
            return Step(do(self.known, action), action)
        except Exception as error:  # noqa: BLE001 - one bad post must not stop the others
            return Step(Problem(action.draft.source, describe(error)), action)

    def _resolve(self) -> Iterator[Step]:
        """Complete the roles that link to others which had no page yet; what goes wrong then."""
        if not self._waiting:
            return
        for found in files.read(self.paths):
            if isinstance(found, Draft) and found.key in self._waiting:
                self._waiting.discard(found.key)
                step = self._do(self.planner.plan_again(found))
                if isinstance(step.found, Problem):
                    yield step


def describe(error: Exception) -> str:
    """One line for an error of a post."""
    if hasattr(error, "message_dict"):
        told = "; ".join(
            f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()
        )
    else:
        told = " ".join(str(error).split())
    return told or type(error).__name__
