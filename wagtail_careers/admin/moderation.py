"""Guards that stop an approval from publishing an incomplete role or an invalid shared link.

People who approve from the dashboard see no form. Wagtail publishes the newest version as it is,
which may be an incomplete draft that was saved after the page was submitted.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import swapper
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLResolver, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.views.snippets import WorkflowActionView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from wagtail_careers.admin.before_publication import APPROVE, show_findings
from wagtail_careers.admin.bulk_publishing import show_problems
from wagtail_careers.models import RolePageMixin, SharedLink
from wagtail_careers.publishing import field_problems, publishing_problems

#: The names of Wagtail's URLs of an approval, and of the dialog for it in the form of a page.
APPROVAL, DIALOG = "workflow_action", "collect_workflow_action_data"
#: Marks a view that refuses to approve incomplete roles.
_GUARD = "_wagtail_careers_guard"
View = Callable[..., HttpResponse]


def guard_approvals() -> list[Any]:
    """Guard Wagtail's URL of approvals. A ``register_admin_urls`` hook that adds no URLs.

    Wagtail calls no hook when a page is approved, and in Wagtail 7.4, a page model cannot have
    its own view for approvals.
    """
    decorate_urlpatterns(_page_approvals(), refuse_incomplete_role)
    decorate_urlpatterns(_named(_page_patterns(), APPROVAL, DIALOG), show_findings)
    return []


def page_approvals_are_guarded() -> bool:
    """Return whether each approval of a page passes through ``refuse_incomplete_role``."""
    patterns = _page_approvals()
    # Decorators that Wagtail adds later keep the attributes of what they decorate.
    return bool(patterns) and all(hasattr(pattern.callback, _GUARD) for pattern in patterns)


def link_approvals_are_guarded() -> bool:
    """Return whether each approval of a shared link is done by ``SharedLinkApprovalView``."""
    from wagtail.admin.urls import urlpatterns  # That module calls this one's hook.

    namespace = SharedLink.snippet_viewset.url_namespace  # type: ignore[attr-defined]
    approvals = _named(_patterns_in(namespace, urlpatterns), APPROVAL)
    views = [getattr(pattern.callback, "view_class", object) for pattern in approvals]
    return bool(views) and all(issubclass(view, SharedLinkApprovalView) for view in views)


def _page_approvals() -> list[Any]:
    return _named(_page_patterns(), APPROVAL)


def _page_patterns() -> Iterable[Any]:
    """Return Wagtail's URL patterns of pages."""
    try:
        from wagtail.admin.urls import pages  # That module is still importing when hooks register.
    except ImportError:
        return ()  # The system check says so.
    patterns: Iterable[Any] = getattr(pages, "urlpatterns", ())
    return patterns


def _named(patterns: Iterable[Any], *names: str) -> list[Any]:
    return [pattern for pattern in patterns if pattern.name in names]


def _patterns_in(namespace: str, patterns: Iterable[Any]) -> Iterator[Any]:
    """Yield the URL patterns in ``namespace``, at whatever depth it is among ``patterns``."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == namespace:
                yield from pattern.url_patterns
            else:
                yield from _patterns_in(namespace, pattern.url_patterns)


def refuse_incomplete_role(view: View) -> View:
    """Return ``view``, guarded against approving a role whose newest version is incomplete."""

    def guarded(request: HttpRequest, page_id: int, action_name: str, **kwargs: Any) -> Any:
        if request.method == "POST" and action_name == APPROVE:
            page = swapper.load_model("wagtailcore", "Page").objects.filter(pk=page_id).first()
            if page and issubclass(page.specific_class or type(page), RolePageMixin):
                newest = page.specific.get_latest_revision_as_object()
                # The view denies access to other users, who must not learn about the page.
                problems = publishing_problems(newest) if _may_approve(page, request.user) else []
                if problems:
                    edit_url = reverse("wagtailadmin_pages:edit", args=[page_id])
                    return refuse(request, newest.get_admin_display_title(), problems, edit_url)
        return view(request, page_id=page_id, action_name=action_name, **kwargs)

    setattr(guarded, _GUARD, True)
    return guarded


class SharedLinkApprovalView(WorkflowActionView):
    """A view of approvals that refuses a link if another link has taken its address."""

    object: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.action_name == APPROVE:
            newest = self.object.get_latest_revision_as_object()
            if problems := field_problems(newest):
                edit_url = reverse("careers_shared_links:edit", args=[newest.pk])
                return refuse(request, str(newest), problems, edit_url)
        return super().post(request, *args, **kwargs)


def refuse(
    request: HttpRequest, title: str, problems: Iterable[str], edit_url: str
) -> HttpResponse:
    """Show why ``title`` was not approved, and return to the page of the request."""
    show_problems(request, title, problems)
    edit = messages.button(edit_url, _("Edit"))
    messages.error(request, _("Not approved. Correct these problems first."), buttons=[edit])
    url = get_valid_next_url_from_request(request) or edit_url
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        # The comment dialog follows this redirect, as it does after an approval.
        return JsonResponse({"step": "success", "redirect": url})
    # Not ``redirect``, which takes an address without a slash for the name of a view.
    return HttpResponseRedirect(url)


def _may_approve(page: Any, user: Any) -> bool:
    task = page.current_workflow_task
    return task is not None and APPROVE in {name for name, *_rest in task.get_actions(page, user)}
