"""The roles that a role leads to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.sections.base import SectionBlock, SectionValue
from wagtail_careers.blocks.step import StepBlock
from wagtail_careers.choices import Relation
from wagtail_careers.text import has_text


class ProgressionValue(SectionValue):
    """A progression, with the steps that readers see."""

    @property
    def shown_steps(self) -> list[Any]:
        """The steps that have a title to show, in order."""
        return [step for step in self["steps"] if step.is_visible]


class ProgressionBlock(SectionBlock):
    """A section about progression: prose, and an ordered list of steps."""

    prose = ProseBlock(
        required=False,
        label=_("Text"),
        help_text=_("Explain how people progress from this role."),
    )
    steps = ListBlock(
        StepBlock(),
        default=[],
        label=_("Steps"),
        help_text=_("Add the roles that this role leads to, the nearest first."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation or has_text(value["prose"].source) or value["steps"]:
            return value
        raise StructBlockValidationError(
            {
                "prose": ValidationError(
                    _("Progression: enter text, add a step, or remove this section.")
                )
            }
        )

    class Meta:
        icon = "careers-progression"
        label = _("Progression")
        description = _("The roles that this role leads to, step by step.")
        template = "wagtail_careers/blocks/progression.html"
        value_class = ProgressionValue
        default_title = _("Where could this role lead?")
        import_phrases = (
            "what next where will this role lead to",
            "what next",
            "what is next",
            "where will this role lead",
            "where could this role lead",
            "where can it lead",
            "what could it lead to",
            "next steps",
            "career progression",
            "progression",
            "progression opportunities",
            "opportunities for progression",
            "career path",
            "career development",
            "career prospects",
            "prospects",
            "promotion",
            "career opportunities",
            "where could it take me",
            "moving on",
            "how can I progress",
            "where do I go from here",
            "évolution",
            "perspectives d'évolution",
            "Karriere",
            "Entwicklungsmöglichkeiten",
            "Aufstiegsmöglichkeiten",
            "desarrollo profesional",
            "perspectivas",
        )
        preview_value = {
            "title": _("Where could this role lead?"),
            "prose": _("<p>Many people move on after a year.</p>"),
            "steps": [
                {
                    "page": None,
                    "title": _("Senior porter"),
                    "relation": Relation.NEXT.value,
                    "note": "",
                }
            ],
        }
