from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareersConfig(AppConfig):
    name = "wagtail_careers"
    verbose_name = _("Careers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_careers import conf, derived  # noqa: F401 - conf registers its check
        from wagtail_careers.admin import checks  # noqa: F401 - registers itself
        from wagtail_careers.caches import receivers
        from wagtail_careers.links import health, usage

        derived.connect()
        usage.connect()
        health.connect()
        receivers.connect()
