"""A post as the role that it is going to be: all that follows from the post itself."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail_careers.importing.planning.options import Choice
from wagtail_careers.importing.reading import html
from wagtail_careers.importing.reading.content import Block, Content, Embed, Image, Kind, Run
from wagtail_careers.importing.roles import account, progression
from wagtail_careers.importing.roles.account import Entry
from wagtail_careers.importing.roles.category import CategoryGuess, guess_category
from wagtail_careers.importing.roles.headings import Phrasebook
from wagtail_careers.importing.roles.sections import (
    HEADING,
    PROGRESSION,
    TEXT,
    Section,
    is_recognised,
    sort,
)
from wagtail_careers.importing.sources.posts import Draft
from wagtail_careers.importing.writing.rich_text import link_texts, tidied

MAX_TITLE = 255
#: Below this, a section that was recognised is shown to somebody.
SURE = 0.85


class RoleError(Exception):
    """A post that can be no role page. The message says why."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to know about an imported role; with ``review``, something to look at."""

    code: str
    message: str
    review: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a post becomes. Links are those of the source still."""

    draft: Draft
    title: str
    slug: str
    category: CategoryGuess
    sections: tuple[Section, ...]
    account: tuple[Entry, ...]
    is_recognised: bool
    images: tuple[Image, ...] = ()
    embeds: tuple[Embed, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def progression_text(self) -> str:
        return "\n".join(
            block.text
            for section in self.sections
            if section.kind == PROGRESSION
            for block in section.blocks
        )


def convert(draft: Draft, content: Content, phrasebook: Phrasebook, choice: Choice) -> Role:
    """The role that ``draft`` becomes.

    Raises ``RoleError`` for a post that can be none, and ``AccountError`` where words of it
    would be lost.
    """
    title = choice.title or draft.title
    if len(title) > MAX_TITLE:
        raise RoleError(f"its title is longer than {MAX_TITLE} characters")
    content = replace(content, blocks=tuple(_tidy(block) for block in content.blocks))
    sections = sort(content, draft.title, phrasebook, choice.sections)
    flags = list(_section_flags(sections))
    if sections[0].kind == HEADING and len(sections) == 1:
        sections = _with_remainder(sections[0])
    sections = _with_excerpt(sections, draft.excerpt)
    if not any(block.text for block in sections[0].blocks):
        flags.append(Flag("no_introduction", _("It has no introduction.")))
    told = account.entries(title, sections)
    account.check_source(title, draft.content, told)
    slug, slug_flags = _slug(draft, title, choice)
    flags += [*slug_flags, *_content_flags(content)]
    return Role(
        draft=draft,
        title=title,
        slug=slug,
        category=guess_category(draft, content.blocks),
        sections=tuple(_keeping_links(section) for section in sections),
        account=told,
        is_recognised=is_recognised(sections),
        images=content.images,
        embeds=content.embeds,
        flags=tuple(flags),
    )


def fingerprint(draft: Draft, choice: Choice, phrases: str) -> str:
    """What changes when the post does, or anything that decides what becomes of it."""
    post = {**asdict(draft), "source": "", "published_at": str(draft.published_at)}
    told = json.dumps([post, asdict(choice), phrases], sort_keys=True)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _tidy(block: Block) -> Block:
    return replace(block, runs=tidied(block.runs))


def _with_remainder(introduction: Section) -> tuple[Section, ...]:
    """A post without headings: its first paragraph introduces it, and a section has the rest."""
    blocks = introduction.blocks
    first = next((number for number, block in enumerate(blocks) if block.text), 0)
    simple = all(block.kind != Kind.ITEM for block in blocks)
    if simple and sum(bool(block.text) for block in blocks) <= 2:
        return (introduction,)
    if blocks[first].kind == Kind.ITEM:
        first -= 1
    title = Block(Kind.HEADING, (Run(_("About this role"), added=True),), level=2)
    return (
        replace(introduction, blocks=blocks[: first + 1]),
        Section(TEXT, title, blocks[first + 1 :], confidence=0.0),
    )


def _with_excerpt(sections: tuple[Section, ...], excerpt: str) -> tuple[Section, ...]:
    """``sections`` with the excerpt as introduction, where the post has none."""
    first = sections[0]
    if not excerpt or any(block.text for block in first.blocks):
        return sections
    block = Block(Kind.PARAGRAPH, (Run(excerpt, added=True),))
    return (replace(first, blocks=(*first.blocks, block)), *sections[1:])


def _keeping_links(section: Section) -> Section:
    """``section`` with its heading in the text as well, where a title cannot hold it all.

    A title is plain text: a link in a heading is told again in the text. A heading that is
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
    spaced = tuple(part for run in linked for part in (run, Run(" ", added=True)))
    block = Block(Kind.PARAGRAPH, spaced)
    return replace(section, blocks=(block, *section.blocks))


