"""Who works on the site, and where its addresses begin."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.test import Client
from django_tasks import default_task_backend

from tests.conftest import plant_home
from tests.factories import RoleIndexPageFactory


class MountedClient(Client):
    """A client of a site that a server has mounted at ``FORCE_SCRIPT_NAME``.

    The server takes this path off each address. Without the setting, this is Django's client.
    """

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        mount = settings.FORCE_SCRIPT_NAME or ""
        assert path.startswith(f"{mount}/"), f"{path} is not below {mount}"
        return super().generic(method, path.removeprefix(mount), *args, **kwargs)


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """The files that a site collects before it starts, if it names them by their contents."""
    if isinstance(staticfiles_storage, ManifestFilesMixin):
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def site(transactional_db: None) -> Any:
    """The index page of the roles of a site. What is saved is committed, as on a real one."""
    # A site with a worker keeps the tasks of the test before.
    getattr(default_task_backend, "results", []).clear()
    return RoleIndexPageFactory(parent=plant_home(), slug="roles")


@pytest.fixture
def client() -> Client:
    """A reader."""
    return MountedClient()


@pytest.fixture
def admin(site: Any) -> Client:
    """An editor with all permissions."""
    user = get_user_model().objects.create_superuser("editor", "editor@example.com", "secret")
    client = MountedClient()
    client.force_login(user)
    return client
