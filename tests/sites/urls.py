"""The URLs of a site whose admin is not at the usual path."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("staff/cms/", include(wagtailadmin_urls)),
    path("files/", include(wagtaildocs_urls)),
    path("about/us/", include(wagtail_urls)),
]
