"""Searches of the admin in which a quotation mark is no mark of the search engine.

Wagtail's search puts the text between quotation marks for SQLite. Another one would end it, and the
query would fail.
"""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail.snippets.views.chooser import ChooseResultsView as SnippetChooseResultsView
from wagtail.snippets.views.chooser import ChooseView as SnippetChooseView
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView


def words_of(text: str) -> str:
    """Return the words to search for in what was entered."""
    return text.replace('"', " ").strip()


class SearchMixin:
    """A list whose search takes any text."""

    @cached_property
    def search_query(self) -> str:
        return words_of(super().search_query)  # type: ignore[misc]


class IndexView(SearchMixin, SnippetIndexView):
    """The list of snippets."""


class WordsMixin(forms.Form):
    """A form whose field for a search takes any text."""

    def clean_q(self) -> str:
        return words_of(self.cleaned_data["q"])


class ChooseMixin:
    """A chooser whose search takes any text."""

    def get_filter_form_class(self) -> Any:
        form: Any = super().get_filter_form_class()  # type: ignore[misc]
        return type(form.__name__, (WordsMixin, form), {})


class ChooseView(ChooseMixin, SnippetChooseView):
    """The dialog to choose a snippet."""


class ChooseResultsView(ChooseMixin, SnippetChooseResultsView):
    """The list in the dialog to choose a snippet."""
