"""The sections of a role page: one class each."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError

from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.shared_link import LinkBlock
from wagtail_careers.blocks.step import StepBlock
from wagtail_careers.choices import Purpose, Relation
from wagtail_careers.conf import get_settings
from wagtail_careers.prose import INLINE_FEATURES, has_text, trait_phrases

PREVIEW_TEMPLATE = "wagtail_careers/block_preview.html"


class SectionValue(StructValue):
    """A section with a title."""

    @property
    def heading(self) -> str:
        """The editor's title, or the default one of this kind of section; never empty."""
        default = get_settings().default_titles.get(self.block.name, self.block.label)
        return str(self["title"] or default)


class SectionBlock(StructBlock):
    """A section: a title, which is an ``<h2>``, and prose."""

    title = CharBlock(
        required=False,
        max_length=100,
        label=_("Title"),
        help_text=_("The heading of this section. Leave empty to use the default title."),
    )

    def get_default(self) -> Any:
        value = super().get_default()
        value["title"] = str(get_settings().default_titles.get(self.name, ""))
        return value

    class Meta:
        value_class = SectionValue
        preview_template = PREVIEW_TEMPLATE
        label_format = "{title}"


class HeadingBlock(StructBlock):
    """The introduction. It stands under the page's title and has no heading of its own."""

    introduction = ProseBlock(
        features=list(INLINE_FEATURES),
        label=_("Introduction"),
        help_text=_(
            "Two or three sentences that say what the role is. Search engines and lists of "
            "roles show the beginning."
        ),
        missing=_("Heading: write an introduction that says what the role is."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("What the role is. Each page has one, at the top.")
        template = "wagtail_careers/blocks/heading.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "introduction": _(
                "<p>You help people to move safely around the hospital, and make them welcome.</p>"
            )
        }


class PersonSpecValue(SectionValue):
    @property
    def traits(self) -> tuple[str, ...]:
        """The highlighted phrases, in order, each once."""
        return trait_phrases(self["prose"].source)


class PersonSpecBlock(SectionBlock):
    """What sort of person the role asks for, with the traits highlighted."""

    prose = ProseBlock(
        label=_("Text"),
        help_text=_(
            "Select a quality, such as “patience”, and press the Trait button or Ctrl+Alt+H. "
            "Readers see traits highlighted and as a list."
        ),
        missing=_("Person spec: say what sort of person the role needs."),
    )

    class Meta:
        icon = "user"
        label = _("Person spec")
        description = _("What sort of person would do well, with traits that stand out.")
        template = "wagtail_careers/blocks/person_spec.html"
        value_class = PersonSpecValue
        preview_value = {
            "title": _("What sort of person would I need to be?"),
            "prose": _("<p>You show <mark>patience</mark> and enjoy <mark>teamwork</mark>.</p>"),
        }


class DutiesBlock(SectionBlock):
    """What somebody in this role does all day."""

    prose = ProseBlock(
        label=_("Text"),
        help_text=_("What the work is like. A list of up to six duties is easy to read."),
        missing=_("Duties: say what somebody in this role does."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Duties")
        description = _("What the work is, day by day.")
        template = "wagtail_careers/blocks/prose_section.html"
        preview_value = {
            "title": _("What would I be doing?"),
            "prose": _("<ul><li>meeting patients at the ward</li><li>checking equipment</li></ul>"),
        }


class TrainingBlock(SectionBlock):
    """The training that comes with the role."""

    prose = ProseBlock(
        label=_("Text"),
        help_text=_("What new starters learn, and which qualifications they can gain."),
        missing=_("Training: say what training comes with the role."),
    )

    class Meta:
        icon = "careers-training"
        label = _("Training")
        description = _("What you learn on the way, and what it counts towards.")
        template = "wagtail_careers/blocks/prose_section.html"
        preview_value = {
            "title": _("What training would I get?"),
            "prose": _("<p>You start with an induction and the Care Certificate.</p>"),
        }


def _preview_links() -> dict[str, Any]:
    shared_link = apps.get_model("wagtail_careers", "SharedLink")(
        name=gettext("Job vacancies"),
        base_url="https://jobs.example/",
        purpose=Purpose.VACANCIES,
        organisation=gettext("Example organisation"),
    )
    return {
        "title": _("How do I apply?"),
        "prose": _("<p>We advertise vacancies every week.</p>"),
        "links": [
            {"shared_link": shared_link, "path": "porter", "note": _("Search for “porter”.")}
        ],
    }


class ApplicationLinksBlock(SectionBlock):
    """How to apply: prose, and a list of shared links."""

    prose = ProseBlock(
        required=False,
        label=_("Text"),
        help_text=_("How to apply or find out more. Shared links can stand in the text, too."),
    )
    links = ListBlock(
        LinkBlock(),
        default=[],
        label=_("Links"),
        help_text=_("Where to go next, in the order in which it helps."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation or has_text(value["prose"].source) or value["links"]:
            return value
        raise StructBlockValidationError(
            {"prose": ValidationError(_("Application links: write some text or add a link."))}
        )

    class Meta:
        icon = "link-external"
        label = _("Application links")
        description = _("How to apply, with links that are managed in one place.")
        template = "wagtail_careers/blocks/application_links.html"
        # Static, because Wagtail calls it without the options that it would be a method of.
        preview_value = staticmethod(_preview_links)


class ProgressionValue(SectionValue):
    @property
    def shown_steps(self) -> list[Any]:
        """The steps that have a title to show, in order."""
        return [step for step in self["steps"] if step.role_title]


class ProgressionBlock(SectionBlock):
    """Where the role leads: prose, and an ordered list of steps."""

    prose = ProseBlock(
        required=False,
        label=_("Text"),
        help_text=_("How people move on from this role."),
    )
    steps = ListBlock(
        StepBlock(),
        default=[],
        label=_("Steps"),
        help_text=_("The roles that this one leads to, nearest first."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation or has_text(value["prose"].source) or value["steps"]:
            return value
        raise StructBlockValidationError(
            {"prose": ValidationError(_("Progression: write some text or add a step."))}
        )

    class Meta:
        icon = "careers-progression"
        label = _("Progression")
        description = _("The roles that this one leads to, step by step.")
        template = "wagtail_careers/blocks/progression.html"
        value_class = ProgressionValue
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


class TextBlock(SectionBlock):
    """A section for whatever the named ones have no place for."""

    title = CharBlock(max_length=100, label=_("Title"))
    prose = ProseBlock(
        label=_("Text"),
        missing=_("Text: write the text of this section, or remove the section."),
    )

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        self.child_blocks["title"].field.error_messages["required"] = _(
            "Text: write a title for this section."
        )

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("A section of your own, for what has no place elsewhere.")
        template = "wagtail_careers/blocks/prose_section.html"
        preview_value = {
            "title": _("A day in the role"),
            "prose": _("<p>The day starts at seven with a short team meeting.</p>"),
        }
