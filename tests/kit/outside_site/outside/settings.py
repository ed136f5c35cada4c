"""Settings of a small site with role pages, in its own header and footer."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY = "for-tests-only"
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "outside.urls"
LANGUAGE_CODE = "en"
USE_TZ = True
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAIL_CAREERS = {"BASE_TEMPLATE": "outside/base.html"}
WAGTAIL_SITE_NAME = "The bakery"
WAGTAILADMIN_BASE_URL = "http://localhost"

INSTALLED_APPS = [
    "outside",
    "wagtail_careers",
    "wagtail_careers.pages",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django_tasks",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "outside.defects.defect_of",
            ]
        },
    }
]
FOLDER = Path(os.environ["OUTSIDE_FOLDER"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "site.sqlite3",
        "OPTIONS": {
            "timeout": 30,
            "init_command": "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;",
        },
        # A file, because the threads of the live server would share a connection to memory.
        "TEST": {"NAME": FOLDER / "test.sqlite3"},
    }
}
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
}
