"""The form in which editors change a role page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from wagtail_careers.models.link_claim import claim
from wagtail_careers.models.names import refuse_wordless
from wagtail_careers.models.page_rules import refuse_steps_to_itself, refuse_unseen_sections
from wagtail_careers.rich_text.targets import Ids, collect_ids

_SCHEDULE = ("go_live_at", "expire_at")


class TitledPageForm(WagtailAdminPageForm):
    """A form of a page that cannot be published without a title that can be read out."""

    is_deferred_validation: bool

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            try:
                refuse_wordless("title", cleaned.get("title") or "")
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class RolePageForm(TitledPageForm):
    """A form that saves a draft whatever is in it.

    It still refuses what the tables of pages cannot hold, such as a title that is too long or a
    slug that another page has. Then nothing is saved, and the form keeps what was entered.
    """

    class Media:
        js = ["wagtail_careers/js/unsaved.js"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and "body" in cleaned:
            try:
                refuse_steps_to_itself(self.instance, cleaned["body"])
                refuse_unseen_sections(cleaned["body"])
            except StreamBlockValidationError as error:
                self.add_error("body", error)
        if "body" in cleaned and not self.errors:
            self._claim_links(cleaned["body"])
        return cleaned

    def _claim_links(self, body: Any) -> None:
        """Keep the links that the editor has added from being deleted before the page is saved.

        A link that was missing before can stay: it may come back, for example from a backup.
        """
        before = self.initial.get("body")
        known = collect_ids(before.get_prep_value()) if before else Ids()
        added = collect_ids(body.get_prep_value()).shared_links - known.shared_links
        if added and claim(added):
            message = _(
                "A shared link that you added has been deleted. Remove it, or choose another link."
            )
            self.add_error("body", StreamBlockValidationError(non_block_errors=[message]))

    def add_error(self, field: str | None, error: Any) -> None:
        if not (self.is_deferred_validation and self._can_wait(field)):
            super().add_error(field, error)

    def _can_wait(self, field: str | None) -> bool:
        """Return whether the value of ``field`` can be stored although it cannot be published."""
        if field == "category":
            # The category was deleted after the form was opened.
            self.cleaned_data["category"] = None
        return field == "category" or (field in _SCHEDULE and field in self.cleaned_data)
