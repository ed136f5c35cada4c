import inspect
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from wagtail.blocks import Block

APPS = ["wagtail_careers", "wagtail_careers_pages", "home", "bare", "testapp"]


@pytest.mark.parametrize("app", APPS)
def test_models_and_migrations_agree(db: None, app: str) -> None:
    out = StringIO()
    try:
        call_command("makemigrations", app, check=True, dry_run=True, verbosity=3, stdout=out)
    except SystemExit:
        pytest.fail(f"{app} needs a migration:\n{out.getvalue()}")
    assert f"No changes detected in app '{app}'" in out.getvalue()


@pytest.mark.parametrize("app", APPS[:2])
def test_default_key_is_that_of_the_package_whatever_the_site_sets(app: str) -> None:
    assert apps.get_app_config(app).default_auto_field == "django.db.models.BigAutoField"


def test_migrations_name_no_setting_that_wagtail_7_lacks() -> None:
    """Made on Wagtail 8, they would: ``settings.WAGTAIL_PAGE_MODEL``."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = [
        migration for (app, _name), migration in loader.disk_migrations.items() if app in APPS[:2]
    ]
    assert len(ours) >= 2
    for migration in ours:
        source = inspect.getsource(inspect.getmodule(type(migration)) or migration)
        assert "WAGTAIL_PAGE_MODEL" not in source.replace("(WAGTAIL_PAGE_MODEL in Wagtail 8)", "")


def blocks_in(block: Block) -> Iterator[Block]:
    yield block
    for child in children(block):
        yield from blocks_in(child)


def children(block: Any) -> list[Block]:
    if hasattr(block, "child_block"):
        return [block.child_block]
    return list(getattr(block, "child_blocks", {}).values())


def reword_block(block: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    """Change the wording that the block was made with, and return the number of changes."""
    arguments = [block._constructor_args[1], getattr(block, "_constructor_kwargs", {})]
    found = [
        (given, name)
        for given in arguments
        for name in ("help_text", "label", "choices")
        if name in given
    ]
    for given, name in found:
        is_choices = name == "choices"
        if is_choices and callable(given[name]):
            continue  # They are made when a form is shown.
        new = [(value, "Reworded") for value, _label in given[name]] if is_choices else "Reworded"
        monkeypatch.setitem(given, name, new)
    return len(found)


def test_new_wording_asks_no_site_for_a_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("body", "category", "introduction")
    fields: list[Any] = [
        field
        for label in ("testapp", "wagtail_careers_pages")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
        if field.name in names
    ]
    assert {field.name for field in fields} == set(names)
    reworded = 0
    for field in fields:
        if field.name != "body" or field.help_text:
            monkeypatch.setattr(field, "help_text", "Reworded")
            monkeypatch.setattr(field, "verbose_name", "Reworded")
        for block in blocks_in(field.stream_block) if field.name == "body" else ():
            reworded += reword_block(block, monkeypatch)
    assert reworded > 50

    loader = MigrationLoader(None, ignore_no_migrations=True)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(loader.graph)
    assert {label: [each.operations for each in found] for label, found in changes.items()} == {}
