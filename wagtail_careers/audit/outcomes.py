"""What an audit says about each success criterion of WCAG.

It says what was tested and what was found. It never says that a page meets a criterion as a whole:
only a person can.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_careers.audit.results import Audit
from wagtail_careers.audit.steps import STEPS
from wagtail_careers.testing.criteria import CRITERIA, Criterion, Reach


class Result(Enum):
    """The result for a criterion, from the worst to the best."""

    FAILED = "failed"
    NOT_TESTED = "not_tested"
    NEEDS_PERSON = "needs_person"
    PARTLY_TESTED = "partly_tested"
    PASSED = "passed"


#: The names of the results.
LABELS = {
    Result.FAILED: gettext_lazy("Failed"),
    Result.NOT_TESTED: gettext_lazy("Not tested"),
    Result.NEEDS_PERSON: gettext_lazy("Needs a person"),
    Result.PARTLY_TESTED: gettext_lazy("Partly tested"),
    Result.PASSED: gettext_lazy("Passed automatically"),
}

_OF_REACH = {
    Reach.AUTOMATIC: Result.PASSED,
    Reach.PARTIAL: Result.PARTLY_TESTED,
    Reach.PERSON: Result.NEEDS_PERSON,
}


@dataclass(frozen=True)
class Outcome:
    """The result of an audit for one criterion.

    ``pages`` are the paths of the pages that failed, or else of those that checks were run on.
    ``step`` is what a person has to do; it is empty if nothing is left for one.
    """

    criterion: Criterion
    result: Result
    pages: tuple[str, ...]
    step: str

    @property
    def label(self) -> str:
        return str(LABELS[self.result])

    @property
    def summary(self) -> str:
        """Say the result in one sentence."""
        number = len(self.pages)
        if self.result is Result.FAILED:
            text = ngettext("Failed on %(n)d page.", "Failed on %(n)d pages.", number)
        elif self.result is Result.PASSED:
            text = ngettext(
                "Passed automatically on %(n)d page.",
                "Passed automatically on %(n)d pages.",
                number,
            )
        elif self.result is Result.PARTLY_TESTED:
            text = ngettext(
                "Partly tested: no failure found on %(n)d page.",
                "Partly tested: no failure found on %(n)d pages.",
                number,
            )
        elif self.result is Result.NEEDS_PERSON:
            return _("Needs a person: no check covers it.")
        else:
            return _("Not tested: its checks did not run.")
        return text % {"n": number}


def outcomes(audit: Audit) -> list[Outcome]:
    """Return the outcome for each criterion at levels A and AA, in the order of WCAG."""
    failed: defaultdict[str, dict[str, None]] = defaultdict(dict)
    tested: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for page, finding in audit.findings:
        if criterion := finding.success_criterion:
            failed[criterion.number][page.path] = None
    for page in audit.tested:
        for number in page.criteria:
            tested[number][page.path] = None
    return [
        _outcome(each, tuple(failed[each.number]), tuple(tested[each.number])) for each in CRITERIA
    ]


def _outcome(criterion: Criterion, failed: tuple[str, ...], tested: tuple[str, ...]) -> Outcome:
    if failed:
        result = Result.FAILED
    elif criterion.reach is not Reach.PERSON and not tested:
        result = Result.NOT_TESTED
    else:
        result = _OF_REACH[criterion.reach]
    return Outcome(criterion, result, failed or tested, _step(criterion, result))


def _step(criterion: Criterion, result: Result) -> str:
    if criterion.reach is not Reach.AUTOMATIC:
        return str(STEPS[criterion.number])
    if result is Result.NOT_TESTED:
        return _("Run the audit again in all modes, with Chromium or Chrome.")
    return ""
