"""A site in a language that is written from right to left."""

from tests.settings import *  # noqa: F403

LANGUAGE_CODE = "ar"
