"""Make the database of the site: two live role pages, a draft and a private one."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outside.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from outside.content import add_below, add_role  # noqa: E402
from wagtail.models import PageViewRestriction  # noqa: E402

# The tables, without the years of migrations that led to them.
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
index = add_role().get_parent()
add_below(index, "contrast")
add_below(index, "draft", live=False)
PageViewRestriction.objects.create(page=add_below(index, "private"), restriction_type="login")
