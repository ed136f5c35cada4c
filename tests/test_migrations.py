import inspect
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

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
