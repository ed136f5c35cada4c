"""axe-core, run on the page in a browser: https://github.com/dequelabs/axe-core

Frames are not entered: axe-core is put into the page itself, not into what it embeds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from axe_selenium_python import Axe
from selenium.webdriver.remote.webdriver import WebDriver

#: WCAG 2.0, 2.1 and 2.2, levels A and AA, and what axe recommends besides:
#: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

#: Older engines know no rule of WCAG 2.2, and would not say so.
MINIMUM_ENGINE = (4, 10)

SCRIPT_SECONDS = 60

# Rules go by name: asked for tags, axe leaves out the experimental ones and passes over a tag
# that it does not know. Rejections are handed on: a script without an answer waits in vain.
_RUN = """
const [context, tags, done] = arguments;
const rules = axe.getRules(tags).map((rule) => rule.ruleId);
const options = {runOnly: {type: "rule", values: rules}, resultTypes: ["violations", "incomplete"]};
const ids = (results) => results.map((result) => result.id);
axe.run(context ?? document, options).then(
  (results) => done({
    engine: axe.version,
    passes: ids(results.passes),
    inapplicable: ids(results.inapplicable),
    violations: results.violations,
    incomplete: results.incomplete,
  }),
  (error) => done({error: String(error)}),
);
"""

# Text in the colour of its background is "incomplete" to axe. Nobody can read it.
_INVISIBLE = "equalRatio"


class AxeError(Exception):
    """axe gave no result, or none to be trusted."""


@dataclass(frozen=True)
class Finding:
    """One element and one rule that it breaks.

    ``target`` is a CSS selector, ``html`` the element's opening tag or so, ``summary`` what
    axe says would mend it. ``impact`` is None where axe does not rate it.
    """

    rule: str
    impact: str | None
    help: str
    help_url: str
    target: str
    html: str
    summary: str = ""


@dataclass(frozen=True)
class Results:
    """What axe found, what it could not decide, and the rules that it ran, by name."""

    findings: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    rules: frozenset[str]
    engine: str


def check(driver: WebDriver, context: Any = None) -> list[Finding]:
    """What breaks a rule on the page that ``driver`` shows; an empty list if nothing does.

    ``context`` limits the check to a part of the page: a CSS selector, or anything else
    that axe takes and JSON can express. Raises ``AxeError`` when nothing matches it, when
    axe-core is too old, and when no rule passed, which is so on no real page.
    """
    return list(run(driver, context).findings)


def run(driver: WebDriver, context: Any = None) -> Results:
    """As ``check``, and what axe leaves to people, such as the contrast over a picture."""
    Axe(driver).inject()
    driver.set_script_timeout(SCRIPT_SECONDS)
    raw = driver.execute_async_script(_RUN, context, list(TAGS))
    _raise_if_useless(raw)
    incomplete = list(_nodes(raw["incomplete"]))
    invisible = [pair for pair in incomplete if _is_invisible(pair[1])]
    return Results(
        findings=tuple(starmap(_finding, [*_nodes(raw["violations"]), *invisible])),
        undecided=tuple(starmap(_finding, [pair for pair in incomplete if pair not in invisible])),
        rules=frozenset(
            [*raw["passes"], *raw["inapplicable"]]
            + [result["id"] for result in [*raw["violations"], *raw["incomplete"]]]
        ),
        engine=raw["engine"],
    )


def format_findings(findings: Iterable[Finding]) -> str:
    """The findings as text for people, one paragraph each."""
    return "\n\n".join(map(_format, findings))


def _format(finding: Finding) -> str:
    title = f"{finding.rule} ({finding.impact or 'not rated'}): {finding.help}"
    facts = [finding.target, finding.html, finding.summary, finding.help_url]
    lines = [line for fact in facts for line in fact.splitlines()]
    return "\n  ".join([title, *lines])


def _raise_if_useless(raw: Mapping[str, Any]) -> None:
    if "error" in raw:
        raise AxeError(f"axe did not run: {raw['error']}")
    version = tuple(int(number) for number in re.findall(r"\d+", raw["engine"])[:2])
    if version < MINIMUM_ENGINE:
        raise AxeError(
            f"axe-core {raw['engine']} is too old; install axe-selenium-python 3 or newer."
        )
    if not raw["passes"]:
        raise AxeError("No rule passed: the page is empty, or axe is not what it was.")


def _nodes(results: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Any]]:
    return ((result, node) for result in results for node in result["nodes"])


def _is_invisible(node: Mapping[str, Any]) -> bool:
    checks = [check["data"] for check in node["any"]]
    return any(isinstance(data, dict) and data.get("messageKey") == _INVISIBLE for data in checks)


def _finding(result: Mapping[str, Any], node: Mapping[str, Any]) -> Finding:
    return Finding(
        rule=result["id"],
        impact=node["impact"],
        help=result["help"],
        help_url=result["helpUrl"],
        target=" ".join(_flatten(node["target"])),
        html=node["html"],
        summary=node.get("failureSummary") or "",
    )


def _flatten(target: Any) -> Iterator[str]:
    """Selectors of nested lists: axe nests one list for each shadow tree."""
    if isinstance(target, str):
        yield target
    else:
        for part in target:
            yield from _flatten(part)
