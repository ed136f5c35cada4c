"""The languages of a site, in lists of pages."""

from django.conf import settings
from wagtail.models import Locale


def language_names() -> dict[int, str]:
    """Return the names of the site's languages by the key of their locale, in one query.

    A site without ``WAGTAIL_I18N_ENABLED`` has one language, which lists need not name.
    """
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return {}
    return {locale.pk: str(locale) for locale in Locale.objects.all()}
