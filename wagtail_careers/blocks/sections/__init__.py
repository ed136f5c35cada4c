"""The sections of a role page: a class and a template each.

``base`` has what all sections have in common. The attributes of a section's ``Meta`` are all that
the rest of the package knows about it (``wagtail_careers.blocks.registry``).
"""

from wagtail_careers.blocks.sections.application_links import ApplicationLinksBlock
from wagtail_careers.blocks.sections.base import SectionBlock
from wagtail_careers.blocks.sections.duties import DutiesBlock
from wagtail_careers.blocks.sections.heading import HeadingBlock
from wagtail_careers.blocks.sections.person_spec import PersonSpecBlock
from wagtail_careers.blocks.sections.progression import ProgressionBlock
from wagtail_careers.blocks.sections.text import TextBlock
from wagtail_careers.blocks.sections.training import TrainingBlock

__all__ = [
    "ApplicationLinksBlock",
    "DutiesBlock",
    "HeadingBlock",
    "PersonSpecBlock",
    "ProgressionBlock",
    "SectionBlock",
    "TextBlock",
    "TrainingBlock",
]
