"""A guard that stops the bulk action Publish from publishing incomplete roles."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from wagtail_careers.models import RolePageMixin
from wagtail_careers.publishing import publishing_problems


def refuse_incomplete_roles(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Publish nothing if one of the roles is incomplete. A ``before_bulk_action`` hook."""
    if action_type != "publish":
        return None
    incomplete = False
    pages = list(_pages_to_publish(objects, action))
    published_with = {page.pk for page in pages}
    for page in pages:
        newest = page.get_latest_revision_as_object()
        if problems := publishing_problems(newest, published_with):
            incomplete = True
            show_problems(request, page.get_admin_display_title(), problems)
    if not incomplete:
        return None
    messages.error(request, _("Nothing was published. Complete these roles first."))
    return HttpResponseRedirect(action.next_url)


def show_problems(request: HttpRequest, title: str, problems: Iterable[str]) -> None:
    """Show the problems of the page or record called ``title`` as messages in the admin."""
    for problem in problems:
        messages.error(request, f"{title}: {problem}")


def _pages_to_publish(objects: Iterable[Any], action: Any) -> Iterator[Any]:
    include_descendants = action.cleaned_form.cleaned_data.get("include_descendants")
    for page in objects:
        if issubclass(page.specific_class, RolePageMixin):
            yield page.specific
        if include_descendants:
            yield from page.get_descendants().not_live().type(RolePageMixin).specific()
