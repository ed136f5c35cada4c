"""The message to an editor whose page had retired links, which saving has replaced."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages


def say_what_was_replaced(request: HttpRequest, page: Any) -> None:
    """Add a message for each link. A hook for a page that has just been saved.

    Autosave, which cannot show messages, adds none: the form still has the old link, so the next
    version that the editor saves says it.
    """
    revision = page._state.fields_cache.get("latest_revision")
    successions = getattr(revision, "successions", ())
    if not successions or not request.accepts("text/html"):
        return
    revision.successions = ()
    for each in successions:
        messages.info(
            request,
            _("“%(old)s” was replaced by “%(new)s”, so this page now has “%(new)s”.")
            % {"old": each.old, "new": each.new},
        )
