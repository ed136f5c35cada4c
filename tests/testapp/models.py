"""Role pages of a site's own: one that adds a field, and one made of a page that was there."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from wagtail_careers.models import AbstractRolePage, RolePageMixin


class PaidRolePage(AbstractRolePage):
    """A role page with one field more."""

    salary = models.CharField(max_length=100, blank=True)

    content_panels = [*AbstractRolePage.content_panels, FieldPanel("salary")]


class StaffPage(Page):
    """A page model that a site had before it had roles."""

    team = models.CharField(max_length=100, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("team")]

    class Meta:
        abstract = True


class StaffRolePage(RolePageMixin, StaffPage):
    """The site's own page model, made a role page by the mixin."""

    content_panels = [*StaffPage.content_panels, *RolePageMixin.role_panels]
    search_fields = [*StaffPage.search_fields, *RolePageMixin.role_search_fields]
