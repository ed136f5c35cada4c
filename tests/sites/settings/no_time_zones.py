"""A site whose times are those of its own clock."""

from tests.settings import *  # noqa: F403

USE_TZ = False
