"""The panels of a role page's form that know more than a field."""

from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel

from wagtail_careers.blocks.body_widget import BodyWidget
from wagtail_careers.blocks.comparison import BodyComparison
from wagtail_careers.conf import has_languages
from wagtail_careers.models.category import RoleCategory
from wagtail_careers.rich_text.targets import parse_id


class CategoryPanel(FieldPanel):
    """The drop-down list of categories, each once, in the language of the page."""

    class BoundPanel(FieldPanel.BoundPanel):
        instance: Any
        bound_field: Any

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is not None and has_languages():
                offered = RoleCategory.objects.for_language(self.instance.locale_id)
                # The page may have a category of another language, and keeps it.
                current = Q(pk=parse_id(self.bound_field.value()))
                categories = RoleCategory.objects.filter(Q(pk__in=offered) | current)
                self.bound_field.field.queryset = categories


class BodyPanel(FieldPanel):
    """The sections of a role, read once a form, and compared with all their links at once."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        return {"widgets": {self.field_name: self._widget}, **options}

    @cached_property
    def _widget(self) -> BodyWidget:
        """The widget of all forms, because Wagtail makes a form class for each request."""
        field: Any = self.db_field
        return BodyWidget(field.stream_block)

    def get_comparison_class(self) -> Any:
        return BodyComparison
