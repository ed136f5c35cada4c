from typing import Any

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from wagtail_careers.pages.models import RoleIndexPage, RolePage


class HomePage(Page):
    """The home page, with a welcome and the latest roles."""

    introduction = RichTextField(blank=True, features=["bold", "link", "shared-link"])

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    max_count = 1

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["indexes"] = RoleIndexPage.objects.live().child_of(self)
        context["latest"] = RolePage.objects.live().order_by("-first_published_at", "title")[:4]
        return context
