"""Checks of content and controls that axe lets pass: headings, labels, and things to click."""

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.listeners import ask, listeners
from wagtail_careers.testing.problem import Problem, from_page, problems, source

#: The events of a click or a tap.
_CLICKS = ("click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend")


def fields_and_titles(driver: WebDriver) -> list[Problem]:
    """Return these problems.

    - An ``<h1>`` after the first. Screen readers list it as the title of a page. WCAG 1.3.1:
      https://www.w3.org/WAI/WCAG22/Understanding/info-and-relationships
    - A field whose label names an earlier element, because both have the same id. WCAG 4.1.2:
      https://www.w3.org/WAI/WCAG22/Understanding/name-role-value
    - A field whose only label is a placeholder, which is gone when something is entered. WCAG
      3.3.2: https://www.w3.org/WAI/WCAG22/Understanding/labels-or-instructions
    """
    return problems(driver, "content", "fieldsAndTitles")


def clickables(driver: WebDriver) -> list[Problem]:
    """Return elements that react to clicks, but not to the keyboard, or that have no role.

    The browser lists the listeners, whether a script or an attribute added them. Elements that
    contain a control, or are part of one, are left out: they often pass on its events. Raises
    ``browser.NotSupported`` if the browser does not list them.

    WCAG 2.1.1: https://www.w3.org/WAI/WCAG22/Understanding/keyboard
    WCAG 4.1.2: https://www.w3.org/WAI/WCAG22/Understanding/name-role-value
    """
    nodes = dict.fromkeys(
        listener["backendNodeId"]
        for listener in listeners(driver)
        if listener["type"] in _CLICKS and "backendNodeId" in listener
    )
    found = (_click_problem(driver, node) for node in nodes)
    return from_page(each for each in found if each)


def _click_problem(driver: WebDriver, node: int) -> dict[str, str] | None:
    element = ask(driver, "DOM.resolveNode", backendNodeId=node)
    scripts = f"{source('page')}\n{source('content')}"
    answer = ask(
        driver,
        "Runtime.callFunctionOn",
        objectId=element["object"]["objectId"],
        functionDeclaration=f"function () {{ {scripts}\nreturn clickProblem(this); }}",
        returnByValue=True,
    )
    value: dict[str, str] | None = answer["result"].get("value")
    return value