def _slug(draft: Draft, title: str, choice: Choice) -> tuple[str, list[Flag]]:
    """The old slug, or one from the title where the old one says something else."""
    old = slugify(draft.slug, allow_unicode=True)
    new = slugify(title, allow_unicode=True)[:MAX_TITLE].strip("-")
    if choice.slug:
        return slugify(choice.slug, allow_unicode=True), []
    if old and (not new or _agree(old, new)):
        return old, []
    if not old or old == new:
        return new or "role", []
    message = _("The old slug “%(old)s” does not fit the title; the new one is “%(new)s”.")
    return new, [Flag("slug_changed", message % {"old": draft.slug, "new": new}, review=False)]


def _agree(old: str, new: str) -> bool:
    """Whether at least half of the old slug's words are in the title."""
    told = [word for word in old.split("-") if not word.isdigit()]
    of_title = set(new.split("-"))
    return bool(told) and 2 * sum(word in of_title for word in told) >= len(told)


def _section_flags(sections: Iterable[Section]) -> Iterator[Flag]:
    sections = tuple(sections)
    if not is_recognised(sections):
        yield Flag("unrecognised", _("None of its headings is that of a known section."))
    for section in sections:
        heading = section.title_text
        if section.kind != section.meant and section.meant:
            message = _("“%(heading)s” means a section that is there; it became one of its own.")
            yield Flag("second_section", message % {"heading": heading}, review=False)
        elif section.kind == TEXT and section.confidence < 1:
            message = _("“%(heading)s” is not known; it became a section of its own.")
            yield Flag("text_section", message % {"heading": heading}, review=False)
        elif section.title and section.confidence < SURE:
            message = _("“%(heading)s” was taken for the section %(section)s, with some doubt.")
            values = {"heading": heading, "section": section.kind}
            yield Flag("doubtful_section", message % values)
        if section.title and not section.is_titled:
            message = _("The heading “%(heading)s…” is too long for a title; the text has it.")
            yield Flag("long_heading", message % {"heading": heading[:40]})


def _content_flags(content: Content) -> Iterator[Flag]:
    for embed in content.embeds:
        message = _("Something embedded was left out (%(element)s): %(address)s")
        yield Flag("embed", message % {"element": embed.element, "address": embed.src})
    for block in dict.fromkeys(content.unwritten):
        message = _("A block was left out, because the post does not have what it shows: %(block)s")
        yield Flag("block", message % {"block": block[:300]})
    for word in dict.fromkeys(content.raised):
        message = _("Digits that were above or below the line are in it now: “%(word)s”")
        yield Flag("raised_digits", message % {"word": word[:100]})
    dropped = {run.dropped for block in content.blocks for run in block.runs}
    if html.STRUCK_OUT in dropped:
        yield Flag("struck_out", _("It has struck-out text, which was left out."))
    if html.SHORTCODE in dropped:
        yield Flag("shortcode", _("It has shortcodes, which were left out."))


def links_of(role: Role) -> Iterator[tuple[str, str]]:
    """Each link of the role: its address in the source and its text."""
    for section in role.sections:
        for block in section.blocks:
            yield from link_texts(block.runs)


def candidates(role: Role) -> tuple[str, ...]:
    return progression.candidates(role.progression_text)
