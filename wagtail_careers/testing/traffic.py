"""Checks of what a page requests, what it reports on the console, and what moves or needs scripts.

Each is about the page as it was loaded, and changes nothing in it.
"""

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.browser import console_errors
from wagtail_careers.testing.problem import Problem, own_problem, problems

_POLICY = "Content Security Policy"


def third_party(driver: WebDriver) -> list[Problem]:
    """Return what the page has requested from another host than its own."""
    return problems(driver, "traffic", "thirdParty")


def console(driver: WebDriver) -> list[Problem]:
    """Return the errors on the console since it was last read. Raises ``NotSupported``."""
    return [
        own_problem(
            "content-security-policy" if _POLICY in error else "console-error",
            f"the console reports: {error}",
        )
        for error in dict.fromkeys(console_errors(driver))
    ]
