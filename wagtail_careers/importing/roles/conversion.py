"""The conversion of a post into a role: everything that follows from the post alone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from wagtail_careers.blocks.registry import FREE_TEXT, SectionKind
from wagtail_careers.importing.reading.content import Block, Content, Kind, TextRun
from wagtail_careers.importing.roles import account, traits
from wagtail_careers.importing.roles.category import guess_category
from wagtail_careers.importing.roles.fields import with_fields
from wagtail_careers.importing.roles.flags import Flag, content_flags, post_flags, section_flags
from wagtail_careers.importing.roles.headings import Phrasebook
from wagtail_careers.importing.roles.role import Choice, Role
from wagtail_careers.importing.roles.sections import Section, divide, is_recognised
from wagtail_careers.importing.roles.slugs import slug_for
from wagtail_careers.importing.roles.unplaced import unplaced
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions
from wagtail_careers.importing.sources.posts import Post


def convert(
    post: Post,
    content: Content,
    phrasebook: Phrasebook,
    choice: Choice,
    kinds: Mapping[str, SectionKind],
    conventions: Conventions = DEFAULTS,
) -> Role:
    """Convert ``post`` into a role whose sections are of ``kinds``, by name."""
    title = choice.title or post.title
    divided = divide(content, post.title, phrasebook, choice.sections, conventions)
    sections = with_fields(divided, content.field_blocks, kinds, conventions)
    flags = list(section_flags(sections))
    if len(divided) == 1:
        sections = (*_with_remainder(sections[0]), *sections[1:])
    sections = _with_excerpt(sections, content.excerpt)
    if not any(block.text for block in sections[0].blocks):
        flags.append(Flag("no_introduction"))
    placements = account.placements(title, sections)
    placed = [field for field in post.fields if conventions.section_of_field(field.name)]
    if lost := account.difference(title, post.content, placements, placed):
        flags.append(Flag("unaccounted", {"words": lost}))
    slug, slug_flags = slug_for(post, title, choice)
    category = guess_category(post, content.blocks, choice.category, conventions)
    left = unplaced(post, content, sections, category, conventions)
    flags += [*slug_flags, *content_flags(content), *post_flags(post)]
    flags += [part.flag() for part in left if not part.ignored]
    return Role(
        post=post,
        title=title,
        slug=slug,
        category=category,
        sections=tuple(_finished(section, kinds, conventions) for section in sections),
        account=placements,
        is_recognised=is_recognised(sections),
        progression_text=_progression_text(sections, kinds),
        images=content.images,
        embeds=content.embeds,
        flags=tuple(flags),
        unplaced=left,
    )


def _with_remainder(introduction: Section) -> tuple[Section, ...]:
    """Divide a post without headings: after its first paragraph, a text section begins."""
    blocks = introduction.blocks
    first = next((number for number, block in enumerate(blocks) if block.text), 0)
    simple = all(block.kind != Kind.ITEM for block in blocks)
    if simple and sum(bool(block.text) for block in blocks) <= 2:
        return (introduction,)
    if blocks[first].kind == Kind.ITEM:
        first -= 1
    title = Block(Kind.HEADING, (TextRun(_("About this role"), added=True),), level=2)
    return (
        replace(introduction, blocks=blocks[: first + 1]),
        Section(FREE_TEXT, title, blocks[first + 1 :], confidence=0.0),
    )


def _with_excerpt(sections: tuple[Section, ...], excerpt: tuple[Block, ...]) -> tuple[Section, ...]:
    """Use the excerpt as the introduction of a post that has none."""
    first = sections[0]
    if any(block.text for block in first.blocks):
        return sections
    added = (
        replace(block, runs=tuple(replace(run, added=True) for run in block.runs))
        for block in excerpt
    )
    return (replace(first, blocks=(*first.blocks, *added)), *sections[1:])


def _finished(
    section: Section, kinds: Mapping[str, SectionKind], conventions: Conventions
) -> Section:
    """Repeat what a title cannot hold in the text, and mark traits where bold means a trait."""
    section = _with_title_in_text(section)
    if section.kind not in kinds or not kinds[section.kind].bold_is_trait:
        return section
    return replace(
        section, blocks=tuple(traits.with_traits(block, conventions) for block in section.blocks)
    )


def _progression_text(sections: Iterable[Section], kinds: Mapping[str, SectionKind]) -> str:
    """Return the text of the sections that can have steps, with a line for each block."""
    leading_on = {name for name, kind in kinds.items() if kind.steps}
    return "\n".join(
        block.text for section in sections if section.kind in leading_on for block in section.blocks
    )


def _with_title_in_text(section: Section) -> Section:
    """Repeat a heading in the text if a title cannot hold all of it.

    A title is plain text, so the links of a heading are repeated in the text. A heading that is
    too long for a title begins the text.
    """
    if section.title is None:
        return section
    if not section.is_titled:
        block = replace(section.title, kind=Kind.PARAGRAPH, level=0)
        return replace(section, blocks=(block, *section.blocks))
    linked = tuple(replace(run, added=True) for run in section.title.runs if run.href)
    if not linked:
        return section
    spaced = tuple(part for run in linked for part in (run, TextRun(" ", added=True)))
    block = Block(Kind.PARAGRAPH, spaced)
    return replace(section, blocks=(block, *section.blocks))
