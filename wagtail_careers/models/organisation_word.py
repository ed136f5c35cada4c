"""The words that an organisation avoids on its role pages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from wagtail_careers.text import has_words, one_line


class OrganisationWord(TranslatableMixin, index.Indexed, models.Model):
    """A word or phrase that pages in one language should avoid, and what to write instead."""

    word = models.CharField(
        _("word or phrase"),
        max_length=100,
        help_text=_("Enter what pages should not say, for example “utilise”. Case is ignored."),
    )
    replacement = models.CharField(
        _("replacement"),
        max_length=100,
        blank=True,
        help_text=_("Optional. Enter what to write instead, for example “use”."),
    )
    reason = models.CharField(
        _("reason"),
        max_length=255,
        blank=True,
        help_text=_(
            "Optional. Say why, for example “The short word is understood by more people.”"
        ),
    )

    panels = [FieldPanel("word"), FieldPanel("replacement"), FieldPanel("reason")]

    search_fields = [
        index.SearchField("word"),
        index.SearchField("replacement"),
        index.AutocompleteField("word"),
        index.AutocompleteField("replacement"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("word to avoid")
        verbose_name_plural = _("words to avoid")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "locale"], name="wagtail_careers_one_word_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        super().clean()
        self.word = one_line(self.word or "")
        self.replacement = one_line(self.replacement or "")
        if not has_words(self.word):
            raise ValidationError({"word": _("Enter at least one letter or number.")})
        if self.word.casefold() == self.replacement.casefold():
            raise ValidationError(
                {"replacement": _("Enter a different word, or leave this empty.")}
            )
        # Forms have no locale field, so Django does not check the constraint.
        locale = self.locale_id or self.get_default_locale().pk
        same = OrganisationWord.objects.filter(word__iexact=self.word, locale=locale)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"word": _("This word is in the list already. Edit that entry.")})
