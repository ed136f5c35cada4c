"""The plan of an audit, from a command's arguments: pages, modes, browsers, reports, baseline."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from wagtail_careers.audit import baseline as baselines
from wagtail_careers.audit.pages import Target, limit, of_site, targets
from wagtail_careers.audit.reports.formats import FORMATS, format_of
from wagtail_careers.audit.reports.json_report import ReportError, read_json
from wagtail_careers.audit.results import Audit, Finding, PageAudit
from wagtail_careers.testing.modes import MODES, Mode

#: More browsers than this would wait for each other on any machine.
MAXIMUM_WORKERS = 32


class PlanError(Exception):
    """An argument that cannot be used. The message says what to do."""


@dataclass(frozen=True)
class Plan:
    """What an audit does. ``base_url`` has no slash at the end, and is empty for an own server."""

    targets: tuple[Target, ...]
    modes: tuple[Mode, ...]
    base_url: str = ""
    workers: int = 1
    formats: tuple[Callable[[Audit], str], ...] = ()
    baseline: Audit | None = None

    def new_findings(self, audit: Audit) -> list[tuple[PageAudit, Finding]]:
        """Return the findings that the baseline does not have; without one, all."""
        if self.baseline is None:
            return audit.findings
        return baselines.new_findings(audit, self.baseline)


def make_plan(
    *,
    base_url: str,
    modes: Sequence[str] | None,
    workers: int,
    paths: Sequence[str],
    baseline: Path | None,
    reports: Sequence[Path],
) -> Plan:
    """Return the plan for these arguments. Raises ``PlanError`` for one that cannot be used."""
    if not 1 <= workers <= MAXIMUM_WORKERS:
        raise PlanError(
            _("The number of workers must be from 1 to %(maximum)d.") % {"maximum": MAXIMUM_WORKERS}
        )
    if len(set(reports)) < len(reports):
        raise PlanError(_("A file is given more than once for --report."))
    return Plan(
        modes=_modes(modes),
        base_url=_base_url(base_url),
        workers=workers,
        formats=tuple(map(_format, reports)),
        baseline=_baseline(baseline) if baseline else None,
        targets=tuple(_targets(base_url, paths)),
    )


def _modes(names: Sequence[str] | None) -> tuple[Mode, ...]:
    known = {mode.name: mode for mode in MODES}
    wanted = list(dict.fromkeys(names or known))
    if unknown := [name for name in wanted if name not in known]:
        message = _("“%(name)s” is not a mode. Use one of: %(names)s.")
        raise PlanError(message % {"name": unknown[0], "names": ", ".join(known)})
    return tuple(known[name] for name in wanted)


def _base_url(url: str) -> str:
    if not url:
        return ""
    if not _is_site(url):
        message = _("“%(url)s” is not the address of a site. Enter one like http://127.0.0.1:8000.")
        raise PlanError(message % {"url": url})
    return url.rstrip("/")


def _is_site(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_address and not (parts.query or parts.fragment)


def _format(path: Path) -> Callable[[Audit], str]:
    try:
        return format_of(path)
    except KeyError as error:
        message = _("There is no report for the ending of %(file)s. Use one of: %(endings)s.")
        raise PlanError(message % {"file": path, "endings": ", ".join(FORMATS)}) from error


def _baseline(path: Path) -> Audit:
    try:
        return read_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = _("Cannot read %(file)s: %(reason)s.")
        raise PlanError(message % {"file": path, "reason": error.strerror}) from error
    except (ReportError, UnicodeDecodeError) as error:
        message = _(
            "%(file)s is not the JSON report of an audit. Make one with --report FILE.json."
        )
        raise PlanError(message % {"file": path}) from error


def _targets(base_url: str, paths: Sequence[str]) -> list[Target]:
    found = targets()
    if base_url:
        found = of_site(found, base_url)
    if not found:
        raise PlanError(_("There is no live, public role page. Publish one first."))
    if not paths:
        return found
    limited = limit(found, paths)
    if not limited:
        message = _("No live, public role page is at or below %(paths)s.")
        raise PlanError(message % {"paths": ", ".join(paths)})
    return limited
