"""Sorts what a post says into the sections of a role page.

Sections begin at headings. Which section it is follows from what the heading means
(``headings``); where it stands among the others and the classes of the elements around it
support that, and decide nothing by themselves.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from wagtail_careers.completeness import SECTIONS
from wagtail_careers.importing.reading.content import Block, Content, Kind, shown_text
from wagtail_careers.importing.roles.headings import WHOLE, Phrasebook, words

HEADING = "heading"
PERSON_SPEC = "person_spec"
PROGRESSION = "progression"
TEXT = "text"

#: From which confidence on a heading is taken for that of a section.
RECOGNISED = 0.75
#: How much the place and the classes of a heading add to what it says, at most.
_PLACE = 0.25
_CLASS = 0.15
#: The most that a heading is trusted which only its words tell: somebody should look at it.
_PLAIN = 0.8
#: Below this, a heading says nothing that could be supported.
_SUPPORTABLE = 0.5

#: What a section's title can hold (``SectionBlock``).
MAX_TITLE = 100
#: Paragraphs that look like headings have no level; they are below all that have one.
_NO_LEVEL = 7
_ENDS_SENTENCE = (".", ",", ";", "!")
_REPEATS_TITLE = "it repeats the page’s title"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a role page. ``title`` is its heading, and None in the introduction.

    ``meant`` is the kind that the heading means; a second section of that kind is one of text.
    ``confidence`` says how sure that meaning is, from 0 to 1.
    """

    kind: str
    title: Block | None = None
    blocks: tuple[Block, ...] = ()
    confidence: float = 1.0
    meant: str = ""

    @property
    def title_text(self) -> str:
        return self.title.text if self.title else ""

    @property
    def is_titled(self) -> bool:
        """Whether the heading can be the title; one that is too long begins the text."""
        return self.title is not None and len(self.title.text) <= MAX_TITLE


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A block that may begin a section, with what its heading means."""

    position: int
    level: int
    section: str
    score: float


def sort(
    content: Content,
    page_title: str,
    phrasebook: Phrasebook,
    assigned: Mapping[str, str] | None = None,
) -> tuple[Section, ...]:
    """The sections of a post, in its own order; the introduction comes first.

    ``assigned`` names the section of some headings by their text, whatever they mean.
    """
    told = {words(heading): section for heading, section in (assigned or {}).items()}
    blocks = _with_headings(content.blocks, page_title, phrasebook)
    candidates = _candidates(blocks, page_title, phrasebook, told)
    if not any(each.score >= RECOGNISED for each in candidates):
        blocks = _with_plain_headings(blocks, page_title, phrasebook)
        candidates = [
            replace(each, score=min(each.score, _PLAIN))
            for each in _candidates(blocks, page_title, phrasebook, told)
        ]
    starts = {each.position: each for each in _starts(blocks, candidates)}
    sections: list[Section] = [Section(HEADING)]
    used: set[str] = set()
    titles: set[tuple[str, ...]] = set()
    for number, block in enumerate(blocks):
        start = starts.get(number)
        # Two sections of one name could not be told apart; the second is a part of what it is in.
        if start and words(block.text) not in titles:
            kind = start.section if start.section not in used else TEXT
            used |= {kind} - {TEXT}
            titles.add(words(block.text))
            confidence = round(start.score, 2)
            sections.append(Section(kind, block, confidence=confidence, meant=start.section))
        else:
            last = sections[-1]
            sections[-1] = replace(last, blocks=(*last.blocks, block))
    return tuple(sections)


def is_recognised(sections: Iterable[Section]) -> bool:
    """Whether any of the sections is more than an introduction and text."""
    return any(section.kind not in (HEADING, TEXT) for section in sections)


def _with_headings(blocks: Sequence[Block], page_title: str, phrasebook: Phrasebook) -> list[Block]:
    """``blocks`` with each heading as one, and what only looks like one as well."""
    result: list[Block] = []
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind == Kind.HEADING and not block.text:
            block = replace(block, kind=Kind.PARAGRAPH)
        elif block.kind == Kind.HEADING and block.level == 1 and _is_opening(block, result):
            if phrasebook.meaning(block.text, page_title).score < RECOGNISED:
                block = _opening(block, page_title)
        elif _is_heading_in_disguise(block, following):
            block = replace(block, kind=Kind.HEADING, level=_NO_LEVEL)
        result.append(block)
    return result


def _with_plain_headings(
    blocks: Sequence[Block], page_title: str, phrasebook: Phrasebook
) -> list[Block]:
    """``blocks`` with those as headings that only their words tell, in whatever type they are.

    For posts whose headings are mere paragraphs, in capitals or underlined perhaps. In others,
    such words belong to the text.
    """
    return [
        replace(block, kind=Kind.HEADING, level=_NO_LEVEL)
        if _could_be_heading(block, following)
        and phrasebook.meaning(block.text, page_title).score >= WHOLE
        else block
        for block, following in zip_longest(blocks, blocks[1:])
    ]


def _is_opening(block: Block, before: Sequence[Block]) -> bool:
    """Whether a top heading is the first, or what a page begins with: no section's heading."""
    if len(block.text) > MAX_TITLE or any("heading" in name for name in block.classes):
        return True
    return not any(each.text for each in before)


