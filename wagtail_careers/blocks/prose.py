"""The rich text of a role page."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import RichTextBlock

from wagtail_careers.rich_text import PROSE_FEATURES
from wagtail_careers.text import has_text


class ProseBlock(RichTextBlock):
    """Rich text with traits and shared links among its features.

    ``missing`` is the error that is shown when the text is required and has no visible
    character; an editor that holds only empty paragraphs counts as empty.
    """

    def __init__(self, *, missing: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(PROSE_FEATURES))
        super().__init__(**kwargs)
        if missing is not None:
            self.field_options["error_messages"] = {"required": missing}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.required and not has_text(value.source):
            raise ValidationError(self.field.error_messages["required"], code="required")
        return value

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, without the features, on which no table depends."""
        required = self.field_options["required"]
        return "wagtail.blocks.RichTextBlock", (), {} if required else {"required": False}
