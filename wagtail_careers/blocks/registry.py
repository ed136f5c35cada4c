"""The registry of sections: their properties, read from their blocks.

A section is a block at the top level of a role page's body. Completeness, derived rows, the
import, system checks and templates all use this registry, so a site's own section is treated
like the package's sections.
"""

from typing import Any, NamedTuple

from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock

from wagtail_careers.blocks.step import StepBlock
from wagtail_careers.role_models import role_page_models

#: The section that introduces the role, which is the first one on each page.
INTRODUCTION = "heading"
#: The section that a link at the top of the page leads to.
APPLICATION = "application_links"
#: The section for what has no place elsewhere.
FREE_TEXT = "text"


class SectionKind(NamedTuple):
    """The properties of one kind of section.

    ``prose`` is the name of its first rich-text field, and ``steps`` the name of its list of
    steps. Each is empty if the section has no such field. ``lists`` has the names of all its
    lists. ``blocks.sections.base.BaseSectionBlock`` explains the other attributes.
    """

    name: str
    label: Any
    default_title: Any = ""
    import_phrases: tuple[str, ...] = ()
    bold_is_trait: bool = False
    counts_for_completeness: bool = False
    repeats: bool = True
    prose: str = ""
    steps: str = ""
    lists: tuple[str, ...] = ()
    #: Whether it has a title, and whether editors can leave that empty for the default title.
    has_title: bool = False
    has_default_title: bool = False

    @property
    def is_begun_by_heading(self) -> bool:
        """True if the import can recognise the section by a heading and place its text."""
        return self.has_title and bool(self.prose) and self.name != FREE_TEXT


def sections_of(body: StreamBlock) -> dict[str, SectionKind]:
    """Return the sections that ``body`` can have, by name, in their default order."""
    return {name: _section(name, block) for name, block in body.child_blocks.items()}


def site_sections() -> dict[str, SectionKind]:
    """Return the sections that any role page of this site can have, by name."""
    found: dict[str, SectionKind] = {}
    for model in role_page_models():
        for name, section in sections_of(model._meta.get_field("body").stream_block).items():
            found.setdefault(name, section)
    return found


def _section(name: str, block: Block) -> SectionKind:
    meta = block.meta
    children = block.child_blocks if isinstance(block, StructBlock) else {}
    return SectionKind(
        name=name,
        label=block.label,
        default_title=getattr(meta, "default_title", ""),
        import_phrases=tuple(getattr(meta, "import_phrases", ())),
        bold_is_trait=getattr(meta, "bold_is_trait", False),
        counts_for_completeness=getattr(meta, "counts_for_completeness", False),
        repeats=getattr(meta, "repeats", True),
        prose=next((key for key, each in children.items() if isinstance(each, RichTextBlock)), ""),
        steps=next((key for key, each in children.items() if _is_list_of_steps(each)), ""),
        has_title="title" in children,
        has_default_title="title" in children and not children["title"].required,
        lists=tuple(key for key, each in children.items() if isinstance(each, ListBlock)),
    )


def _is_list_of_steps(block: Block) -> bool:
    return isinstance(block, ListBlock) and isinstance(block.child_block, StepBlock)
