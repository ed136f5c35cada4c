"""The report of a check of all live roles: numbers, lines for a person, and JSON for programs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.lint.rule import Finding, Level, Rule
from wagtail_careers.lint.run import Role
from wagtail_careers.lint.wording import advice, problem

#: In the order of a report.
LEVELS = (Level.ERROR, Level.WARNING, Level.ADVICE)


class LintReport:
    """The findings of one run. Add those of each page as they come."""

    def __init__(self, started_at: datetime, profiles: Iterable[str]) -> None:
        self.started_at = started_at
        self.profiles = tuple(profiles)
        self.pages = 0
        self.failed = 0
        self._rules: Counter[Rule] = Counter()

    def add(self, found: Iterable[Finding]) -> None:
        """Count the findings about a page."""
        self.pages += 1
        self._rules.update(finding.rule for finding in found)

    @property
    def is_all_well(self) -> bool:
        """Return whether nothing but advice was found. Advice alone is no fault of a site."""
        return not self.failed and all(rule.level == Level.ADVICE for rule in self._rules)

    def numbers(self) -> Mapping[str, int]:
        """Return the number of findings by level and rule, and the number of pages."""
        rules = sorted(
            self._rules.items(), key=lambda each: (LEVELS.index(each[0].level), -each[1])
        )
        counts = {f"{rule.level.label}: {rule.id}": number for rule, number in rules}
        return {**counts, _("Pages checked"): self.pages, _("Pages that failed"): self.failed}

    def contents(self, findings: list[Any]) -> dict[str, Any]:
        """Return the report as a JSON object. ``findings`` is the list of all entries."""
        return {
            "started_at": self.started_at,
            "finished_at": timezone.now(),
            "profiles": self.profiles,
            "pages": self.pages,
            "failed": self.failed,
            "summary": {
                level.value: sum(
                    number for rule, number in self._rules.items() if rule.level == level
                )
                for level in LEVELS
            },
            "findings": findings,
        }


def finding_line(role: Role, finding: Finding) -> str:
    """Return a finding on one line: the page, the section, the problem and the fix."""
    place = " › ".join(filter(None, (role.title, finding.section.label)))  # noqa: RUF001
    return f"{place}: {problem(finding)} {advice(finding)}"


def finding_entry(role: Role, finding: Finding) -> dict[str, Any]:
    """Return a finding as a JSON object."""
    section = finding.section
    return {
        "page": {"id": role.pk, "title": role.title, "url_path": role.url_path},
        "rule": finding.rule.id,
        "level": finding.rule.level.value,
        "section": {
            "label": section.label,
            "block_type": section.name,
            "block_id": section.block_id,
        },
        "text": finding.text,
        "offset": finding.offset,
        "problem": problem(finding),
        "fix": advice(finding),
        "source": {"title": finding.rule.source.title, "url": finding.rule.source.url},
    }
