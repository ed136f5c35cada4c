"""The texts that the reports for people share."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from wagtail_careers.audit.results import Audit, Finding, PageAudit


@dataclass(frozen=True)
class Rule:
    """A rule that was broken, and the places: pages with their findings.

    ``fix`` is empty if the places have different ones, such as the colours of a text.
    """

    name: str
    criterion: str
    message: str
    fix: str
    url: str
    places: tuple[tuple[PageAudit, Finding], ...]


def title(audit: Audit) -> str:
    return _("Accessibility audit: %(site)s") % {"site": audit.site}


def caveat() -> str:
    """Say what an audit by tools means."""
    return _(
        "Tools find some failures of WCAG 2.2 and no more. A page without findings can still have "
        "barriers, so a person has to do what the table says."
    )


def facts(audit: Audit) -> Iterator[tuple[str, str]]:
    """Yield the facts of an audit, each with its name."""
    yield _("Tested on"), _date(audit.finished_at)
    yield _("Pages tested"), str(len(audit.tested))
    yield _("Pages with findings"), str(sum(bool(page.findings) for page in audit.pages))
    yield _("Findings"), str(len(audit.findings))
    yield _("Pages that could not be tested"), str(len(audit.failed))
    yield _("Modes"), ", ".join(audit.modes)
    yield _("Tools"), ", ".join(f"{name} {version}" for name, version in audit.tools.items())


def rules(found: list[tuple[PageAudit, Finding]]) -> list[Rule]:
    """Return the rules that were broken, in the order of WCAG, good practices last."""
    places: dict[tuple[str, str, str], list[tuple[PageAudit, Finding]]] = {}
    for page, finding in found:
        key = (finding.criterion, finding.rule, finding.message)
        places.setdefault(key, []).append((page, finding))
    return sorted(
        (_rule(criterion, name, each) for (criterion, name, _message), each in places.items()),
        key=_order,
    )


def _rule(criterion: str, name: str, places: list[tuple[PageAudit, Finding]]) -> Rule:
    first = places[0][1]
    known = first.success_criterion
    fixes = {finding.fix for _page, finding in places}
    fix = first.fix if len(fixes) == 1 else ""
    return Rule(name, criterion, first.message, fix, known.url if known else "", tuple(places))


def _order(rule: Rule) -> tuple[bool, list[int]]:
    known = rule.places[0][1].success_criterion
    return known is None, list(map(int, known.number.split("."))) if known else []


def _date(text: str) -> str:
    moment = parse_datetime(text)
    if moment is None:
        return text
    return date_format(localtime(moment) if is_aware(moment) else moment, "DATETIME_FORMAT")
