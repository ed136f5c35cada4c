"""One step of a progression: a role that another one leads to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, PageChooserBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError

from wagtail_careers.choices import Relation
from wagtail_careers.rich_text.targets import Ids, targets_of
from wagtail_careers.role_models import role_page_models


class RolePageChooserBlock(PageChooserBlock):
    """Chooses a role page of any model that has ``RolePageMixin``."""

    @cached_property
    def target_models(self) -> list[Any]:
        return role_page_models()

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        pks = frozenset(pk for pk in values if pk is not None)
        found = targets_of(Ids(pages=pks)).pages
        return [found.get(pk) if pk is not None else None for pk in values]

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, so that migrations do not depend on this module."""
        _path, _args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", (), dict(kwargs)


class StepValue(StructValue):
    """A role that this one leads to."""

    @cached_property
    def live_page(self) -> Any:
        """The page of that role, or None when there is none that readers can open."""
        page = self["page"]
        if page is None:
            return None
        return targets_of(Ids(pages=frozenset({page.pk}))).live_page(page.pk)

    @property
    def relation_label(self) -> str:
        return str(Relation(self["relation"]).label) if self["relation"] else ""

    @property
    def role_title(self) -> str:
        """The editor's own title, else that of the chosen page, in the reader's language.

        Empty where that page is a draft that was never live: its title is a working title.
        """
        if self["title"]:
            return str(self["title"])
        page = self.live_page or self["page"]
        return str(page.title) if page and (page.live or page.first_published_at) else ""


class StepBlock(StructBlock):
    """One step of a progression: a role by title, by page or by both, and how it is reached."""

    page = RolePageChooserBlock(
        required=False,
        label=_("Role page"),
        help_text=_("Choose the page of this role if the site has one."),
    )
    title = CharBlock(
        required=False,
        max_length=255,
        label=_("Role title"),
        help_text=_("Leave empty to use the title of the chosen page."),
    )
    relation = ChoiceBlock(
        choices=Relation.choices,
        default=Relation.NEXT.value,
        label=_("How to get there"),
    )
    note = CharBlock(
        required=False,
        max_length=255,
        label=_("Note"),
        help_text=_("Optional: what it takes, such as “after two years” or “with a degree”."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and not (value["title"] or value["page"]):
            raise StructBlockValidationError(
                {"title": ValidationError(_("Write a role title or choose a role page."))}
            )
        return value

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        label_format = "{title} {page}"
        value_class = StepValue
