from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareersPagesConfig(AppConfig):
    name = "wagtail_careers.pages"
    label = "wagtail_careers_pages"
    verbose_name = _("Careers pages")
    default_auto_field = "django.db.models.BigAutoField"
