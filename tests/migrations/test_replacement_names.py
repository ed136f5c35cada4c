"""The migration that gives replacements the names of their links."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.conftest import plant_home
from tests.factories import SharedLinkFactory
from wagtail_careers.models import Replacement

BEFORE = ("wagtail_careers", "0018_plain_link_checks")


def migrate(target: tuple[str, str]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


@pytest.fixture
def latest(transactional_db: None) -> tuple[str, str]:
    plant_home()
    (leaf,) = MigrationExecutor(connection).loader.graph.leaf_nodes("wagtail_careers")
    return leaf


def test_links_can_be_deleted_after_it(latest: tuple[str, str]) -> None:
    jobs = SharedLinkFactory(name="Jobs", base_url="https://jobs.example/")
    work = SharedLinkFactory(name="Work", base_url="https://work.example/")
    try:
        replacements = migrate(BEFORE).get_model("wagtail_careers", "Replacement").objects
        replacements.create(old_id=jobs.pk, new_id=work.pk)
        replacements.create(old_id=jobs.pk, new_id=jobs.pk, old_path="a", new_path="b/c?d")
        replacements.create(host="plain.example")
    finally:
        migrate(latest)
    jobs.delete()
    assert {each.title for each in Replacement.objects.all()} == {
        "Replace “Jobs” with “Work”",
        "Change “https://jobs.example/a” to “https://jobs.example/b/c?d”",
        "Change plain links to shared links: plain.example",
    }
