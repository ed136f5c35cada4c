"""The report in EARL 1.0, the vocabulary of W3C for results of tests, as JSON-LD.

https://www.w3.org/TR/EARL10-Schema/ and https://www.w3.org/TR/json-ld11/
"""

import json
from collections.abc import Iterator
from typing import Any

from wagtail_careers.audit.outcomes import Outcome, Result, outcomes
from wagtail_careers.audit.results import Audit, PageAudit

CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "ptr": "http://www.w3.org/2009/pointers#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "earl:assertedBy": {"@type": "@id"},
    "earl:mode": {"@type": "@id"},
    "earl:outcome": {"@type": "@id"},
    "earl:subject": {"@type": "@id"},
    "earl:test": {"@type": "@id"},
    "dct:date": {"@type": "xsd:dateTime"},
}

# https://www.w3.org/TR/EARL10-Schema/#OutcomeValue. A check that finds nothing proves no more than
# that, unless it covers the criterion.
_OUTCOMES = {
    Result.FAILED: "earl:failed",
    Result.PASSED: "earl:passed",
    Result.PARTLY_TESTED: "earl:cantTell",
    Result.NEEDS_PERSON: "earl:untested",
    Result.NOT_TESTED: "earl:untested",
}
_ASSERTOR = "_:assertor"


def as_earl(audit: Audit) -> str:
    """Return the audit as JSON-LD: an assertion for each page and criterion, each finding too."""
    results = outcomes(audit)
    graph = [_assertor(audit), *map(_criterion, results)]
    for page in audit.pages:
        graph += [_subject(page), *_assertions(audit, page, results)]
    return f"{json.dumps({'@context': CONTEXT, '@graph': graph}, ensure_ascii=False, indent=2)}\n"


def _assertor(audit: Audit) -> dict[str, Any]:
    versions = ", ".join(f"{name} {version}" for name, version in audit.tools.items())
    return {
        "@id": _ASSERTOR,
        "@type": ["earl:Assertor", "earl:Software"],
        "dct:title": "wagtail-careers audit_roles",
        "dct:description": versions,
    }


def _criterion(outcome: Outcome) -> dict[str, Any]:
    criterion = outcome.criterion
    return {
        "@id": criterion.url,
        "@type": ["earl:TestCriterion", "earl:TestRequirement"],
        "dct:title": criterion.title,
        "dct:description": outcome.step,
    }


def _subject(page: PageAudit) -> dict[str, Any]:
    return {
        "@id": page.url,
        "@type": ["earl:TestSubject"],
        "dct:title": page.title,
    }


def _assertions(audit: Audit, page: PageAudit, results: list[Outcome]) -> Iterator[dict[str, Any]]:
    for outcome in results:
        found = [each for each in page.findings if each.success_criterion == outcome.criterion]
        for each in found:
            yield _assertion(
                audit,
                page,
                outcome,
                "earl:failed",
                f"{each.message} {each.fix}".strip(),
                each.target,
            )
        if not found:
            yield _assertion(audit, page, outcome, _outcome_without_finding(page, outcome))


def _outcome_without_finding(page: PageAudit, outcome: Outcome) -> str:
    if page.error:
        return "earl:untested"
    if outcome.result is Result.FAILED:
        # On another page. Here, nothing was found.
        return "earl:cantTell" if outcome.step else "earl:passed"
    return _OUTCOMES[outcome.result]


def _assertion(
    audit: Audit,
    page: PageAudit,
    outcome: Outcome,
    value: str,
    description: str = "",
    target: str = "",
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "@type": "earl:TestResult",
        "earl:outcome": value,
        "dct:date": audit.finished_at,
    }
    if text := description or page.error:
        result["dct:description"] = text
    if target:
        result["earl:pointer"] = {"@type": "ptr:CSSSelectorPointer", "ptr:expression": target}
    return {
        "@type": "earl:Assertion",
        "earl:assertedBy": _ASSERTOR,
        "earl:subject": page.url,
        "earl:test": outcome.criterion.url,
        "earl:mode": "earl:automatic",
        "earl:result": result,
    }
