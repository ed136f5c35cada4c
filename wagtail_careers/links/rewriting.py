"""A change to the links of one page, saved as a revision and logged in the page's history."""

from collections.abc import Callable
from typing import Any

from wagtail.log_actions import LogContext, log

from wagtail_careers.choices import PageOutcome
from wagtail_careers.links.history import Entry
from wagtail_careers.links.pending import pending_contents
from wagtail_careers.links.usage import newest_content

#: Returns the new content of a page, or equal content to leave the page unchanged. Content is
#: described in ``wagtail_careers.links.mentions``.
Rewrite = Callable[[dict[str, Any]], dict[str, Any]]


def rewrite(page: Any, change: Rewrite, *, user: Any, entry: Entry) -> PageOutcome:
    """Save a revision of ``page`` with its newest content changed, and log it as ``entry``.

    The revision is published if the newest one is live and ``user`` may publish. The outcome is
    ``IN_MODERATION`` if a version there can still go live as it was. Wagtail locks a page that
    is scheduled. ``page`` is of its specific class. Lock it first, so that nobody saves another
    version in the meantime.
    """
    if user is None:
        return PageOutcome.NOT_ALLOWED
    permissions = page.permissions_for_user(user)
    if not permissions.can_edit():
        return PageOutcome.NOT_ALLOWED
    if permissions.page_locked():
        return PageOutcome.LOCKED
    content = newest_content(page)
    changed = change(content)
    if changed == content:
        pending = _changes_pending(page, change)
        return PageOutcome.IN_MODERATION if pending else PageOutcome.UNCHANGED
    publishes = page.live and not page.has_unpublished_changes and permissions.can_publish()
    # A context for each page, because the history of a page shows only the last entry of an
    # action in each context, on whichever page that is.
    with LogContext(user=user):
        _save(page, changed, user=user, entry=entry, publishes=publishes)
    if _changes_pending(page, change):
        return PageOutcome.IN_MODERATION
    return PageOutcome.PUBLISHED if publishes else PageOutcome.DRAFTED


def _changes_pending(page: Any, change: Rewrite) -> bool:
    """Return whether ``change`` would change a version that is scheduled or in moderation.

    Such a version was approved, or is being read, as it is. The old link comes back with it.
    """
    return any(change(content) != content for content in pending_contents(page))


def _save(page: Any, content: Any, *, user: Any, entry: Entry, publishes: bool) -> None:
    version = page.with_content_json(content)
    # Not validated, because an incomplete draft stays its author's to complete.
    revision = version.save_revision(user=user, clean=False)
    log(
        instance=version,
        action=entry.action,
        data=dict(entry.data),
        revision=revision,
        content_changed=True,
    )
    if publishes:
        revision.publish(user=user)
