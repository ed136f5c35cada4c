"""The migration that gives replacements the names of their links."""

from typing import Any

from tests.factories import SharedLinkFactory
from tests.migrations.conftest import latest, migrate
from wagtail_careers.models import Replacement

BEFORE = ("wagtail_careers", "0018_plain_link_checks")


def test_links_can_be_deleted_after_it(migrated_back: Any) -> None:
    jobs = SharedLinkFactory(name="Jobs", base_url="https://jobs.example/")
    work = SharedLinkFactory(name="Work", base_url="https://work.example/")
    replacements = migrated_back(BEFORE).get_model("wagtail_careers", "Replacement").objects
    replacements.create(old_id=jobs.pk, new_id=work.pk)
    replacements.create(old_id=jobs.pk, new_id=jobs.pk, old_path="a", new_path="b/c?d")
    replacements.create(host="plain.example")
    migrate(latest())
    jobs.delete()
    assert {each.title for each in Replacement.objects.all()} == {
        "Replace “Jobs” with “Work”",
        "Change “https://jobs.example/a” to “https://jobs.example/b/c?d”",
        "Change plain links to shared links: plain.example",
    }
