"""The duties of a role."""

from django.utils.translation import gettext_lazy as _

from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.sections.base import SectionBlock


class DutiesBlock(SectionBlock):
    """The work that people in this role do."""

    prose = ProseBlock(
        label=_("Text"),
        help_text=_("Describe the work. A list of up to six duties is easiest to read."),
        missing=_("Duties: describe the work, or remove this section."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Duties")
        description = _("The day-to-day work.")
        template = "wagtail_careers/blocks/prose_section.html"
        default_title = _("What would I be doing?")
        import_phrases = (
            "what will I be doing",
            "what would I be doing",
            "what would you be doing",
            "what will I do",
            "what would I do",
            "what you will do",
            "what does the job involve",
            "what does the work involve",
            "what is involved",
            "what does it involve",
            "duties",
            "main duties",
            "tasks",
            "day to day tasks",
            "responsibilities",
            "duties and responsibilities",
            "roles and responsibilities",
            "a typical day",
            "a day in the life",
            "day to day",
            "job description",
            "what would I do all day",
            "vos missions",
            "missions",
            "tâches",
            "deine Aufgaben",
            "Ihre Aufgaben",
            "Tätigkeiten",
            "qué harás",
            "funciones",
            "tareas",
        )
        preview_value = {
            "title": _("What would I be doing?"),
            "prose": _("<ul><li>meeting patients on the ward</li><li>checking equipment</li></ul>"),
        }
