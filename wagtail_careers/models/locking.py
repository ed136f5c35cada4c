"""Locks on shared links, so that decisions about one link follow each other."""

from wagtail_careers.models.shared_link import SharedLink


def lock_links(*pks: int) -> dict[int, SharedLink]:
    """Lock shared links until the transaction ends. Return those that exist, as they are now.

    Links are locked in the order of their keys, so that no two transactions wait for each other.
    """
    # SQLite locks no rows. A write takes its one lock, which a transaction that has read already
    # might not get. It changes nothing, which would disturb the transactions of others.
    SharedLink.objects.filter(pk=0).update(successor=None)
    links = SharedLink.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    return {link.pk: link for link in links}


def lock_current(link: SharedLink) -> SharedLink:
    """Lock and return the link to use instead of ``link``: itself, or its newest successor."""
    while True:
        current = SharedLink.objects.get(pk=link.pk).current
        locked = lock_links(current.pk)[current.pk]
        if locked.successor_id == current.successor_id:
            return locked
