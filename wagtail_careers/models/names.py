"""The rule about titles and names, which screen readers have to be able to read out."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wagtail_careers.text import has_words


def refuse_wordless(field: str, text: str) -> None:
    """Raise ``ValidationError`` for ``field`` if ``text`` has no letter and no number.

    Screen readers skip punctuation (WCAG 2.4.2, 2.4.4). Whether the field can be empty is not
    decided here.
    """
    if text and not has_words(text):
        raise ValidationError({field: _("Enter at least one letter or number.")})
