"""The database, as a command finds it."""

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from wagtail_careers.models import LinkCheck
from wagtail_careers.text import one_line


def require_writable() -> None:
    """Raise ``CommandError`` if the database refuses changes, as a read-only copy does.

    Call it before the work starts. Otherwise each page and each address would be an error.
    """
    try:
        # Every database refuses this before it looks for rows, and there are none.
        LinkCheck.objects.filter(pk=0).update(status=None)
    except DatabaseError as error:
        reason = one_line(str(error))
        message = _("Nothing was done, because the database cannot be changed: %(reason)s")
        raise CommandError(message % {"reason": reason}, returncode=2) from error
