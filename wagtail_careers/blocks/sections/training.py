"""The training in a role."""

from django.utils.translation import gettext_lazy as _

from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.sections.base import SectionBlock


class TrainingBlock(SectionBlock):
    """The training that people in the role get."""

    prose = ProseBlock(
        label=_("Text"),
        help_text=_("Describe the training, and the qualifications that people can gain."),
        missing=_("Training: describe the training, or remove this section."),
    )

    class Meta:
        icon = "careers-training"
        label = _("Training")
        description = _("The training in the role, and the qualifications that it leads to.")
        template = "wagtail_careers/blocks/prose_section.html"
        default_title = _("What training would I get?")
        import_phrases = (
            "training provided by the organisation to support me in my role",
            "what training will I get",
            "what training would I receive",
            "what training is provided",
            "what training is there",
            "training",
            "your training",
            "what will my training be like",
            "training and support",
            "training and development",
            "training and qualifications",
            "training opportunities",
            "learning and development",
            "what will I learn",
            "what qualifications will I gain",
            "how will I be trained",
            "formation",
            "Ausbildung",
            "Weiterbildung",
            "formación",
        )
        preview_value = {
            "title": _("What training would I get?"),
            "prose": _("<p>You start with an induction and the Care Certificate.</p>"),
        }
