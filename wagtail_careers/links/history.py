"""Entries in the histories of pages and shared links, for changes that are made in many places.

An entry stores the names as they are when it is written, so that it can be read after a link was
renamed or deleted. ``wagtail_careers.admin.history`` words the entries.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from wagtail.log_actions import log

from wagtail_careers.models import Replacement, SharedLink

#: Actions in the history of a page.
REPLACE_LINK = "wagtail_careers.replace_link"
CHANGE_PATH = "wagtail_careers.change_path"
SHARE_LINKS = "wagtail_careers.share_links"
#: Actions in the history of a shared link.
RETIRE_LINK = "wagtail_careers.retire_link"
RESTORE_LINK = "wagtail_careers.restore_link"


class Entry(NamedTuple):
    """A log entry to write: a registered action, and JSON data for its formatter."""

    action: str
    data: Mapping[str, Any]


def entry_for(replacement: Replacement, target: SharedLink | None) -> Entry:
    """Return the entry for the history of a page on which ``target`` replaces the old link."""
    old = replacement.old
    if old is None or target is None:
        return Entry(SHARE_LINKS, {"host": replacement.host})
    if replacement.old_path is None:
        return Entry(REPLACE_LINK, {"old": _named(old), "new": _named(target)})
    paths = {"old_path": replacement.old_path, "new_path": replacement.new_path}
    return Entry(CHANGE_PATH, {"link": _named(old), **paths})


def log_retirement(old: SharedLink, new: SharedLink, *, user: Any) -> None:
    log(instance=old, action=RETIRE_LINK, user=user, data={"new": _named(new)})


def log_restoration(link: SharedLink, *, user: Any) -> None:
    log(instance=link, action=RESTORE_LINK, user=user)


def _named(link: SharedLink) -> dict[str, Any]:
    return {"id": link.pk, "name": link.name}
