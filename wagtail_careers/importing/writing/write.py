"""The execution of actions: each role in one transaction, with everything that belongs to it."""

from wagtail_careers.importing.planning.action import Action, Intent
from wagtail_careers.importing.writing.creation import create
from wagtail_careers.importing.writing.outcomes import Outcome, kept_flags
from wagtail_careers.importing.writing.publication import publish_draft
from wagtail_careers.importing.writing.site import SiteState
from wagtail_careers.importing.writing.update import preview_update, update

_WITHOUT_WORK = {Intent.SKIP: "skipped", Intent.REFUSE: "error", Intent.UNCHANGED: "unchanged"}
_PREVIEWED = {**_WITHOUT_WORK, Intent.CREATE: "created", Intent.PUBLISH: "updated"}


def write(site: SiteState, action: Action) -> Outcome:
    """Carry out ``action``. If this raises, nothing of the role was written."""
    if action.intent == Intent.CREATE and action.role:
        return create(site, action, action.role)
    if action.intent == Intent.UPDATE and action.role and action.record:
        return update(site, action, action.role, action.record)
    if action.intent == Intent.PUBLISH and action.record:
        return publish_draft(action, action.record)
    record = action.record
    return Outcome(
        action,
        _WITHOUT_WORK[action.intent],
        page=record.page_id if record else None,
        title=action.post.title,
        flags=kept_flags(record) if record else (),
    )


def preview(site: SiteState, action: Action) -> Outcome:
    """Return the outcome that ``write`` would have, and write nothing."""
    if action.intent == Intent.UPDATE and action.role and action.record:
        return preview_update(site, action, action.role, action.record)
    record = action.record
    flags = action.flags or (kept_flags(record) if record else ())
    return Outcome(action, _PREVIEWED[action.intent], title=action.post.title, flags=flags)
