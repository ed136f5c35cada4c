"""The making and the ending of waivers, with their entries in the history of the page."""

from datetime import date
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from wagtail_careers.lint.recording import record_waivers
from wagtail_careers.lint.rule import Finding
from wagtail_careers.lint.waivers import place_of
from wagtail_careers.models import FindingWaiver
from wagtail_careers.models.waiver import END_WAIVER, WAIVE


def waive(
    page: Any, finding: Finding, *, reason: str, until: date, user: Any, whole_page: bool = False
) -> FindingWaiver:
    """Accept a finding on ``page`` until a day, or all findings of its rule.

    Raises ``ValidationError`` without a reason, or for a day that is over or too far away.
    """
    waiver = FindingWaiver(
        page_id=page.pk,
        rule=finding.rule.id,
        place="" if whole_page else place_of(finding),
        section="" if whole_page else finding.section.label[:255],
        text="" if whole_page else finding.text,
        reason=reason.strip(),
        until=until,
        made_by=user,
    )
    waiver.full_clean()
    with transaction.atomic():
        waiver.save()
        _log(page, WAIVE, waiver, user)
        record_waivers(page.pk)
    return waiver


def end(waiver: FindingWaiver, *, user: Any) -> None:
    """End a waiver now."""
    with transaction.atomic():
        _log(waiver.page.specific, END_WAIVER, waiver, user)
        waiver.delete()
        record_waivers(waiver.page_id)


def _log(page: Any, action: str, waiver: FindingWaiver, user: Any) -> None:
    data = {
        "rule": waiver.rule,
        "section": waiver.section,
        "text": waiver.text,
        "reason": waiver.reason,
        "until": waiver.until.isoformat(),
    }
    log(instance=page, action=action, user=user, data=data)
