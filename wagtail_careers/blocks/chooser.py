"""What the package's choosers have in common: they look their objects up in bulk."""

from collections.abc import Mapping
from typing import Any

from wagtail_careers.rich_text.targets import parse_id


class BulkChooserMixin:
    """A chooser whose objects are looked up together with all others of the body.

    Put it before the chooser block. A class with it defines ``find``.
    """

    model_class: Any
    field: Any

    def find(self, pks: frozenset[int]) -> Mapping[int, Any]:
        """Return the objects with these primary keys, as far as they exist."""
        raise NotImplementedError

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        pks = [parse_id(value) for value in values]
        found = self.find(frozenset(pk for pk in pks if pk is not None))
        return [found.get(pk) if pk is not None else None for pk in pks]

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Return nothing for translators: readers get the object's translation by itself.

        A hook of wagtail-localize.
        """
        return []

    def to_python(self, value: Any) -> Any:
        return self.bulk_to_python([value])[0]

    def value_from_form(self, value: Any) -> Any:
        if isinstance(value, str):
            value = self.to_python(value) if parse_id(value) is not None else None
            return value if isinstance(value, self.model_class) else None
        return super().value_from_form(value)  # type: ignore[misc]

    def clean(self, value: Any) -> Any:
        """Return the chosen object. Wagtail would fetch it from the database once more."""
        if isinstance(value, self.model_class):
            self.field.run_validators(value)
            return value
        return super().clean(value)  # type: ignore[misc]
