"""Who works in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission


@pytest.fixture
def client_of(db: None) -> Callable[..., Client]:
    """A function that logs in somebody who has just the permissions that are named.

    ``pages`` are those at ``page`` and below it.
    """

    def log_in(*permissions: str, pages: tuple[str, ...] = (), page: Any = None) -> Client:
        group = Group.objects.create(name=f"Group {Group.objects.count()}")
        for name in ("access_admin", *permissions):
            group.permissions.add(Permission.objects.get(codename=name))
        for name in pages:
            GroupPagePermission.objects.create(
                group=group,
                page=page,
                permission=Permission.objects.get(
                    codename=name, content_type__app_label="wagtailcore"
                ),
            )
        user = User.objects.create_user(f"user-{User.objects.count()}", password="secret")
        user.groups.add(group)
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def editor(client_of: Any, index: Any) -> Client:
    """Writes roles and shared links, and publishes none."""
    return client_of(
        *("add_sharedlink", "change_sharedlink", "view_sharedlink"),
        pages=("add_page", "change_page"),
        page=index,
    )


@pytest.fixture
def outsider(client_of: Any) -> Client:
    """May enter the admin, and no more."""
    return client_of()


@pytest.fixture
def queries_of(admin_client: Client) -> Callable[[str], int]:
    """A function that counts the queries of a page of the admin, once it is warm."""

    def count(url: str) -> int:
        assert admin_client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(url)
        return len(queries)

    return count
