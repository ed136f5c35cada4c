"""axe-core, run on a page in a browser (https://github.com/dequelabs/axe-core).

Frames are not checked, because axe-core is added to the page itself and not to its frames.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import Any

from axe_selenium_python import Axe
from selenium.common.exceptions import JavascriptException
from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.browser import devtools, has_devtools
from wagtail_careers.testing.criteria import of_tags
from wagtail_careers.testing.problem import Problem

#: WCAG 2.0, 2.1 and 2.2 at levels A and AA, and axe's own best practices:
#: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

#: Older engines have no rules for WCAG 2.2, and do not report that.
MINIMUM_ENGINE = (4, 10)

SCRIPT_SECONDS = 60

# Rules are listed by name because, given tags, axe skips experimental rules and ignores unknown
# tags. Errors are returned because a script that never calls back waits for its time-out.
_RUN = """
const [context, tags, own, done] = arguments;
const isOff = (id) => own.rules?.[id]?.enabled === false;
const rules = axe.getRules(tags).map((rule) => rule.ruleId).filter((id) => !isOff(id));
const options = {
  runOnly: {type: "rule", values: rules},
  resultTypes: ["violations", "incomplete"],
  ...own,
};
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

# The page can have an axe of its own, as previews in Wagtail's admin do.
_ADDED = "wagtail-careers axe"
_IS_ADDED = "return window[Symbol.for(arguments[0])] === arguments[1]"
_NOTE = "window[Symbol.for(arguments[0])] = arguments[1]"

# axe reports text in the colour of its background as "incomplete", though nobody can read it.
_INVISIBLE = "equalRatio"


class AxeError(Exception):
    """A run of axe without a result, or without a reliable one."""


@dataclass(frozen=True)
class Finding:
    """One element and one rule that it breaks.

    ``target`` is a CSS selector, ``html`` is the start of the element's HTML, and ``summary`` is
    axe's advice on a fix. ``impact`` is None if axe does not rate it.
    """

    rule: str
    impact: str | None
    help: str
    help_url: str
    target: str
    html: str
    summary: str = ""
    tags: tuple[str, ...] = ()

    def problem(self) -> Problem:
        """Return the finding as all checks of the kit report."""
        criterion = of_tags(self.tags)
        return Problem(
            criterion=criterion.title if criterion else "",
            message=self.help,
            target=self.target,
            html=" ".join(self.html.split()),
            fix="\n".join(filter(None, [self.summary, self.help_url])),
            rule=self.rule,
        )


@dataclass(frozen=True)
class Results:
    """The findings of axe, the undecided findings, and the names of the rules that ran."""

    findings: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    rules: frozenset[str]
    engine: str


def problems(
    driver: WebDriver,
    context: Any = None,
    *,
    options: Mapping[str, Any] | None = None,
    script: Path | None = None,
) -> list[Problem]:
    """Run axe as ``run`` does, and return the elements that break a rule as problems."""
    results = run(driver, context, options=options, script=script)
    return [finding.problem() for finding in results.findings]


def check(driver: WebDriver, context: Any = None) -> list[Finding]:
    """Check the page that ``driver`` shows, and return the elements that break a rule.

    ``context`` limits the check to a part of the page: a CSS selector, or any other context for
    axe that JSON can express. Raises ``AxeError`` if nothing matches it, if axe-core is too old,
    or if no rule passed, which does not happen on a real page.
    """
    return list(run(driver, context).findings)


def run(
    driver: WebDriver,
    context: Any = None,
    *,
    options: Mapping[str, Any] | None = None,
    script: Path | None = None,
) -> Results:
    """Run axe as ``check`` does, and also return undecided findings, such as text on pictures.

    ``options`` are those of ``axe.run`` that JSON can express, such as
    ``{"rules": {"region": {"enabled": False}}}``:
    https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#options-parameter
    ``script`` is the file of another axe-core than the one that axe-selenium-python brings.
    """
    _add(driver, script)
    driver.set_script_timeout(SCRIPT_SECONDS)
    # The driver passes arguments as JSON. The library would paste Python's True into JavaScript.
    raw = driver.execute_async_script(_RUN, context, list(TAGS), dict(options or {}))
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


def preload(driver: WebDriver) -> None:
    """Add axe-core to each page that ``driver`` opens from now on, while the page loads.

    That takes less time than adding it to each page afterwards. A browser without Chrome's commands
    does the latter.
    """
    if has_devtools(driver):
        note = f"window[Symbol.for({json.dumps(_ADDED)})] = '';"
        script = Path(Axe(driver).script_url).read_text(encoding="utf-8")
        command = "Page.addScriptToEvaluateOnNewDocument"
        devtools(driver, command, {"source": f"{script}\n{note}"}, "add scripts to pages")


def format_findings(findings: Iterable[Finding]) -> str:
    """Return the findings as readable text, one paragraph each."""
    return "\n\n".join(map(_format, findings))


def _add(driver: WebDriver, script: Path | None) -> None:
    """Add axe-core to the page, unless it is there already."""
    name = str(script or "")
    if driver.execute_script(_IS_ADDED, _ADDED, name):
        return
    if script and not script.is_file():
        raise AxeError(f"{script} is not a file. Give the path of axe.min.js.")
    if script:
        _add_file(driver, script)
    else:
        Axe(driver).inject()
    driver.execute_script(_NOTE, _ADDED, name)


def _add_file(driver: WebDriver, script: Path) -> None:
    is_axe = False
    # The axe that a page may have must not pass for that of the file.
    driver.execute_script("delete window.axe")
    with suppress(JavascriptException):
        Axe(driver, str(script)).inject()
        is_axe = driver.execute_script("return typeof window.axe?.run === 'function'")
    if not is_axe:
        raise AxeError(f"{script} is not axe-core. Give the path of axe.min.js.")


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
            f"axe-core {raw['engine']} is too old. Install axe-selenium-python 3 or newer, or use "
            "a newer file of axe-core."
        )
    if not raw["passes"]:
        raise AxeError("No rule passed. Check that the page has loaded and is not empty.")


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
        tags=tuple(result["tags"]),
    )


def _flatten(target: Any) -> Iterator[str]:
    """Yield the selectors in nested lists, in which axe nests one list for each shadow tree."""
    if isinstance(target, str):
        yield target
    else:
        for part in target:
            yield from _flatten(part)
