"""An editor with a browser, and the old site's posts."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.e2e.admin import Admin
from wagtail_careers.testing.browser import LIGHT, set_theme, set_viewport

BESIDE_THE_PROJECT = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CORPUS = Path(os.environ.get("CAREERS_CORPUS", BESIDE_THE_PROJECT))


@pytest.fixture
def imaging_post() -> Path:
    """A post of the site that role pages replace. It is not part of the project."""
    path = CORPUS / "posts" / "2017-04-27-clinical-imaging-apprentice.md"
    if not path.exists():
        pytest.skip(f"the posts of the old site are not in {CORPUS}; set CAREERS_CORPUS")
    return path


@pytest.fixture
def admin(live_server: Any, index: Any, driver: Any) -> Iterator[Admin]:
    """The admin, with a superuser logged in."""
    get_user_model().objects.create_superuser("editor", "editor@example.com", "password")
    set_viewport(driver, 1400, 1000)
    set_theme(driver, LIGHT)
    driver.delete_all_cookies()
    admin = Admin(driver, live_server.url)
    admin.log_in("editor", "password")
    yield admin
    # Otherwise the form would go on saving itself into the next test.
    driver.get("about:blank")
