"""Checks of content and controls that axe lets pass: headings, labels, and things to click."""

from selenium.webdriver.chromium.webdriver import ChromiumDriver
from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.problem import Problem, problems, source

#: The events of a click or a tap.
_CLICKS = ("click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend")


def check(driver: ChromiumDriver) -> list[Problem]:
    """Run all checks in this module, and return the problems."""
    return [
        *second_headings(driver),
        *stolen_labels(driver),
        *placeholder_labels(driver),
        *clickables(driver),
    ]


def second_headings(driver: WebDriver) -> list[Problem]:
    """Return each ``<h1>`` after the first. Screen readers list it as the title of a page.

    WCAG 1.3.1: https://www.w3.org/WAI/WCAG22/Understanding/info-and-relationships
    """
    return problems(driver, "content", "secondHeadings")


def stolen_labels(driver: WebDriver) -> list[Problem]:
    """Return fields whose label names an earlier element, because both have the same id.

    WCAG 4.1.2: https://www.w3.org/WAI/WCAG22/Understanding/name-role-value
    """
    return problems(driver, "content", "stolenLabels")


def placeholder_labels(driver: WebDriver) -> list[Problem]:
    """Return fields whose only label is a placeholder, which is gone when something is entered.

    WCAG 3.3.2: https://www.w3.org/WAI/WCAG22/Understanding/labels-or-instructions
    """
    return problems(driver, "content", "placeholderLabels")


def clickables(driver: ChromiumDriver) -> list[Problem]:
    """Return elements that react to clicks, but not to the keyboard, or that have no role.

    The browser lists the listeners, whether a script or an attribute added them. Elements that
    contain a control, or are part of one, are left out: they often pass on its events.

    WCAG 2.1.1: https://www.w3.org/WAI/WCAG22/Understanding/keyboard
    WCAG 4.1.2: https://www.w3.org/WAI/WCAG22/Understanding/name-role-value
    """
    document = driver.execute_cdp_cmd("Runtime.evaluate", {"expression": "document"})
    listening = driver.execute_cdp_cmd(
        "DOMDebugger.getEventListeners",
        {"objectId": document["result"]["objectId"], "depth": -1},
    )
    nodes = dict.fromkeys(
        listener["backendNodeId"]
        for listener in listening["listeners"]
        if listener["type"] in _CLICKS and "backendNodeId" in listener
    )
    found = (_click_problem(driver, node) for node in nodes)
    return [Problem(**each) for each in found if each]


def _click_problem(driver: ChromiumDriver, node: int) -> dict[str, str] | None:
    element = driver.execute_cdp_cmd("DOM.resolveNode", {"backendNodeId": node})
    scripts = f"{source('page')}\n{source('content')}"
    answer = driver.execute_cdp_cmd(
        "Runtime.callFunctionOn",
        {
            "objectId": element["object"]["objectId"],
            "functionDeclaration": f"function () {{ {scripts}\nreturn clickProblem(this); }}",
            "returnByValue": True,
        },
    )
    value: dict[str, str] | None = answer["result"].get("value")
    return value
