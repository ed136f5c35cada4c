"""The site of the tests, on PostgreSQL: the server of ``DATABASE_URL``."""

from tests.settings import *  # noqa: F403
