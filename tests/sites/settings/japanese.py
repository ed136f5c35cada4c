"""A site in a language without spaces, capitals or plurals."""

from tests.settings import *  # noqa: F403

LANGUAGE_CODE = "ja"
