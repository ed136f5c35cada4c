"""The execution of actions: each role in one transaction, with everything that belongs to it."""

from wagtail_careers.importing.planning.action import Action, Intent
from wagtail_careers.importing.writing.creation import create
from wagtail_careers.importing.writing.outcomes import Outcome, kept_flags
from wagtail_careers.importing.writing.publication import publish_draft
from wagtail_careers.importing.writing.site import SiteState
from wagtail_careers.importing.writing.update import update

_WITHOUT_WORK = {Intent.SKIP: "skipped", Intent.REFUSE: "error", Intent.UNCHANGED: "unchanged"}


def write(site: SiteState, action: Action) -> Outcome:
    """Carry out ``action``. If this raises, nothing of the role was written.

    A dry run decides and checks the same, so it has the same outcome, and writes nothing.
    """
    if action.intent == Intent.CREATE and action.role:
        return create(site, action, action.role)
    if action.intent == Intent.UPDATE and action.role and action.record:
        return update(site, action, action.role, action.record)
    if action.intent == Intent.PUBLISH and action.record:
        return publish_draft(site, action, action.record)
    record = action.record
    return Outcome(
        action,
        _WITHOUT_WORK[action.intent],
        page=record.page_id if record else None,
        title=action.post.title,
        flags=kept_flags(record) if record else (),
        is_live=bool(record and record.page and record.page.live),
    )
