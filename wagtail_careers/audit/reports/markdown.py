"""The report as Markdown (https://github.github.com/gfm/), for documentation and issues."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from wagtail_careers.audit.outcomes import Outcome, outcomes
from wagtail_careers.audit.reports import wording
from wagtail_careers.audit.results import Audit
from wagtail_careers.text import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(audit: Audit) -> str:
    """Return the audit as Markdown, without the transcripts."""
    return "\n".join(_lines(audit))


def _lines(audit: Audit) -> Iterator[str]:
    yield f"# {_text(wording.title(audit))}\n"
    yield f"{_text(wording.caveat())}\n"
    yield from _table((_("Fact"), _("Value")), map(_cells, wording.facts(audit)))
    yield f"\n## {_text(_('Success criteria of WCAG 2.2'))}\n"
    header = (_("Criterion"), _("Level"), _("Result"), _("What a person has to do"))
    yield from _table(header, map(_criterion, outcomes(audit)))
    yield f"\n## {_text(_('Findings'))}\n"
    yield from _findings(audit)
    yield f"\n## {_text(_('Pages'))}\n"
    yield from _table(
        (_("Page"), _("Path"), _("Findings")),
        (
            (_text(page.title), f"`{page.path}`", _text(page.error or str(len(page.findings))))
            for page in audit.pages
        ),
    )
    yield ""


def _findings(audit: Audit) -> Iterator[str]:
    if not audit.findings:
        yield _text(_("The checks found nothing."))
        return
    yield from _table(
        (_("Criterion"), _("Rule"), _("Finding"), _("Page"), _("Element"), _("Modes")),
        (
            _cells(
                (
                    rule.criterion,
                    rule.name,
                    rule.message,
                    page.path,
                    finding.target,
                    ", ".join(finding.modes),
                )
            )
            for rule in wording.rules(audit.findings)
            for page, finding in rule.places
        ),
    )


def _criterion(outcome: Outcome) -> tuple[str, ...]:
    criterion = outcome.criterion
    link = f"[{_text(criterion.title)}]({criterion.url})"
    return link, criterion.level, _text(outcome.summary), _text(outcome.step)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(_cells(header))
    yield _row(("---",) * len(header))
    yield from map(_row, rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_text, texts))


def _text(text: str) -> str:
    """Return ``text`` so that no character of it is markup."""
    return _SPECIAL.sub(r"\\\1", one_line(text))
