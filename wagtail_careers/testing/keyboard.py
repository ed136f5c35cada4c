"""A walk through the page with the Tab key, as people take it who use no mouse.

Frames are not entered: focus that is inside one cannot be seen from the page.
"""

from selenium.webdriver.chromium.webdriver import ChromiumDriver

from wagtail_careers.testing.problem import Problem, call

#: Tab stops that are no control, such as a region that scrolls, or the parts of a video
#: player, are passed over; this many of them for each control, and some.
_PRESSES_PER_STOP = 3


def focus(driver: ChromiumDriver) -> list[Problem]:
    """Press Tab from the top of the page to its end, and report what goes wrong on the way.

    - A control that is never reached (WCAG 2.1.1 Keyboard), or only after one that comes
      later in the page or lies below it (2.4.3 Focus Order).
    - Focus that shows in no change of outline, shadow, border, background or underline
      (2.4.7 Focus Visible), or in an outline with a contrast below 3:1 to what is around
      it (1.4.11 Non-text Contrast).
    - A control that something else covers (2.4.11 Focus Not Obscured).

    The page is scrolled, and what it does on focus happens.
    """
    driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    stops = call(driver, "keyboard", "start")
    found: list[dict[str, str]] = []
    for _press in range(stops * _PRESSES_PER_STOP):
        press_tab(driver)
        seen = call(driver, "keyboard", "observe")
        found += seen["problems"]
        if seen["remaining"] == 0:
            break
    found += call(driver, "keyboard", "finish")
    return [Problem(**problem) for problem in found]


def press_tab(driver: ChromiumDriver) -> None:
    """Press the key as a person does, so that the page may answer or swallow it."""
    _press(driver, key="Tab", code="Tab", windowsVirtualKeyCode=9)


def press_enter(driver: ChromiumDriver) -> None:
    _press(driver, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")


def _press(driver: ChromiumDriver, **key: str | int) -> None:
    for kind in ("keyDown", "keyUp"):
        driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, **key})
