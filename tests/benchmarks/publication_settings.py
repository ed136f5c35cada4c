"""A site with pages that are no roles, in a database of its own that needs no migrations."""

from tests.benchmarks.startup_settings import *  # noqa: F403
from tests.benchmarks.startup_settings import INSTALLED_APPS


class _NoMigrations:
    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


INSTALLED_APPS = [*INSTALLED_APPS, "tests.bare"]
MIGRATION_MODULES = _NoMigrations()
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
