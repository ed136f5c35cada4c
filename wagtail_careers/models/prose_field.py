"""Rich text in a field of a model, as safe as in a block."""

from collections.abc import Generator
from typing import Any

from wagtail.admin.compare import register_comparison_class
from wagtail.fields import RichTextField

from wagtail_careers.blocks.comparison import ProseFieldComparison
from wagtail_careers.models.wordless_fields import Deconstructed, without_wording
from wagtail_careers.rich_text.entities import without_broken_entities


class ProseField(RichTextField):
    """A rich-text field that ``blocks.ProseBlock`` is the block for."""

    def formfield(self, **kwargs: Any) -> Any:
        from wagtail_careers.rich_text.converter import protect

        field = super().formfield(**kwargs)
        protect(field.widget)
        return field

    def extract_references(self, value: str) -> Generator[tuple[str, str, str, str]]:
        yield from super().extract_references(without_broken_entities(str(value)))

    def deconstruct(self) -> Deconstructed:
        return without_wording(super().deconstruct(), "wagtail.fields.RichTextField")


register_comparison_class(ProseField, comparison_class=ProseFieldComparison)
