from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.conftest import plant_home


def migrate(target: tuple[str, str]) -> Any:
    """Migrate to ``target``, forwards or backwards, and return the apps of that state."""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


def latest() -> tuple[str, str]:
    loader = MigrationExecutor(connection).loader
    (leaf,) = loader.graph.leaf_nodes("wagtail_careers")
    return leaf


@pytest.fixture
def migrated_back(transactional_db: None) -> Iterator[Callable[[tuple[str, str]], Any]]:
    """A function that undoes the migrations after one; all are done again after the test."""
    plant_home()
    yield migrate
    # Those of the apps that build on ours were undone, too.
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
