"""The fixed choices of the package: what a link is for, how it fares, where a role leads."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What readers go to a shared link for."""

    VACANCIES = "vacancies", _("Vacancies")
    HOW_TO_APPLY = "how_to_apply", _("How to apply")
    INFORMATION = "information", _("Information")
    TRAINING = "training", _("Training")
    WORK_EXPERIENCE = "work_experience", _("Work experience")
    VOLUNTEERING = "volunteering", _("Volunteering")
    PROFESSIONAL_BODY = "professional_body", _("Professional body")
    OTHER = "other", _("Other")


class Relation(TextChoices):
    """How a step of a progression is reached."""

    NEXT = "next", _("Next step")
    WITH_TRAINING = "with_training", _("With further training")
    SPECIALISE = "specialise", _("Specialise")
    SIDEWAYS = "sideways", _("Move sideways")


class Verdict(TextChoices):
    """What a check of an address found."""

    OK = "ok", _("Works")
    MOVED = "moved", _("Moved permanently")
    SOFT_DEAD = "soft_dead", _("Redirects to a home page")
    HTTP_ONLY = "http_only", _("Not encrypted, though https works")
    GONE = "gone", _("Gone")
    NOT_FOUND = "not_found", _("Not found")
    SERVER_ERROR = "server_error", _("Server error")
    TIMED_OUT = "timed_out", _("Timed out")
    UNREACHABLE = "unreachable", _("Cannot be reached")
    TLS = "tls", _("Certificate problem")
    REFUSED_ROBOTS = "refused_robots", _("Refuses automatic checks: cannot tell")
    UNSAFE = "unsafe", _("Not checked: the address is not public")
    NOT_CHECKED = "not_checked", _("Not checked yet")


#: Verdicts that make a link dead if they come back on different days. A site that refuses
#: automatic checks is not among them, nor is an address that is not asked: nobody can tell
#: whether it works.
FAULTS = frozenset(
    {
        Verdict.SOFT_DEAD,
        Verdict.GONE,
        Verdict.NOT_FOUND,
        Verdict.SERVER_ERROR,
        Verdict.TIMED_OUT,
        Verdict.UNREACHABLE,
        Verdict.TLS,
    }
)

#: Verdicts that come with a better address.
MOVES = frozenset({Verdict.MOVED, Verdict.HTTP_ONLY})

#: Verdicts that ask for another address at once, however often they come.
CHANGEABLE = MOVES | {Verdict.UNSAFE}


class PageOutcome(TextChoices):
    """What became of one page when a shared link was replaced."""

    WAITING = "waiting", _("Waiting")
    PUBLISHED = "published", _("Published")
    DRAFTED = "drafted", _("Changed in the draft")
    UNCHANGED = "unchanged", _("No longer uses the link")
    NOT_ALLOWED = "not_allowed", _("Not changed: you may not edit it")
    LOCKED = "locked", _("Not changed: it is locked")
    BY_HAND = "by_hand", _("Not changed: change the field by hand")
    FAILED = "failed", _("Failed")


class ImportState(TextChoices):
    """How the last import of a post ended."""

    COMPLETE = "complete", _("Complete")
    WAITING = "waiting", _("Waits for a role that it links to")
    CONFLICT = "conflict", _("Conflict: an editor’s version was kept")
