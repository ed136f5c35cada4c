"""The permissions of views that no viewset builds."""

from typing import Any

import swapper
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_careers.models import SharedLink, Trait
from wagtail_careers.role_models import role_page_models

PageModel = swapper.load_model("wagtailcore", "Page")
SHARED_LINKS = ModelPermissionPolicy(SharedLink)
TRAITS = ModelPermissionPolicy(Trait)


def editable_pages(user: Any) -> Any:
    """Return the pages that ``user`` may edit, and whose text they may therefore see."""
    return PagePermissionPolicy().instances_user_has_permission_for(user, "change")


def may_edit_all_pages(user: Any) -> bool:
    """Return whether ``user`` may edit the root page, and so all pages, those to come included."""
    return bool(user.is_superuser or editable_pages(user).filter(depth=1).exists())


def editable_live_roles(user: Any) -> Any:
    """Return the live roles that ``user`` may edit."""
    pages = PageModel.objects.all() if may_edit_all_pages(user) else editable_pages(user)
    return pages.live().type(*role_page_models())
