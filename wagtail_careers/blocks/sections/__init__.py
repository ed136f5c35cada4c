"""The sections of a role page, each with a class and a template.

``base`` contains the base classes. The rest of the package knows a section only by the attributes
of its ``Meta``, through ``wagtail_careers.blocks.registry``.
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
