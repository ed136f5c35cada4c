"""Checks of the layout that axe does not cover: reflow, text spacing and the size of targets.

Each checks the page as shown, at the current width and in the current theme.
"""

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.problem import Problem, problems


def check(driver: WebDriver) -> list[Problem]:
    """Run all checks in this module, and return the problems."""
    return [*horizontal_scroll(driver), *clipped_text(driver), *small_targets(driver)]


def horizontal_scroll(driver: WebDriver) -> list[Problem]:
    """Return the elements that make the page wider than the viewport. Use a width of 320.

    WCAG 1.4.10 Reflow: https://www.w3.org/WAI/WCAG22/Understanding/reflow
    """
    return problems(driver, "layout", "horizontalScroll")


def clipped_text(driver: WebDriver) -> list[Problem]:
    """Return text that is cut off or overlaps when readers increase its spacing.

    The spacing is set as in WCAG 1.4.12 Text Spacing, and removed again:
    https://www.w3.org/WAI/WCAG22/Understanding/text-spacing
    """
    return problems(driver, "layout", "clippedText")


def cut_text(driver: WebDriver) -> list[Problem]:
    """Return text that is cut off or overlaps as the page is shown. Use a zoom of 200%.

    WCAG 1.4.4 Resize Text: https://www.w3.org/WAI/WCAG22/Understanding/resize-text
    """
    return problems(driver, "layout", "cutText")


def print_width(driver: WebDriver) -> list[Problem]:
    """Return elements that do not fit on the paper. Show the page as it is printed."""
    return problems(driver, "layout", "printWidth")


def small_targets(driver: WebDriver) -> list[Problem]:
    """Return targets smaller than 24 by 24 CSS pixels that are not covered by an exception.

    The exceptions are links in a sentence, targets with enough space around them, and checkboxes
    and radio buttons with the browser's own look. WCAG 2.5.8 Target Size (Minimum):
    https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum
    """
    return problems(driver, "layout", "smallTargets")
