"""One step of a progression: a role that another role leads to."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, PageChooserBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError

from wagtail_careers.blocks.chooser import BulkChooserMixin
from wagtail_careers.blocks.comparison import StructComparison
from wagtail_careers.blocks.line import LineBlock, TitleBlock
from wagtail_careers.blocks.wording import WordlessStructBlock
from wagtail_careers.choices import Relation
from wagtail_careers.rich_text.targets import Ids, Targets, targets_of
from wagtail_careers.role_models import role_page_models


class RolePageChooserBlock(BulkChooserMixin, PageChooserBlock):
    """A chooser of a page of any model with ``RolePageMixin``."""

    @cached_property
    def target_models(self) -> list[Any]:
        return role_page_models()

    def find(self, pks: frozenset[int]) -> Mapping[int, Any]:
        return targets_of(Ids(pages=pks)).pages

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, so that migrations do not depend on this module."""
        _path, _args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", (), dict(kwargs)


class StepValue(StructValue):
    """A step of a progression, with the page and the title that readers see."""

    @cached_property
    def live_page(self) -> Any:
        """The page of the role, or None if there is no page that all readers can open."""
        page = self._targets.live_page(self["page"].pk) if self["page"] else None
        return page if page and page.pk not in self._targets.private_pages else None

    @property
    def _targets(self) -> Targets:
        return targets_of(Ids(pages=frozenset({self["page"].pk})))

    @property
    def relation_label(self) -> str:
        relation = self["relation"]
        return str(Relation(relation).label) if relation in Relation.values else ""

    @property
    def role_title(self) -> str:
        """The editor's title, or else the title of the chosen page in the reader's language.

        Empty if that page was never live, because its title may not be final, or if some readers
        cannot open it.
        """
        if self["title"]:
            return str(self["title"])
        page = self.live_page or self["page"]
        if page is None or page.pk in self._targets.private_pages:
            return ""
        return str(page.title) if page.live or page.first_published_at else ""

    @property
    def is_visible(self) -> bool:
        """Return whether readers see the step."""
        return bool(self.role_title)


class StepBlock(WordlessStructBlock):
    """One step of a progression: a role's title, its page or both, and the way to it."""

    page = RolePageChooserBlock(
        required=False,
        label=_("Role page"),
        help_text=_("Optional. Choose the page of this role, if the site has one."),
    )
    title = TitleBlock(
        required=False,
        max_length=255,
        label=_("Role title"),
        help_text=_(
            "Enter a title, for example “Ward manager”. Leave empty to use the title of the "
            "chosen page."
        ),
    )
    relation = ChoiceBlock(
        choices=Relation.choices,
        default=Relation.NEXT.value,
        label=_("How to get there"),
    )
    note = LineBlock(
        required=False,
        max_length=255,
        label=_("Note"),
        help_text=_(
            "Optional. Enter what this step requires, for example “a degree” or “two years of "
            "experience”."
        ),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and not (value["title"] or value["page"]):
            raise StructBlockValidationError(
                {"title": ValidationError(_("Enter a role title or choose a role page."))}
            )
        return value

    def get_comparison_class(self) -> Any:
        return StructComparison

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        value_class = StepValue
