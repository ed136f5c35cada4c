"""The rich text of a role page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText

from wagtail_careers.blocks.comparison import ProseComparison
from wagtail_careers.rich_text import PROSE_FEATURES
from wagtail_careers.rich_text.cleaning import bare_headings
from wagtail_careers.rich_text.entities import without_broken_entities
from wagtail_careers.text import has_text


class ProseBlock(RichTextBlock):
    """Rich text with traits and shared links among its features.

    ``missing`` is the error for a required text without a visible character. Empty paragraphs
    count as no text. A text with a sub-heading that has nothing below it cannot be published.
    """

    def __init__(self, *, missing: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(PROSE_FEATURES))
        super().__init__(**kwargs)
        if missing is not None:
            self.field_options["error_messages"] = {"required": missing}

    @cached_property
    def field(self) -> Any:
        from wagtail_careers.rich_text.converter import protect

        field = super().field
        protect(field.widget)
        return field

    def to_python(self, value: Any) -> RichText:
        return RichText(without_broken_entities(value or ""))

    def normalize(self, value: Any) -> RichText:
        return self.to_python(super().normalize(value).source)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.required and not has_text(value.source):
            raise ValidationError(self.field.error_messages["required"], code="required")
        if not self.is_deferred_validation:
            _refuse_bare_headings(value.source)
        return value

    def get_comparison_class(self) -> Any:
        return ProseComparison

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, without the features, which do not affect the database."""
        required = self.field_options["required"]
        return "wagtail.blocks.RichTextBlock", (), {} if required else {"required": False}


def _refuse_bare_headings(html: str) -> None:
    message = _(
        "The sub-heading “%(text)s” has no text below it. Add text, or remove the sub-heading."
    )
    bare = bare_headings(html)
    if bare:
        raise ValidationError([ValidationError(message, params={"text": text}) for text in bare])
