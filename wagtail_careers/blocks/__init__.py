"""StreamField blocks for role pages."""

from wagtail_careers.blocks.body import RoleBodyBlock, default_body
from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.sections import (
    ApplicationLinksBlock,
    DutiesBlock,
    HeadingBlock,
    PersonSpecBlock,
    ProgressionBlock,
    SectionBlock,
    TextBlock,
    TrainingBlock,
)
from wagtail_careers.blocks.shared_link import LinkBlock, SharedLinkChooserBlock
from wagtail_careers.blocks.step import RolePageChooserBlock, StepBlock

__all__ = [
    "ApplicationLinksBlock",
    "DutiesBlock",
    "HeadingBlock",
    "LinkBlock",
    "PersonSpecBlock",
    "ProgressionBlock",
    "ProseBlock",
    "RoleBodyBlock",
    "RolePageChooserBlock",
    "SectionBlock",
    "SharedLinkChooserBlock",
    "StepBlock",
    "TextBlock",
    "TrainingBlock",
    "default_body",
]
