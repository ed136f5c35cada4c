"""The wording of our entries in the histories of pages and shared links."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from wagtail_careers.links import history
from wagtail_careers.models.import_record import LOG_ACTION as IMPORT
from wagtail_careers.models.waiver import END_WAIVER, WAIVE
from wagtail_careers.text import beginning


class ImportLogFormatter(LogFormatter):
    """The entry in the history of a page for its import, with the author of the post."""

    label = gettext_lazy("Import")

    def format_message(self, log_entry: Any) -> Any:
        author = log_entry.data.get("author")
        if author:
            return _("Imported from WordPress, written by %(author)s") % {"author": author}
        return _("Imported from WordPress")

    def format_comment(self, log_entry: Any) -> Any:
        return log_entry.data.get("address", "")


class ReplacementFormatter(LogFormatter):
    """The entry in the history of a page on which a shared link was replaced."""

    label = gettext_lazy("Replace shared link")

    def format_message(self, log_entry: Any) -> Any:
        names = {key: log_entry.data[key]["name"] for key in ("old", "new")}
        return _("Shared link replaced: %(old)s → %(new)s") % names


class PathChangeFormatter(LogFormatter):
    """The entry in the history of a page on which the path of a shared link was changed."""

    label = gettext_lazy("Change path of shared link")

    def format_message(self, log_entry: Any) -> Any:
        data = log_entry.data
        return _("Path changed: %(link)s: %(old)s → %(new)s") % {
            "link": data["link"]["name"],
            "old": data["old_path"] or _("no path"),
            "new": data["new_path"] or _("no path"),
        }


class SharingFormatter(LogFormatter):
    """The entry in the history of a page on which plain links became shared links."""

    label = gettext_lazy("Change plain links to shared links")

    def format_message(self, log_entry: Any) -> Any:
        return _("Plain links changed to shared links: %(host)s") % {"host": log_entry.data["host"]}


class WaiverFormatter(LogFormatter):
    """The entry in the history of a page on which somebody waived a finding."""

    label = gettext_lazy("Waive a problem")

    def format_message(self, log_entry: Any) -> Any:
        return _("Waived until %(until)s: %(problem)s") % _waived(log_entry.data)

    def format_comment(self, log_entry: Any) -> Any:
        return log_entry.data.get("reason", "")


class WaiverEndFormatter(LogFormatter):
    """The entry in the history of a page on which a waiver was ended before its last day."""

    label = gettext_lazy("End a waiver")

    def format_message(self, log_entry: Any) -> Any:
        return _("Waiver ended: %(problem)s") % _waived(log_entry.data)


def _waived(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the last day of a waiver, and what it is about: a place, or a rule on all the page."""
    place = ": ".join(filter(None, (data["section"], beginning(data["text"]))))
    until = date_format(date.fromisoformat(data["until"]))
    return {"until": until, "problem": f"{data['rule']} ({place})" if place else data["rule"]}


class RetirementFormatter(LogFormatter):
    """The entry in the history of a shared link that was replaced with another."""

    label = gettext_lazy("Retire shared link")

    def format_message(self, log_entry: Any) -> Any:
        return _("Replaced with %(new)s") % {"new": log_entry.data["new"]["name"]}


class RestorationFormatter(LogFormatter):
    """The entry in the history of a shared link that editors can choose again."""

    label = gettext_lazy("Restore shared link")
    message = gettext_lazy("Restored")


FORMATTERS = {
    IMPORT: ImportLogFormatter,
    history.REPLACE_LINK: ReplacementFormatter,
    history.CHANGE_PATH: PathChangeFormatter,
    history.SHARE_LINKS: SharingFormatter,
    WAIVE: WaiverFormatter,
    END_WAIVER: WaiverEndFormatter,
    history.RETIRE_LINK: RetirementFormatter,
    history.RESTORE_LINK: RestorationFormatter,
}


def register(actions: Any) -> None:
    """Register all actions with Wagtail. A ``register_log_actions`` hook."""
    for action, formatter in FORMATTERS.items():
        actions.register_action(action)(formatter)
