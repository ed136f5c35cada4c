"""Records of imported posts: the origin of a role page, and the results of its import."""

from collections.abc import Mapping
from typing import Any

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from wagtail_careers.choices import ImportState
from wagtail_careers.models.import_flags import flag_message, section_label
from wagtail_careers.text import plain_text

#: The action in the log of a page that an import has written.
LOG_ACTION = "wagtail_careers.import"


class ImportRecord(models.Model):
    """An imported post. ``wagtail_careers.importing`` writes it with the page.

    The record makes repeated imports safe: ``written`` is the page as the import last wrote it,
    so that changes of editors can be distinguished from changes of the source.
    """

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=255, unique=True, editable=False)
    source = models.TextField(_("source"))
    source_url = models.TextField(_("old address"), blank=True)
    #: All addresses that the post had on the old site, with the one above; none in records of
    #: earlier releases.
    addresses = models.JSONField(default=list)
    #: The type of the post, empty in records of earlier releases.
    source_type = models.CharField(max_length=255, blank=True)
    source_title = models.CharField(_("title on the old site"), max_length=255)
    source_slug = models.CharField(_("slug on the old site"), max_length=255, blank=True)
    author = models.CharField(_("author"), max_length=255, blank=True)
    source_date = models.DateTimeField(_("published on the old site"), null=True)
    #: The fingerprint of the post and of all options that affect it.
    source_hash = models.CharField(max_length=64)
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("page"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="import_records",
    )
    #: The newest revision from the import. If the page has a newer one, it was edited.
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    written = models.JSONField(default=dict)
    was_published = models.BooleanField(default=False)
    state = models.CharField(
        _("state"), max_length=20, choices=ImportState.choices, default=ImportState.COMPLETE
    )
    needs_review = models.BooleanField(_("needs review"), default=False)
    #: Flags for the report: a list of dictionaries with code, parameters and review.
    flags = models.JSONField(default=list)
    #: The source's version of sections where an editor's was kept: a list of dictionaries.
    notes = models.JSONField(default=list)
    created_at = models.DateTimeField(_("first imported"), auto_now_add=True)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        verbose_name = _("imported role")
        verbose_name_plural = _("imported roles")
        ordering = ["source_title", "pk"]

    def __str__(self) -> str:
        return self.source_title

    @property
    def page_title(self) -> str:
        return str(self.page.title) if self.page else ""

    @property
    def page_path(self) -> str:
        return str(self.page.url_path) if self.page else ""

    @property
    def review_text(self) -> str:
        """Word the flags that somebody has to look at, in the active language."""
        return " ".join(flag_message(flag) for flag in self.flags if flag.get("review"))

    @property
    def noted_text(self) -> str:
        """Word the flags that are only to know, in the active language."""
        return " ".join(flag_message(flag) for flag in self.flags if not flag.get("review"))

    def section_title(self, block: str) -> str:
        """Return the title of a section of the import, or its label, by the ID of its block."""
        sections = (each for each in self.written.get("body", ()) if each.get("id") == block)
        section = next(sections, None)
        if section is None:
            return ""
        return str(section["value"].get("title") or section_label(section["type"]))

    @property
    def source_notes(self) -> list[dict[str, str]]:
        """Return the source's text of each section where an editor's version was kept."""
        return [
            {
                "title": note["title"] or section_label(note["section"]),
                "text": plain_text(_prose(note["source"])) or str(_("The section was removed.")),
            }
            for note in self.notes
        ]


def _prose(raw: Mapping[str, Any] | None) -> str:
    value = raw["value"] if raw else {}
    return str(value.get("prose") or value.get("introduction") or "")
