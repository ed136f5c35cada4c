"""The form in which editors change a role page."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from wagtail_careers.models.own_steps import refuse_steps_to_itself

_SCHEDULE = ("go_live_at", "expire_at")


class RolePageForm(WagtailAdminPageForm):
    """A form that saves a draft whatever is in it.

    It still refuses what the tables of pages cannot hold, such as a title that is too long or a
    slug that another page has. Then nothing is saved, and the form keeps what was entered.
    """

    is_deferred_validation: bool

    class Media:
        js = ["wagtail_careers/js/unsaved.js"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and "body" in cleaned:
            try:
                refuse_steps_to_itself(self.instance, cleaned["body"])
            except StreamBlockValidationError as error:
                self.add_error("body", error)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        if not (self.is_deferred_validation and self._can_wait(field)):
            super().add_error(field, error)

    def _can_wait(self, field: str | None) -> bool:
        """Return whether the value of ``field`` can be stored although it cannot be published."""
        if field == "category":
            # The category was deleted after the form was opened.
            self.cleaned_data["category"] = None
        return field == "category" or (field in _SCHEDULE and field in self.cleaned_data)
