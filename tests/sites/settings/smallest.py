"""A site with only the apps and settings that the package needs."""

import tempfile

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

OPTIONAL = {
    "django.contrib.admin",
    "example_site.demo",
    "tests.bare",
    "tests.benchmarks",
    "tests.testapp",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
}
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in OPTIONAL]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "tests.sites.urls"
del WAGTAILADMIN_BASE_URL  # noqa: F821
STATIC_ROOT = tempfile.mkdtemp(prefix="wagtail-careers-static-")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
