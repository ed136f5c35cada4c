"""Days and times in the site's own time zone, with or without ``USE_TZ``."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return the date in the current time zone, or by the server's clock without time zones."""
    # With USE_TZ off, this is naive, and ``timezone.localdate()`` is an error.
    now = timezone.now()
    return timezone.localtime(now).date() if timezone.is_aware(now) else now.date()


def storable(when: datetime | None) -> datetime | None:
    """Return ``when`` as the database takes it: aware with ``USE_TZ``, and naive without.

    A naive time counts as one in the current time zone.
    """
    if when is None or timezone.is_aware(when) == settings.USE_TZ:
        return when
    return timezone.make_aware(when) if settings.USE_TZ else timezone.make_naive(when)
