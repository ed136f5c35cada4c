"""Findings in words: what is wrong, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.findings import Effect, Finding, Rule

PROBLEMS: Mapping[Rule, Any] = {
    Rule.LINK_NEVER_PUBLISHED: _("The shared link “%(name)s” is not published yet."),
    Rule.LINK_UNPUBLISHED: _("The shared link “%(name)s” was unpublished."),
    Rule.LINK_REPLACED: _("The shared link “%(name)s” was replaced by “%(other)s”."),
    Rule.LINK_DEAD: _("The shared link “%(name)s” does not work: %(other)s"),
    Rule.LINK_DELETED: _("The shared link was deleted."),
    Rule.LINK_PATH_UNSAFE: _(
        "The path “%(other)s” leads out of the site of “%(name)s”. Readers get the link without it."
    ),
    Rule.PAGE_NEVER_PUBLISHED: _("The page “%(name)s” is not published yet."),
    Rule.PAGE_UNPUBLISHED: _("The page “%(name)s” was unpublished."),
    Rule.PAGE_DELETED: _("The page was deleted."),
    Rule.PAGE_PRIVATE: _("The page “%(name)s” is private. Not all readers can open it."),
    Rule.PLAIN_LINK: _("This address belongs to the shared link “%(name)s”: %(other)s"),
    Rule.PLAIN_LINK_DEAD: _("This address does not work: %(other)s"),
    Rule.PLAIN_LINK_UNSAFE: _("This link has no web address that browsers should open."),
    Rule.TRAIT_KNOWN: _("Known trait."),
    Rule.TRAIT_NEW: _("New trait. Publication adds it to the list of traits."),
    Rule.TRAIT_SIMILAR: _("New trait, nearly the same as “%(trait)s”."),
    Rule.TRAIT_TOO_LONG: _("Too long to be recorded as a trait."),
    Rule.TRAIT_TOO_SHORT: _("Too short to be recorded as a trait."),
}
ADVICE: Mapping[Rule, Any] = {
    Rule.LINK_NEVER_PUBLISHED: _("Publish the shared link, or choose another one."),
    Rule.LINK_UNPUBLISHED: _("Publish the shared link again, or choose another one."),
    Rule.LINK_REPLACED: _("Choose the new link."),
    Rule.LINK_DEAD: _("Correct its address or the path, or choose another link."),
    Rule.LINK_DELETED: _("Choose another shared link, or remove the link."),
    Rule.LINK_PATH_UNSAFE: _("Enter the path again, or remove it."),
    Rule.PAGE_NEVER_PUBLISHED: _("Publish that page first, or choose another one."),
    Rule.PAGE_UNPUBLISHED: _("Publish that page again, or choose another one."),
    Rule.PAGE_DELETED: _("Choose another page, or remove the link or step."),
    Rule.PAGE_PRIVATE: _(
        "Make that page public, or choose another one. A step can have a title of its own."
    ),
    Rule.PLAIN_LINK: _("Select the link and press Shared link."),
    Rule.PLAIN_LINK_DEAD: _("Correct the address, or remove the link."),
    Rule.PLAIN_LINK_UNSAFE: _(
        "Enter an address that starts with “https://”, without a user name or password."
    ),
    Rule.TRAIT_KNOWN: "",
    Rule.TRAIT_NEW: _("Check the spelling."),
    Rule.TRAIT_SIMILAR: _("Use the known trait, or make this phrase one of its aliases."),
    Rule.TRAIT_TOO_LONG: _("Highlight only the quality, in a few words."),
    Rule.TRAIT_TOO_SHORT: _("Highlight the whole word."),
}
EFFECTS: Mapping[Effect, Any] = {
    Effect.NONE: "",
    Effect.HIDDEN: _("Readers do not see it."),
    Effect.NO_LINK: _("Readers see it without a link."),
}


def problem(finding: Finding) -> str:
    """Return what is wrong, and what readers see of it, in the active language."""
    words = {"name": finding.name, "other": finding.other, "trait": finding.trait}
    effect = str(EFFECTS[finding.effect])
    return " ".join(filter(None, (str(PROBLEMS[finding.rule]) % words, effect)))


def advice(finding: Finding) -> str:
    """Return what the editor can do, in the active language; empty if there is nothing to do."""
    return str(ADVICE[finding.rule])
