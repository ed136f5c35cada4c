"""What the package's choosers have in common: they look their objects up in bulk."""

from typing import Any

from wagtail_careers.rich_text.targets import parse_id


class BulkChooserMixin:
    """A chooser whose objects are looked up together with all others of the body.

    Put it before the chooser block. A class with it defines ``bulk_to_python``.
    """

    model_class: Any
    field: Any

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        raise NotImplementedError

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
