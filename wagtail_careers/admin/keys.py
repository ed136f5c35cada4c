"""Views of Wagtail that take any text for a primary key: nothing has that key.

Wagtail's own fail for a word, and for a number that databases cannot hold.
"""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, QueryDict
from wagtail.admin.views.pages.choose_parent import ChooseParentView as PageChooseParentView
from wagtail.snippets.views.chooser import (
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from wagtail_careers.admin.searching import ChooseResultsView, ChooseView
from wagtail_careers.rich_text.targets import parse_id


class ChosenView(SnippetChosenView):
    def get_object(self, pk: Any) -> Any:
        if parse_id(pk) is None:
            raise Http404
        return super().get_object(pk)


class ChosenMultipleView(SnippetChosenMultipleView):
    def get_objects(self, pks: Iterable[Any]) -> Any:
        possible = [pk for pk in map(parse_id, pks) if pk is not None]
        return super().get_objects(possible)  # type: ignore[arg-type]


class ChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


class ChooseParentView(PageChooseParentView):
    def get_form(self) -> Any:  # type: ignore[override]
        form: Any = super().get_form()  # type: ignore[no-untyped-call]
        if form.is_bound and parse_id(form.data.get("parent_page")) is None:
            # The form would look it up to show it beside its error.
            form.data = {}
        return form


def without_huge_numbers(data: QueryDict | None) -> QueryDict | None:
    """Return ``data`` without numbers that no key can be. Keys of a site's users can be words."""
    if data is None:
        return None
    possible = data.copy()
    for name, values in data.lists():
        kept = [text for text in values if not (text.isdecimal() and parse_id(text) is None)]
        possible.setlist(name, kept)
    return possible
