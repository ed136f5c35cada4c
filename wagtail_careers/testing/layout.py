"""Checks of the layout that axe does not make: reflow, text spacing, size of targets.

Each looks at the page as it is shown, at the width and in the theme that are set.
"""

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.problem import Problem, problems


def check(driver: WebDriver) -> list[Problem]:
    """All that this module checks."""
    return [*horizontal_scroll(driver), *clipped_text(driver), *small_targets(driver)]


def horizontal_scroll(driver: WebDriver) -> list[Problem]:
    """What makes the page wider than the viewport; to be used at a width of 320.

    WCAG 1.4.10 Reflow: https://www.w3.org/WAI/WCAG22/Understanding/reflow
    """
    return problems(driver, "layout", "horizontalScroll")


def clipped_text(driver: WebDriver) -> list[Problem]:
    """Text that is cut off or covered by other text when readers space it out.

    The spacing is that of WCAG 1.4.12 Text Spacing, and is taken away again:
    https://www.w3.org/WAI/WCAG22/Understanding/text-spacing
    """
    return problems(driver, "layout", "clippedText")


def small_targets(driver: WebDriver) -> list[Problem]:
    """Targets smaller than 24 by 24 CSS pixels that no exception covers.

    The exceptions are those for links in a sentence, for targets with enough space around
    them, and for checkboxes and radio buttons as the browser draws them. WCAG 2.5.8 Target
    Size (Minimum): https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum
    """
    return problems(driver, "layout", "smallTargets")
