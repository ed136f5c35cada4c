"""System checks of the guards around views of Wagtail's admin, and of the rules about content."""

import sys
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import get_resolver

from wagtail_careers.conf import Settings, get_settings

_HINT = (
    "This release of Wagtail names its view for approvals differently. "
    "Install a release of Wagtail that wagtail-careers supports."
)


@register(Tags.urls)
def check_approvals_are_guarded(**kwargs: Any) -> list[CheckMessage]:
    """Report approvals that would publish what the editor refuses to publish."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    # Loads what Django's own URL checks load. Importing the admin's URLs sets the guards.
    _ = get_resolver().url_patterns
    if "wagtail.admin.urls" not in sys.modules:
        return []  # Without Wagtail's admin there are no approvals.
    from wagtail_careers.admin import moderation

    errors: list[CheckMessage] = []
    if not moderation.page_approvals_are_guarded():
        errors.append(
            Error(
                "An approval can publish an incomplete role page.",
                hint=_HINT,
                id="wagtail_careers.E006",
            )
        )
    if not moderation.link_approvals_are_guarded():
        errors.append(
            Error(
                "An approval can publish a shared link whose address another link has.",
                hint=_HINT,
                id="wagtail_careers.E007",
            )
        )
    return errors


@register
def check_rules(**kwargs: Any) -> list[CheckMessage]:
    """Report rules and profiles in the settings that do not exist. They are ignored."""
    chosen, usual = get_settings(), Settings()
    if (chosen.lint_rules, chosen.lint_profiles) == (usual.lint_rules, usual.lint_profiles):
        return []  # A site starts without the rules.
    from wagtail_careers.lint.registry import check_rules_and_profiles

    return check_rules_and_profiles()
