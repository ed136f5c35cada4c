from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.hostile import world


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The world, built once: each request is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.build()
        # An engine does not read the query of a search in which nothing is indexed.
        call_command("update_index", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def admin(site: None, settings: Any) -> Client:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.hostile.recording.recording"]
    client = Client()
    client.force_login(get_user_model().objects.get(username="root"))
    return client
