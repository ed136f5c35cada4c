"""The concrete pages, for sites that add no fields of their own."""

from django.utils.translation import gettext_lazy as _

from wagtail_careers.models import AbstractRoleIndexPage, AbstractRolePage


class RoleIndexPage(AbstractRoleIndexPage):
    """A page that lists the role pages below it."""

    subpage_types = ["wagtail_careers_pages.RolePage"]
    page_description = _("A list of role pages, by category.")

    class Meta:
        verbose_name = _("role index page")
        verbose_name_plural = _("role index pages")


class RolePage(AbstractRolePage):
    """The page of one role."""

    parent_page_types = ["wagtail_careers_pages.RoleIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A page about one role: who it suits, what it involves and how to apply.")

    class Meta:
        verbose_name = _("role page")
        verbose_name_plural = _("role pages")
