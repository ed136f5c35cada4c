"""The report in EARL 1.0, the vocabulary of W3C for results of tests, as JSON-LD.

https://www.w3.org/TR/EARL10-Schema/ and https://www.w3.org/TR/json-ld11/
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wagtail_careers.audit.outcomes import Outcome, outcomes
from wagtail_careers.audit.results import Audit, PageAudit
from wagtail_careers.testing.criteria import Criterion, Reach

CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "ptr": "http://www.w3.org/2009/pointers#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "earl:assertedBy": {"@type": "@id"},
    "earl:mode": {"@type": "@id"},
    "earl:outcome": {"@type": "@id"},
    "earl:subject": {"@type": "@id"},
    "earl:test": {"@type": "@id"},
    "dct:date": {"@type": "xsd:dateTime"},
}

_ASSERTOR = "_:assertor"


def as_earl(audit: Audit) -> str:
    """Return the audit as JSON-LD: an assertion for each page and criterion, or each finding."""
    results = outcomes(audit)
    graph = [_assertor(audit), *map(_criterion, results), *_good_practices(audit)]
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


def _good_practices(audit: Audit) -> Iterator[dict[str, Any]]:
    """Yield the rules without a criterion that found something."""
    rules = {finding.rule for _page, finding in audit.findings if not finding.success_criterion}
    for rule in sorted(rules):
        yield {
            "@id": _rule_id(rule),
            "@type": ["earl:TestCriterion", "earl:TestCase"],
            "dct:title": rule,
        }


def _rule_id(rule: str) -> str:
    return f"_:rule-{rule}"


def _subject(page: PageAudit) -> dict[str, Any]:
    return {"@id": page.url, "@type": ["earl:TestSubject"], "dct:title": page.title}


def _assertions(audit: Audit, page: PageAudit, results: list[Outcome]) -> Iterator[dict[str, Any]]:
    for finding in page.findings:
        criterion = finding.success_criterion
        result = {
            "earl:outcome": "earl:failed",
            "dct:description": f"{finding.message}\n{finding.fix}".strip(),
            "earl:pointer": {"@type": "ptr:CSSSelectorPointer", "ptr:expression": finding.target},
        }
        test = criterion.url if criterion else _rule_id(finding.rule)
        yield _assertion(audit, page, test, result)
    failed = {finding.success_criterion for finding in page.findings}
    for outcome in results:
        if outcome.criterion not in failed:
            result = {"earl:outcome": _outcome_without_finding(page, outcome.criterion)}
            if page.error:
                result["dct:description"] = page.error
            yield _assertion(audit, page, outcome.criterion.url, result)


def _outcome_without_finding(page: PageAudit, criterion: Criterion) -> str:
    # https://www.w3.org/TR/EARL10-Schema/#OutcomeValue. Checks that find nothing prove no more
    # than that, unless they cover the criterion.
    if page.error or criterion.number not in page.criteria:
        return "earl:untested"
    return "earl:passed" if criterion.reach is Reach.AUTOMATIC else "earl:cantTell"


def _assertion(
    audit: Audit, page: PageAudit, test: str, result: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "@type": "earl:Assertion",
        "earl:assertedBy": _ASSERTOR,
        "earl:subject": page.url,
        "earl:test": test,
        "earl:mode": "earl:automatic",
        "earl:result": {"@type": "earl:TestResult", "dct:date": audit.finished_at, **result},
    }
