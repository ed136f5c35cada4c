"""The permissions of views that no viewset builds."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_careers.models import SharedLink, Trait

SHARED_LINKS = ModelPermissionPolicy(SharedLink)
TRAITS = ModelPermissionPolicy(Trait)


def editable_pages(user: Any) -> Any:
    """Return the pages that ``user`` may edit, and whose text they may therefore see."""
    return PagePermissionPolicy().instances_user_has_permission_for(user, "change")


def may_edit_all_pages(user: Any) -> bool:
    """Return whether ``user`` may edit the root page, and so all pages, those to come included."""
    return bool(user.is_superuser or editable_pages(user).filter(depth=1).exists())
