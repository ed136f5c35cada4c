"""Keeps the bulk action Publish from making incomplete roles live.

The editor validates what it publishes; the bulk action publishes newest revisions as they
are, drafts among them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamBlockValidationError

from wagtail_careers.models import RolePageMixin


def refuse_incomplete_roles(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """A ``before_bulk_action`` hook: publish nothing if one of the roles is incomplete."""
    if action_type != "publish":
        return None
    incomplete = False
    for page in _pages_to_publish(objects, action):
        if problems := publishing_problems(page.get_latest_revision_as_object()):
            incomplete = True
            show_problems(request, page.get_admin_display_title(), problems)
    if not incomplete:
        return None
    messages.error(request, _("Nothing was published. Complete these roles first."))
    return redirect(action.next_url)


def publishing_problems(page: Any) -> list[str]:
    """What the editor would say of ``page`` if somebody pressed Publish."""
    problems = field_problems(page)
    try:
        page.body.stream_block.clean(page.body)
    except StreamBlockValidationError as error:
        problems += list(_messages(error))
    return problems


def show_problems(request: HttpRequest, title: str, problems: Iterable[str]) -> None:
    """Say in the messages of the admin what is wrong with the page or record ``title``."""
    for problem in problems:
        messages.error(request, f"{title}: {problem}")


def field_problems(instance: Any) -> list[str]:
    """What is wrong with the fields of a page or a record."""
    problems: list[str] = []
    try:
        instance.full_clean()
    except ValidationError as error:
        for name, errors in error.message_dict.items():
            field = None if name == "__all__" else instance._meta.get_field(name)
            label = f"{capfirst(field.verbose_name)}: " if field else ""
            problems += [f"{label}{message}" for message in errors]
    return problems


def _messages(error: Any) -> Iterator[str]:
    """All messages of a block's error, outermost first."""
    if not hasattr(error, "block_errors"):
        yield from error.messages
        return
    for message in getattr(error, "non_block_errors", ()):
        yield from message.messages if hasattr(message, "messages") else [str(message)]
    inner = error.block_errors
    for child in inner.values() if hasattr(inner, "values") else inner:
        if child is not None:
            yield from _messages(child)


def _pages_to_publish(objects: Iterable[Any], action: Any) -> Iterator[Any]:
    include_descendants = action.cleaned_form.cleaned_data.get("include_descendants")
    for page in objects:
        if issubclass(page.specific_class, RolePageMixin):
            yield page.specific
        if include_descendants:
            yield from page.get_descendants().not_live().type(RolePageMixin).specific()
