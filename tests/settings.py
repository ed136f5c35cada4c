"""Settings of the tests: those of the example site, quicker and quieter."""

import os
import tempfile
from pathlib import Path

from example_site.settings import *  # noqa: F403
from example_site.settings import DATABASES, INSTALLED_APPS, WAGTAILSEARCH_BACKENDS

# Last: the first role page model that is installed has the name ``careers_roles`` in the admin.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.bare", "tests.benchmarks", "tests.testapp"]
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, because the threads of a live server would share one connection to a database in
    # memory, and with it their transactions; of a name of its own, so that runs do not meet.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(tempfile.gettempdir()) / f"wagtail-careers-tests-{os.getpid()}.sqlite3"
    }
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA synchronous=OFF; PRAGMA journal_mode=WAL;",
    }
# Few tests search. Those that do use the fixture ``search_index``.
WAGTAILSEARCH_BACKENDS = {"default": {**WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
