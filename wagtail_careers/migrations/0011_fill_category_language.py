"""Existing categories are in the site's default language."""

import uuid
from typing import Any

from django.conf import settings
from django.db import migrations
from wagtail.coreutils import get_supported_content_language_variant


def fill(apps: Any, schema_editor: Any) -> None:
    categories = apps.get_model("wagtail_careers", "RoleCategory")
    missing = list(categories.objects.filter(locale=None))
    if not missing:
        return
    locale = _default_locale(apps.get_model("wagtailcore", "Locale"))
    for category in missing:
        category.locale = locale
        category.translation_key = uuid.uuid4()
    categories.objects.bulk_update(missing, ["locale", "translation_key"], batch_size=500)


def _default_locale(locales: Any) -> Any:
    """Return the default locale, or the oldest one of a site that has changed its languages."""
    code = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    found = locales.objects.filter(language_code=code).first()
    return found or locales.objects.order_by("pk").first()


class Migration(migrations.Migration):
    dependencies = [("wagtail_careers", "0010_category_language")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
