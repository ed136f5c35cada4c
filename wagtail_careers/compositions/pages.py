"""Pages as editors compose them: the values of all fields of a page's form in Wagtail's admin."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hypothesis import strategies as st
from wagtail.models import Comment
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from wagtail_careers.compositions.prose import Entities
from wagtail_careers.compositions.values import field_values

#: Fields that decide when or where a page is published, and not what is on it.
_LEFT_ALONE = {"slug": "composition", "go_live_at": "", "expire_at": ""}
#: The fields that Wagtail adds to each form of a formset.
_OF_FORMSETS = ("id", "ORDER", "DELETE")
_ROWS = 3
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Composition:
    """What an editor has entered in the form of a page of ``model``.

    ``fields`` and ``formsets`` have the values of the form's fields and of the rows of its
    formsets by name, nested as ``values`` describes.
    """

    model: Any
    fields: Mapping[str, Any]
    formsets: Mapping[str, list[Any]]

    def form_data(self) -> dict[str, Any]:
        """Return the form as a browser posts it."""
        return posted(
            {**self.fields, **{name: _Rows(rows) for name, rows in self.formsets.items()}}
        )

    def with_field(self, name: str, value: Any) -> "Composition":
        """Return a copy in which one field has another value."""
        return replace(self, fields={**self.fields, name: value})

    def with_rows(self, name: str, rows: list[Any]) -> "Composition":
        """Return a copy in which one formset has other rows."""
        return replace(self, formsets={**self.formsets, name: rows})

    def __repr__(self) -> str:
        entered = {**self.fields, **self.formsets}
        return f"{self.model.__name__} {json.dumps(entered, indent=1)}"


def compositions(model: Any, entities: Entities | None = None) -> st.SearchStrategy[Composition]:
    """Return the pages of ``model`` that an editor can compose, as far as its form allows.

    They follow from the form: its fields, blocks and rich-text features. ``entities`` has the
    data of a site's own rich-text entities, by their type. Objects to choose are those in the
    database when an example is made, so the strategy needs the database.
    """
    given = entities or {}
    form_class = form_class_of(model)
    fields = {
        name: st.just(_LEFT_ALONE[name]) if name in _LEFT_ALONE else field_values(field, given)
        for name, field in form_class.base_fields.items()
    }
    formsets = {
        name: st.just([]) if formset.model is Comment else _rows(formset, given)
        for name, formset in form_class.formsets.items()
    }

    # A strategy with a short name: Hypothesis would put all of these into its messages.
    @st.composite
    def composition(draw: st.DrawFn) -> Composition:
        entered = draw(st.fixed_dictionaries(fields)), draw(st.fixed_dictionaries(formsets))
        return Composition(model, *entered)

    return composition()


@cache
def form_class_of(model: Any) -> Any:
    """Return the form in which editors change pages of ``model``."""
    return model.get_edit_handler().get_form_class()


def _rows(formset: Any, entities: Entities) -> st.SearchStrategy[list[Any]]:
    fields = formset.form.base_fields
    row = st.fixed_dictionaries(
        {
            name: field_values(field, entities)
            for name, field in fields.items()
            if name not in _OF_FORMSETS
        }
    )
    return st.lists(row, max_size=_ROWS)


def posted(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return nested values, by the names of their fields, as a browser posts them."""
    flat: dict[str, Any] = nested_form_data({name: _nested(each) for name, each in values.items()})
    return {name: value for name, value in flat.items() if value is not None}


class _Rows(list[Any]):
    """The rows of a formset, which are not posted as a list's entries are."""


def _nested(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _nested(each) for name, each in value.items()}
    if isinstance(value, _Rows):
        return inline_formset([_nested(row) for row in value])
    if isinstance(value, list):
        # A list is posted as a stream is, and Wagtail does not read the type of its entries.
        pairs = [each if isinstance(each, tuple) else ("item", each) for each in value]
        return streamfield([(name, _nested(each)) for name, each in pairs])
    # Browsers replace half of a surrogate pair.
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
