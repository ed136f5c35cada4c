"""The shared links in pages that are about to be saved, which nobody can delete meanwhile."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from wagtail_careers.models.locking import lock_links
from wagtail_careers.models.shared_link import SharedLink

#: The time that a page has to be saved in, once its form is valid.
VALID_FOR = timedelta(minutes=1)


class LinkClaim(models.Model):
    """The use of a shared link by a page that was validated, and is not saved yet.

    Wagtail validates and saves a page in two transactions, and a new page has no key for a
    ``LinkUse`` before it is saved. A claim expires, because nothing follows if the save fails.
    """

    wagtail_reference_index_ignore = True

    shared_link = models.ForeignKey(SharedLink, on_delete=models.CASCADE, related_name="claims")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.shared_link_id}, {self.made_at}"


def claim(link_pks: Collection[int]) -> set[int]:
    """Claim links for a page that is about to be saved. Return the keys that no link has.

    If a link is being deleted, wait for that.
    """
    with transaction.atomic():
        existing = lock_links(*link_pks).keys()
        # After the lock: whoever deletes a link locks it before its claims.
        LinkClaim.objects.filter(made_at__lte=_expiry()).delete()
        LinkClaim.objects.bulk_create([LinkClaim(shared_link_id=pk) for pk in sorted(existing)])
    return set(link_pks) - existing


def claimed(link_pks: Collection[int]) -> set[int]:
    """Return the keys of the links that pages are about to be saved with."""
    claims = LinkClaim.objects.filter(shared_link__in=link_pks, made_at__gt=_expiry())
    return set(claims.values_list("shared_link", flat=True))


def _expiry() -> datetime:
    return timezone.now() - VALID_FOR
