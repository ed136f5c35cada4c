"""A walk through the page with the Tab key, as for people who do not use a mouse.

Frames are not checked, because the page cannot tell where the focus is inside a frame.
"""

from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.browser import has_devtools
from wagtail_careers.testing.listeners import listeners
from wagtail_careers.testing.problem import Problem, call, from_page

#: The ids of the rules that the walk is about.
RULES = (
    "focus-contrast",
    "focus-obscured",
    "focus-order",
    "focus-visible",
    "keyboard-trap",
    "keyboard-unreachable",
)

#: The events by which a script can know of a press or of the focus, and move it.
_MOVING = frozenset(
    ("blur", "focus", "focusin", "focusout", "keydown", "keypress", "keyup", "scroll")
)

#: The number of presses for each control. Some Tab stops are not controls, such as regions that
#: scroll and the parts of a video player, and need a press too.
_PRESSES_PER_STOP = 3

#: The number of presses after the last control, to see the focus leave the page.
_PRESSES_PAST_THE_END = 2

#: The number of presses to leave the last control, which can have several parts.
_PRESSES_TO_LEAVE = 16


def focus(driver: WebDriver) -> list[Problem]:
    """Press Tab from the top of the page to its end, and return these problems.

    - A control that is never reached (WCAG 2.1.1 Keyboard), or only after a control that comes
      later in the page or lies below it (2.4.3 Focus Order).
    - A control from which neither Tab nor Escape leads away (2.1.2 No Keyboard Trap). The walk ends
      there.
    - Focus without a change of outline, shadow, border, background or underline (2.4.7 Focus
      Visible), or with an outline whose contrast to its surroundings is below 3:1 (1.4.11
      Non-text Contrast).
    - A control that is covered while it has the focus (2.4.11 Focus Not Obscured).

    The page scrolls, and its own reactions to focus take place.
    """
    if has_devtools(driver):
        driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
        if not _reacts(driver):
            found = _quick_walk(driver)
            if found is not None:
                return from_page(found)
    return from_page(_careful_walk(driver))


def _reacts(driver: WebDriver) -> bool:
    """Return whether the page has a listener that could move the focus, at once or later."""
    return any(listener["type"] in _MOVING for listener in listeners(driver))


def _quick_walk(driver: WebDriver) -> list[dict[str, str]] | None:
    """Hold Tab down in one command, while the page itself notes where the focus goes.

    That takes a fifth of the time. Return None if not all was seen.
    """
    stops = call(driver, "keyboard", "startWatching")
    tab = ActionChains(driver, duration=0)
    for _repetition in range(stops + _PRESSES_PAST_THE_END):
        tab.key_down(Keys.TAB)
    tab.key_up(Keys.TAB).perform()
    walked = call(driver, "keyboard", "finishWatching")
    return walked["problems"] if walked["isWhole"] else None


def _careful_walk(driver: WebDriver) -> list[dict[str, str]]:
    """Press Tab once at a time, and Escape where the focus may be trapped.

    A script that moves the focus has time to do so between two presses.
    """
    stops = call(driver, "keyboard", "start")
    found: list[dict[str, str]] = []
    for _press in range(stops * _PRESSES_PER_STOP + _PRESSES_TO_LEAVE):
        press_tab(driver)
        seen = call(driver, "keyboard", "observe")
        found += seen["problems"]
        if seen["isSuspicious"]:
            # Dialogs and text editors may keep the focus until somebody presses Escape.
            press_escape(driver)
        if seen["isOver"]:
            break
    return [*found, *call(driver, "keyboard", "finish")]


def press_tab(driver: WebDriver) -> None:
    """Press the Tab key as a person does, so that the page can handle or block it."""
    _press(driver, Keys.TAB, key="Tab", code="Tab", windowsVirtualKeyCode=9)


def press_escape(driver: WebDriver) -> None:
    _press(driver, Keys.ESCAPE, key="Escape", code="Escape", windowsVirtualKeyCode=27)


def press_enter(driver: WebDriver) -> None:
    _press(driver, Keys.ENTER, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")


def _press(driver: WebDriver, character: str, **key: str | int) -> None:
    if not has_devtools(driver):
        ActionChains(driver, duration=0).send_keys(character).perform()
        return
    # Without the pauses of actions, a walk takes a third of the time.
    for kind in ("keyDown", "keyUp"):
        driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, **key})
