"""The languages of a site, in lists of pages."""

from wagtail.models import Locale

from wagtail_careers.conf import has_languages


def language_names() -> dict[int, str]:
    """Return the names of the site's languages by the key of their locale, in one query.

    A site without ``WAGTAIL_I18N_ENABLED`` has one language, which lists need not name.
    """
    if not has_languages():
        return {}
    return {locale.pk: str(locale) for locale in Locale.objects.all()}
