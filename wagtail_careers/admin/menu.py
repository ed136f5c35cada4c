"""The entries of the admin's menu and search, shown to the people who may use them."""

from typing import Any

from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.permission_policies.base import BasePermissionPolicy

from wagtail_careers.admin.policies import SHARED_LINKS


class LinkReportMenuItem(MenuItem):
    """The entry of a report for users who can change shared links."""

    def is_shown(self, request: Any) -> bool:
        return SHARED_LINKS.user_has_permission(request.user, "change")


class ListSearchArea(SearchArea):
    """A tab of the admin's search that leads to the list that ``view`` shows."""

    def __init__(self, *args: Any, policy: BasePermissionPolicy, view: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy, self.view = policy, view

    def is_shown(self, request: Any) -> bool:
        required = self.view.any_permission_required
        return bool(self.policy.user_has_any_permission(request.user, required))
