"""Serve the live role pages of the site's database to another process, without changing it.

``pytest --careers-roles`` starts this module. It writes one line of JSON, an object with the names
of the pages and their addresses, and ends when its standard input does.
"""

import json
import sys
from typing import Any

import django
from django.db.backends.signals import connection_created

#: The statement by which each kind of database refuses all changes from a connection.
READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
}


def main() -> None:
    """List and serve the pages."""
    connection_created.connect(refuse_changes)
    django.setup()
    # These have models, which need the settings.
    from wagtail_careers.audit.pages import targets
    from wagtail_careers.audit.server import serving
    from wagtail_careers.models import RolePageMixin

    pages = targets(RolePageMixin)
    with serving({page.site for page in pages}) as addresses:
        found = {page.name: f"{addresses[page.site]}{page.path}" for page in pages}
        sys.stdout.write(f"{json.dumps(found)}\n")
        sys.stdout.flush()
        sys.stdin.read()


def refuse_changes(connection: Any, **kwargs: Any) -> None:
    """Let a new connection only read."""
    if statement := READ_ONLY.get(connection.vendor):
        with connection.cursor() as cursor:
            cursor.execute(statement)


if __name__ == "__main__":
    main()
