"""What moves for readers who asked for less motion, and what is gone without scripts."""

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.problem import Problem, call, own_problem, problems


def endless_motion(driver: WebDriver) -> list[Problem]:
    """Return what moves for more than five seconds. Show the page with reduced motion.

    WCAG 2.2.2: https://www.w3.org/WAI/WCAG22/Understanding/pause-stop-hide
    """
    return problems(driver, "motion", "endlessMotion")


def visible_texts(driver: WebDriver) -> list[str]:
    """Return the visible texts of the page, without those of buttons and fields."""
    texts: list[str] = call(driver, "motion", "visibleTexts")
    return texts


def lost_texts(before: list[str], after: list[str]) -> list[Problem]:
    """Return a problem if a text of ``before``, with scripts, is not in ``after``, without them."""
    lost = [text for text in dict.fromkeys(before) if text not in set(after)]
    if not lost:
        return []
    count = f"{len(lost)} texts are" if len(lost) > 1 else "a text is"
    return [own_problem("needs-scripts", f"{count} missing without scripts: “{lost[0]}”", "body")]
