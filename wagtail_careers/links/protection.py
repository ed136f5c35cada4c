"""Shared links that pages wait for: they cannot be deleted before their replacement is finished."""

from typing import Any

from django.db.models import ProtectedError, Q
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from wagtail_careers.models import Replacement, SharedLink


def awaited(link: SharedLink) -> Any:
    """Return the unfinished replacements that lead pages to ``link``, or to one that it replaced.

    Includes those of ``link`` itself.
    """
    leading, pks = {link.pk}, {link.pk}
    while pks:
        found = SharedLink.objects.filter(successor__in=pks).values_list("pk", flat=True)
        pks = set(found) - leading
        leading |= pks
    return Replacement.objects.waiting().filter(Q(new__in=leading) | Q(old=link))


def _refuse_while_awaited(sender: Any, instance: SharedLink, **kwargs: Any) -> None:
    """Raise ``ProtectedError`` for a link that pages wait for, whatever code deletes it."""
    if waiting := list(awaited(instance)):
        raise ProtectedError(
            _(
                "“%(link)s” cannot be deleted until this replacement is finished or cancelled: "
                "%(replacement)s"
            )
            % {"link": instance, "replacement": waiting[0].title},
            set(waiting),
        )


def connect() -> None:
    """Connect to the deletion of shared links. Called once, when the app is ready."""
    pre_delete.connect(
        _refuse_while_awaited, sender=SharedLink, dispatch_uid="wagtail_careers.protection"
    )
