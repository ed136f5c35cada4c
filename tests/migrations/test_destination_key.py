from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from tests.factories import SharedLinkFactory
from wagtail_careers.models import SharedLink

migration = import_module("wagtail_careers.migrations.0008_destination_key")


def test_links_that_exist_get_their_keys_even_if_several_have_the_same(db: None) -> None:
    for url in ("https://jobs.example/", "http://www.jobs.example/", "https://other.example/a/"):
        SharedLinkFactory(base_url=url)
    SharedLink.objects.update(destination_key="")
    migration.fill(apps, SimpleNamespace(connection=connection))
    keys = SharedLink.objects.order_by("pk").values_list("destination_key", flat=True)
    assert list(keys) == ["jobs.example", "jobs.example", "other.example/a"]
