"""Pictures of the elements that have a problem."""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing.modes import Mode
from wagtail_careers.testing.problem import Problem, call


def take(driver: WebDriver, folder: Path | None, problem: Problem, mode: Mode) -> str:
    """Save a picture of the page with the element of ``problem`` outlined, and return its file.

    Return an empty text without a folder.
    """
    if folder is None:
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / file_name(urlsplit(driver.current_url).path, problem, mode)
    call(driver, "screenshots", "highlight", problem.target)
    try:
        driver.save_screenshot(str(file))
    finally:
        call(driver, "screenshots", "showAsBefore")
    return str(file)


def file_name(path: str, problem: Problem, mode: Mode) -> str:
    """Return a file name that says which page, rule and mode it is, the same for each run."""
    identity = f"{path} {problem.target} {problem.message}".encode()
    parts = [path, problem.rule, mode.name, sha256(identity).hexdigest()[:8]]
    words = (re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")[:60] for part in parts)
    return f"{'-'.join(filter(None, words))}.png"
