"""What in a page listens to which events, as the browser lists it.

https://chromedevtools.github.io/devtools-protocol/tot/DOMDebugger/#method-getEventListeners
"""

from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.browser import devtools


def listeners(driver: WebDriver) -> list[dict[str, Any]]:
    """Return the listeners of the window, the document and all that is in it, shadow trees too.

    It makes no difference whether a script or an attribute added them. Raises
    ``browser.NotSupported`` if the browser does not list them.
    """
    return [*_of(driver, "window"), *_of(driver, "document")]


def ask(driver: WebDriver, command: str, **parameters: Any) -> Any:
    """Send a command of the Chrome DevTools Protocol, and return the answer."""
    return devtools(driver, command, parameters, "list what reacts to events")


def _of(driver: WebDriver, expression: str) -> list[dict[str, Any]]:
    target = ask(driver, "Runtime.evaluate", expression=expression)["result"]["objectId"]
    found: list[dict[str, Any]] = ask(
        driver, "DOMDebugger.getEventListeners", objectId=target, depth=-1, pierce=True
    )["listeners"]
    return found
