"""Findings in words: what is wrong, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.rule import Effect, Finding
from wagtail_careers.text import beginning

EFFECTS: Mapping[Effect, Any] = {
    Effect.NONE: "",
    Effect.HIDDEN: _("Readers do not see it."),
    Effect.NO_LINK: _("Readers see it without a link."),
}


def problem(finding: Finding) -> str:
    """Return what is wrong, and what readers see of it, in the active language."""
    effect = str(EFFECTS[finding.effect])
    said = (str(finding.rule.message) % words_of(finding)).strip()
    return " ".join(filter(None, (said, effect)))


def advice(finding: Finding) -> str:
    """Return what the editor can do, in the active language; empty if there is nothing to do."""
    return str(finding.rule.fix) % words_of(finding)


def words_of(finding: Finding) -> dict[str, Any]:
    """Return the values of the placeholders in the message and the fix of a finding."""
    return {
        "text": beginning(finding.text),
        "name": finding.name,
        "other": finding.other,
        "trait": finding.trait,
        "number": finding.number,
        "limit": finding.limit,
    }
