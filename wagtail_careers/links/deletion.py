"""The deletion of shared links, refused while they are in use or pages wait for them."""

from collections.abc import Collection
from typing import Any

from django.db.models import ProtectedError, Q
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from wagtail_careers.links.recording import record_again
from wagtail_careers.links.usage import other_references, pages_using, with_usage
from wagtail_careers.models import Replacement, SharedLink
from wagtail_careers.models.link_claim import claimed
from wagtail_careers.models.locking import lock_links

#: The number of titles that an error lists before it shortens the list.
NAMED_IN_ERRORS = 5


def lock_for_deletion(links: Collection[SharedLink]) -> None:
    """Let no page be saved with ``links`` until the end of the transaction, and count again."""
    lock_links(*(link.pk for link in links))
    record_again(links)


def awaited(link: SharedLink) -> Any:
    """Return the unfinished replacements that lead pages to ``link``, or to one that it replaced.

    Includes those of ``link`` itself.
    """
    leading = {link.pk, *_replaced_by(link)}
    return Replacement.objects.waiting().filter(Q(new__in=leading) | Q(old=link))


def replaced_in_use(link: SharedLink) -> Any:
    """Return the links that ``link`` replaced, also through others, and that are still used.

    Their pages get ``link`` when they are saved.
    """
    return with_usage(SharedLink.objects.filter(pk__in=_replaced_by(link))).filter(usage__gt=0)


def _replaced_by(link: SharedLink) -> set[int]:
    found: set[int] = set()
    pks = {link.pk}
    while pks:
        replaced = SharedLink.objects.filter(successor__in=pks).values_list("pk", flat=True)
        pks = set(replaced) - found - {link.pk}
        found |= pks
    return found


def _refuse(sender: Any, instance: SharedLink, **kwargs: Any) -> None:
    """Raise ``ProtectedError`` for a link that is needed, whatever code deletes it."""
    lock_for_deletion([instance])
    _refuse_while_claimed(instance)
    _refuse_while_in_use(instance)
    _refuse_while_awaited(instance)
    _refuse_while_it_replaces(instance)


def _refuse_while_claimed(link: SharedLink) -> None:
    if claimed([link.pk]):
        raise ProtectedError(
            _("“%(link)s” cannot be deleted because somebody is saving a page with it.")
            % {"link": link},
            {link},
        )


def _refuse_while_in_use(link: SharedLink) -> None:
    pages = pages_using(link)
    others = other_references(link)
    named: list[Any] = list(pages[: NAMED_IN_ERRORS + 1]) + list(others[: NAMED_IN_ERRORS + 1])
    if not named:
        return
    titles = [str(each) for each in named[:NAMED_IN_ERRORS]]
    if len(named) > NAMED_IN_ERRORS:
        titles.append("…")
    raise ProtectedError(
        _("“%(link)s” cannot be deleted because it is in use. Replace it first. Used by: %(users)s")
        % {"link": link, "users": ", ".join(titles)},
        set(named),
    )


def _refuse_while_awaited(link: SharedLink) -> None:
    """Refuse what would leave pages without a link when their replacement is finished."""
    if waiting := list(awaited(link)):
        raise ProtectedError(
            _(
                "“%(link)s” cannot be deleted until this replacement is finished or cancelled: "
                "%(replacement)s"
            )
            % {"link": link, "replacement": waiting[0].title},
            set(waiting),
        )


def _refuse_while_it_replaces(link: SharedLink) -> None:
    """Refuse what would give pages that still use a retired link that link for good."""
    if old := replaced_in_use(link).first():
        raise ProtectedError(
            _(
                "“%(link)s” cannot be deleted because it replaced “%(old)s”, which is still used. "
                "Replace “%(old)s” on its pages first."
            )
            % {"link": link, "old": old},
            {old},
        )


def connect() -> None:
    """Connect to the deletion of shared links. Called once, when the app is ready."""
    pre_delete.connect(_refuse, sender=SharedLink, dispatch_uid="wagtail_careers.deletion")
