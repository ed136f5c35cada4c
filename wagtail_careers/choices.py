"""The fixed choices of the package: purposes, relations, verdicts, outcomes and states."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """The reason why readers follow a shared link."""

    VACANCIES = "vacancies", _("Vacancies")
    HOW_TO_APPLY = "how_to_apply", _("How to apply")
    INFORMATION = "information", _("Information")
    TRAINING = "training", _("Training")
    WORK_EXPERIENCE = "work_experience", _("Work experience")
    VOLUNTEERING = "volunteering", _("Volunteering")
    PROFESSIONAL_BODY = "professional_body", _("Professional body")
    OTHER = "other", _("Other")


class Relation(TextChoices):
    """The way from a role to a step of its progression."""

    NEXT = "next", _("Next step")
    WITH_TRAINING = "with_training", _("With further training")
    SPECIALISE = "specialise", _("Specialise")
    SIDEWAYS = "sideways", _("Move sideways")


class Verdict(TextChoices):
    """The result of the check of an address."""

    OK = "ok", _("Works")
    MOVED = "moved", _("Moved permanently")
    SOFT_DEAD = "soft_dead", _("Redirects to a home page")
    HTTP_ONLY = "http_only", _("Uses http, but https works")
    GONE = "gone", _("Gone")
    NOT_FOUND = "not_found", _("Not found")
    SERVER_ERROR = "server_error", _("Server error")
    TIMED_OUT = "timed_out", _("Timed out")
    NO_SUCH_HOST = "no_such_host", _("The host name does not exist")
    UNREACHABLE = "unreachable", _("Cannot be reached")
    TLS = "tls", _("Certificate problem")
    REFUSED_ROBOTS = "refused_robots", _("Blocks automatic checks: check manually")
    CHECK_MANUALLY = "check_manually", _("Check manually")
    UNSAFE = "unsafe", _("Not checked: the address is not public")
    NOT_CHECKED = "not_checked", _("Not checked yet")


#: Verdicts that make a link dead when they recur on different days: the site says that there is no
#: such page, or there is no such site.
DEATHS = frozenset({Verdict.GONE, Verdict.NOT_FOUND, Verdict.NO_SUCH_HOST})

#: Verdicts that call for an editor's attention when they last for days. Most of them pass, or a
#: browser gets further than a program, so a link is not dead because of them.
FAULTS = DEATHS | {
    Verdict.SOFT_DEAD,
    Verdict.SERVER_ERROR,
    Verdict.TIMED_OUT,
    Verdict.UNREACHABLE,
    Verdict.TLS,
}

#: Verdicts that do not tell whether the link works.
UNKNOWN = frozenset({Verdict.REFUSED_ROBOTS, Verdict.CHECK_MANUALLY, Verdict.UNSAFE})

#: Verdicts that come with a better address.
MOVES = frozenset({Verdict.MOVED, Verdict.HTTP_ONLY})

#: Verdicts that ask something of an editor at once, however often they occur.
ACTIONABLE = MOVES | {Verdict.CHECK_MANUALLY, Verdict.UNSAFE}


class PageOutcome(TextChoices):
    """The outcome for one page when links are replaced."""

    WAITING = "waiting", _("Waiting")
    PUBLISHED = "published", _("Published")
    DRAFTED = "drafted", _("Changed in the draft")
    UNCHANGED = "unchanged", _("Nothing to change")
    NOT_ALLOWED = "not_allowed", _("Not changed: no permission to edit the page")
    LOCKED = "locked", _("Not changed: the page is locked")
    BY_HAND = "by_hand", _("Not changed: update the field manually")
    IN_MODERATION = "in_moderation", _("Not changed in the version that is in moderation")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Not changed: the replacement was cancelled")


#: Outcomes that leave a page with the old link, so that somebody has to change it.
UNRESOLVED = frozenset(
    {
        PageOutcome.NOT_ALLOWED,
        PageOutcome.LOCKED,
        PageOutcome.BY_HAND,
        PageOutcome.IN_MODERATION,
        PageOutcome.FAILED,
        PageOutcome.CANCELLED,
    }
)

#: Outcomes that can be better when somebody tries again, with permissions of their own.
RETRYABLE = frozenset(
    {
        PageOutcome.NOT_ALLOWED,
        PageOutcome.LOCKED,
        PageOutcome.IN_MODERATION,
        PageOutcome.FAILED,
    }
)


class ImportState(TextChoices):
    """The state of a post after its last import."""

    COMPLETE = "complete", _("Imported")
    WAITING = "waiting", _("Waiting for a role that it links to")
    CONFLICT = "conflict", _("Conflict: an editor’s version was kept")


class LinkState(TextChoices):
    """The state of a link to a shared link, with its deep path, that editors should know."""

    LIVE = "live", _("Live")
    DRAFT = "draft", _("Not published yet")
    RETIRED = "retired", _("Replaced")
    DEAD = "dead", _("Does not work")
    MISSING = "missing", _("Deleted")
