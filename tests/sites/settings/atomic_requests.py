"""A site with one transaction for each request, and a worker for background tasks."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["ATOMIC_REQUESTS"] = True
# An immediate transaction asks to write at once, so a read-only database would refuse all requests.
DATABASES["default"].get("OPTIONS", {}).pop("transaction_mode", None)
# Keeps the tasks, for the tests to run.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