def _opening(block: Block, page_title: str) -> Block:
    runs = block.runs
    if words(block.text) == words(page_title):
        runs = tuple(replace(run, dropped=run.dropped or _REPEATS_TITLE) for run in runs)
    return replace(block, kind=Kind.PARAGRAPH, level=0, runs=runs)


def _is_heading_in_disguise(block: Block, following: Block | None) -> bool:
    """Whether a paragraph is set like a heading, and what follows is not set the same."""
    return (
        block.looks_like_heading
        and _could_be_heading(block, following)
        and following is not None
        and not following.looks_like_heading
    )


def _could_be_heading(block: Block, following: Block | None) -> bool:
    """Whether a paragraph is one short line with something below it."""
    text = block.text
    return (
        block.kind == Kind.PARAGRAPH
        and len(text) <= MAX_TITLE
        and "\n" not in shown_text(block.runs)
        and not text.endswith(_ENDS_SENTENCE)
        and not any(run.href for run in block.runs)
        and any(character.isalpha() for character in text)
        and following is not None
        and following.kind != Kind.HEADING
    )


def _candidates(
    blocks: Sequence[Block],
    page_title: str,
    phrasebook: Phrasebook,
    told: Mapping[tuple[str, ...], str],
) -> list[_Candidate]:
    result = []
    for number, block in enumerate(blocks):
        if block.kind != Kind.HEADING:
            continue
        if section := told.get(words(block.text)):
            result.append(_Candidate(number, block.level, section, 1.0))
            continue
        meaning = phrasebook.meaning(block.text, page_title)
        result.append(_Candidate(number, block.level, meaning.section, meaning.score))
    return _supported(blocks, result)


def _supported(blocks: Sequence[Block], candidates: list[_Candidate]) -> list[_Candidate]:
    """``candidates`` with what their place and their classes add to the score."""
    sure = [each for each in candidates if each.score >= RECOGNISED]
    found = {each.section for each in sure}
    result = []
    for each in candidates:
        score = each.score
        if _SUPPORTABLE <= score < RECOGNISED and each.section not in found:
            if _fits_between(each, sure):
                score += _PLACE
            if _has_class_of(blocks[each.position], each.section):
                score += _CLASS
        result.append(replace(each, score=min(score, 1.0)))
    return result


def _fits_between(candidate: _Candidate, sure: Iterable[_Candidate]) -> bool:
    """Whether the sections before and after it, if any, are those that usually are there."""
    place = SECTIONS.index(candidate.section) if candidate.section in SECTIONS else -1
    neighbours = [each for each in sure if each.section in SECTIONS]
    return bool(neighbours) and all(
        (SECTIONS.index(each.section) < place) == (each.position < candidate.position)
        for each in neighbours
    )


def _has_class_of(block: Block, section: str) -> bool:
    names = {part for name in block.classes for part in words(name.replace("_", " "))}
    return bool(names & {part for part in section.split("_") if part not in ("links", "spec")})


def _starts(blocks: Sequence[Block], candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates that begin a section: the recognised ones, and others of their level.

    A deeper one that is recognised divides the section that it stands in, if that is of the
    same kind or if a higher heading means its own.
    An introduction has no sub-headings, so what comes before the first section does too.
    """
    if not candidates:
        return []
    recognised = [each for each in candidates if each.score >= RECOGNISED]
    levels = Counter(each.level for each in recognised)
    level = levels.most_common(1)[0][0] if levels else min(each.level for each in candidates)
    top: dict[str, int] = {}
    for each in recognised:
        top[each.section] = min(each.level, top.get(each.section, each.level))
    starts: list[_Candidate] = []
    for each in candidates:
        if each.score >= RECOGNISED:
            if not (starts and _divides(each, starts[-1], top)):
                starts.append(each)
        elif each.level <= level or not starts:
            starts.append(replace(each, section=TEXT))
    return starts


def _divides(candidate: _Candidate, section: _Candidate, top: Mapping[str, int]) -> bool:
    """Whether a recognised heading is a sub-heading of the ``section`` that it stands in.

    ``top`` is the level of the highest heading that means each section.
    """
    is_same = candidate.section == section.section
    return candidate.level > section.level and (is_same or top[candidate.section] < candidate.level)
