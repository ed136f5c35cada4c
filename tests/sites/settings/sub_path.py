"""A site at a path below another site, as WSGI servers mount it."""

from tests.settings import *  # noqa: F403

FORCE_SCRIPT_NAME = "/working-here"
STATIC_URL = "static/"
MEDIA_URL = "media/"
