"""Checks of the names of links, buttons and headings that axe lets pass."""

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.problem import Problem, problems


def check(driver: WebDriver) -> list[Problem]:
    """Return these problems.

    - Links, buttons and headings whose text has no visible character. axe takes zero-width spaces,
      soft hyphens and directional marks for a name. WCAG 2.4.4, 4.1.2 and 2.4.6:
      https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context
    - Links with the name and the surroundings of an earlier one, but another address. The
      surroundings are the paragraph, list item or table cell, and the heading before it. WCAG
      2.4.4.
    - Headings with the text of an earlier one at the same place of the outline.
    """
    return problems(driver, "names", "nameProblems")
