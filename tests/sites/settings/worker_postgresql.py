"""A site on PostgreSQL whose background tasks wait in the database for a worker."""

from tests.sites.settings.worker import *  # noqa: F403
from tests.sites.settings.worker import DATABASES

# Another site on the same server is tested at the same time.
DATABASES["default"]["TEST"] = {"NAME": "test_wagtail_careers_worker"}
