"""Role pages of a site's own: with a field more, with other sections, and made of an old page."""

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ListBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_careers.blocks import (
    ProseBlock,
    RoleBodyBlock,
    SectionBlock,
    StepBlock,
    default_body,
)
from wagtail_careers.models import AbstractRoleIndexPage, AbstractRolePage, RolePageMixin


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


class CaseStudyBlock(SectionBlock):
    """A section of a site's own: this class and one template are all that it takes."""

    prose = ProseBlock(missing="Case study: enter what this person says.")
    leads_to = ListBlock(StepBlock(), default=[])

    class Meta:
        label = "Case study"
        template = "testapp/case_study.html"
        default_title = "Meet a colleague"
        import_phrases = ("a colleague tells", "case study")
        bold_is_trait = True


class OwnBodyBlock(RoleBodyBlock):
    """A body with a section more, one less, and a block that is not a section."""

    case_study = CaseStudyBlock()
    progression = None
    quote = CharBlock(required=False)


def own_body() -> list[tuple[str, Any]]:
    return default_body(OwnBodyBlock())


class OwnRoleIndexPage(AbstractRoleIndexPage):
    subpage_types = ["testapp.OwnRolePage"]


class OwnRolePage(AbstractRolePage):
    body = StreamField(OwnBodyBlock(), default=own_body)
    photo = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    parent_page_types = ["testapp.OwnRoleIndexPage"]
