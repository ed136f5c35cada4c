from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareersConfig(AppConfig):
    name = "wagtail_careers"
    verbose_name = _("Careers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_careers import completeness, conf, derived, tasks, translations  # noqa: F401 - conf registers its check
        from wagtail_careers.admin import checks as admin_checks  # noqa: F401 - registers itself
        from wagtail_careers.blocks import checks  # noqa: F401 - registers itself
        from wagtail_careers.caches import receivers
        from wagtail_careers.link_checks import health
        from wagtail_careers.links import deletion, recording, succession
        from wagtail_careers.models.role_form import refuse_with
        from wagtail_careers.models.targets import find_targets
        from wagtail_careers.publishing import content_errors
        from wagtail_careers.rich_text.targets import find_with

        find_with(find_targets)
        refuse_with(content_errors)
        derived.connect()
        completeness.connect()
        deletion.connect()
        succession.connect()  # Before the links of a version are recorded.
        recording.connect()
        health.connect()
        receivers.connect()
        translations.connect()
        tasks.connect()
