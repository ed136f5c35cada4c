"""A site with Wagtail's apps, and with the package if ``WITH_PACKAGE`` is set."""

import os

from example_site.settings import *  # noqa: F403
from example_site.settings import INSTALLED_APPS

OURS = ("example_site.", "wagtail_careers")

INSTALLED_APPS = [
    *(["wagtail_careers", "wagtail_careers.pages"] if os.environ.get("WITH_PACKAGE") else []),
    *(app for app in INSTALLED_APPS if not app.startswith(OURS)),
]
