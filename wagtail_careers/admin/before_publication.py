"""What readers would stumble over, shown before publication: in the form and in moderation.

It informs and stops nothing. ``publishing`` has the problems that stop a publication. The rules
are imported when they are asked, because a site starts without them.
"""

import json
from collections.abc import Callable
from typing import Any

import swapper
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from wagtail_careers.models import RolePageMixin
from wagtail_careers.models.page_type import page_type
from wagtail_careers.role_models import role_page_models

APPROVE = "approve"
#: The modal's markup begins its form below this element.
_MODAL_BODY = '<div class="nice-padding">'
View = Callable[..., HttpResponse]


def before_publication(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the findings about a role page, for the script that refreshes them in its form."""
    from wagtail_careers.admin.findings import page_summary

    page = role_or_none(page_id)
    if page is None:
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    context = {"summary": page_summary(page, request.user)}
    return render(request, "wagtail_careers/admin/findings.html", context)


def role_or_none(page_id: int) -> Any:
    """Return the role page with this key, or None if the page is of another type."""
    page = get_object_or_404(swapper.load_model("wagtailcore", "Page"), pk=page_id)
    is_role = issubclass(page.specific_class or type(page), RolePageMixin)
    return page.specific if is_role else None


def url_patterns() -> list[Any]:
    """Return the URLs. A ``register_admin_urls`` hook."""
    return [
        path(
            "careers/before-publication/<int:page_id>/",
            before_publication,
            name="careers_before_publication",
        )
    ]


def show_findings(view: View) -> View:
    """Return ``view``, a dialog for a step of moderation, with the findings before an approval."""

    def shown(request: HttpRequest, page_id: int, action_name: str, **kwargs: Any) -> Any:
        from wagtail_careers.admin.findings import page_summary

        response = view(request, page_id=page_id, action_name=action_name, **kwargs)
        if request.method != "GET" or action_name != APPROVE:
            return response
        dialog = json.loads(response.content) if isinstance(response, JsonResponse) else {}
        page = role_or_none(page_id) if dialog.get("html") else None
        if page is None:
            return response
        edit_url = reverse("wagtailadmin_pages:edit", args=[page_id])
        context = {"summary": page_summary(page, request.user, edit_url)}
        template = "wagtail_careers/admin/findings_in_dialog.html"
        html = render_to_string(template, context, request)
        if _MODAL_BODY in dialog["html"]:
            dialog["html"] = dialog["html"].replace(_MODAL_BODY, _MODAL_BODY + html, 1)
        else:
            dialog["html"] = html + dialog["html"]
        return JsonResponse(dialog)

    return shown


class AwaitingReviewPanel(Component):
    """The dashboard panel with the findings about roles that await the user's review.

    People can approve from the dashboard without opening the form.
    """

    name = "careers_before_publication"
    template_name = "wagtail_careers/admin/before_publication_dashboard.html"
    #: Just below Wagtail's list of pages that await a review.
    order = 221

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        from wagtail_careers.admin.findings import Records, summarise
        from wagtail_careers.lint.pages import findings_of_pages
        from wagtail_careers.lint.publication import panel_rules

        user = parent_context["request"].user
        pages = list(_roles_to_review(user))
        found = findings_of_pages(pages, panel_rules())
        records = Records([finding for each in found for finding in each], user)
        roles = [
            {
                "title": page.get_admin_display_title(),
                "edit_url": (url := reverse("wagtailadmin_pages:edit", args=[page.pk])),
                "summary": summarise(each, records, url),
            }
            for page, each in zip(pages, found, strict=True)
        ]
        return {"roles": [role for role in roles if role["summary"].rows]}


def _roles_to_review(user: Any) -> Any:
    page_model = swapper.load_model("wagtailcore", "Page")
    states = TaskState.objects.reviewable_by(user).filter(revision__base_content_type=page_type())
    pks = [int(pk) for pk in states.values_list("revision__object_id", flat=True)]
    roles = page_model.objects.filter(pk__in=pks).type(*role_page_models()).order_by("title", "pk")
    return roles.prefetch_related("latest_revision", "locale").specific()


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the dashboard panel. A ``construct_homepage_panels`` hook."""
    if getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
        panels.append(AwaitingReviewPanel())
