"""The concrete pages, for sites that need no fields of their own on them."""

from django.utils.translation import gettext_lazy as _

from wagtail_careers.models import AbstractRoleIndexPage, AbstractRolePage


class RoleIndexPage(AbstractRoleIndexPage):
    """Lists the role pages below it."""

    subpage_types = ["wagtail_careers_pages.RolePage"]
    page_description = _("A list of roles, by category.")

    class Meta:
        verbose_name = _("role index page")
        verbose_name_plural = _("role index pages")


class RolePage(AbstractRolePage):
    """One role: what it is, who suits it, what it leads to."""

    parent_page_types = ["wagtail_careers_pages.RoleIndexPage"]
    subpage_types: list[str] = []
    page_description = _("One role: who suits it, what it involves, how to apply.")

    class Meta:
        verbose_name = _("role page")
        verbose_name_plural = _("role pages")
