"""A site in two languages, whose pages are translated with Wagtail's simple_translation."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = ["wagtail.contrib.simple_translation", "wagtail.locales", *INSTALLED_APPS]
WAGTAIL_I18N_ENABLED = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
