"""The deletion of shared links, which is refused while they are in use."""

from collections.abc import Collection
from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from wagtail_careers.links.recording import record_again
from wagtail_careers.links.usage import other_references, pages_using
from wagtail_careers.models import SharedLink
from wagtail_careers.models.link_claim import claimed
from wagtail_careers.models.locking import lock_links

#: The number of titles that an error lists before it shortens the list.
NAMED_IN_ERRORS = 5


def lock_for_deletion(links: Collection[SharedLink]) -> None:
    """Let no page be saved with ``links`` until the end of the transaction, and count again."""
    lock_links(*(link.pk for link in links))
    record_again(links)


def _refuse_while_in_use(sender: Any, instance: SharedLink, **kwargs: Any) -> None:
    """Raise ``ProtectedError`` for a link in use, whether the admin or other code deletes it."""
    lock_for_deletion([instance])
    if claimed([instance.pk]):
        raise ProtectedError(
            _("“%(link)s” cannot be deleted because somebody is saving a page with it.")
            % {"link": instance},
            {instance},
        )
    pages = pages_using(instance)
    others = other_references(instance)
    named: list[Any] = list(pages[: NAMED_IN_ERRORS + 1]) + list(others[: NAMED_IN_ERRORS + 1])
    if not named:
        return
    titles = [str(each) for each in named[:NAMED_IN_ERRORS]]
    if len(named) > NAMED_IN_ERRORS:
        titles.append("…")
    raise ProtectedError(
        _("“%(link)s” cannot be deleted because it is in use. Replace it first. Used by: %(users)s")
        % {"link": instance, "users": ", ".join(titles)},
        set(named),
    )


def connect() -> None:
    """Connect to the deletion of shared links. Called once, when the app is ready."""
    pre_delete.connect(
        _refuse_while_in_use, sender=SharedLink, dispatch_uid="wagtail_careers.deletion"
    )
