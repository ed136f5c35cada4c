"""Lines of text that readers see: titles, names and notes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from wagtail_careers.text import has_words, is_seen


class LineBlock(CharBlock):
    """A line of text. What nobody would see of it, such as spaces alone, is no text."""

    def to_python(self, value: Any) -> Any:
        return _if_seen(super().to_python(value))

    def clean(self, value: Any) -> Any:
        return super().clean(_if_seen(value))

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, so that migrations do not depend on this module."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs


class TitleBlock(LineBlock):
    """A line that names something, so it needs a letter or a number (WCAG 2.4.4, 2.4.6).

    Screen readers skip punctuation.
    """

    def clean(self, value: Any) -> Any:
        title = super().clean(value)
        if title and not has_words(title) and not self.is_deferred_validation:
            raise ValidationError(_("Enter at least one letter or number."))
        return title


def _if_seen(value: Any) -> Any:
    return value if not isinstance(value, str) or is_seen(value) else ""
